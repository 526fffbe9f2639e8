import { afterEach, describe, expect, it, vi } from 'vitest';
import { takeToldPlaylist } from './show_addresses';

/** A document that says, or not, where a show on the air plays. */
function documentThatSays(content: string | undefined) {
  let tag = content === undefined ? null : { content, remove: () => (tag = null) };
  vi.stubGlobal('location', { href: 'https://shop.village.example/shows/7' });
  vi.stubGlobal('document', { querySelector: () => tag });
}

describe('takeToldPlaylist', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is where the document says, as a path of this server', () => {
    documentThatSays('https://shop.village.example/live/7/index.m3u8');
    expect(takeToldPlaylist('7')).toBe('/live/7/index.m3u8');
  });
  it('is told once: it grows old', () => {
    documentThatSays('/live/7/index.m3u8');
    takeToldPlaylist('7');
    expect(takeToldPlaylist('7')).toBeUndefined();
  });
  it.each(['/live/70/index.m3u8', '/live/8/index.m3u8', '/clips/7/index.m3u8', 'https://elsewhere.example/7/index.m3u8'])(
    'passes over what is not of the show: %s', (content) => {
      documentThatSays(content);
      expect(takeToldPlaylist('7')).toBeUndefined();
      expect(takeToldPlaylist('8')).toBeUndefined();
    });
  it('is nothing where nothing is told', () => {
    documentThatSays(undefined);
    expect(takeToldPlaylist('7')).toBeUndefined();
  });
});
