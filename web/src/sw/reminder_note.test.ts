import { describe, expect, it } from 'vitest';
import { noteOf } from './reminder_note';

const kNow = new Date(2026, 4, 1, 19, 20);
const kAt = new Date(2026, 4, 1, 19, 30).toISOString();
const kMessage = { title: 'Lin Pearls', body: '“Pearls” begins at {time}', url: '/shows/7', tag: 'show-7', lang: 'fr', at: kAt };

describe('a reminder', () => {
  it('says the time of the device, the hour alone for today', () => {
    expect(noteOf(kMessage, kNow)).toEqual({ title: 'Lin Pearls', body: '“Pearls” begins at 19:30', path: '/shows/7', tag: 'show-7', lang: 'fr' });
    const later = noteOf({ ...kMessage, at: new Date(2026, 4, 9, 19, 30).toISOString() }, kNow);
    expect(later?.body).toMatch(/9 mai.*19:30/);
  });
  it('takes no place of a title for that of the time', () => {
    expect(noteOf({ ...kMessage, body: '“{time}” begins at {time}' }, kNow)?.body).toBe('“{time}” begins at 19:30');
  });
  it('goes without a time, and without a language that is known', () => {
    const { at: _at, ...untimed } = kMessage;
    expect(noteOf({ ...untimed, body: 'Live now', lang: 'la' }, kNow)).toMatchObject({ body: 'Live now', lang: 'en' });
  });
  it('leads to a page of this site alone', () => {
    for (const url of ['https://elsewhere.example/', '//elsewhere.example', 'shows/7', 7, undefined, '/shows/7?a=1', '/\\elsewhere.example']) {
      const note = noteOf({ ...kMessage, url }, kNow);
      if (note) expect(new URL(note.path, 'https://live.example').origin).toBe('https://live.example');
    }
    expect(noteOf({ ...kMessage, url: 'https://elsewhere.example/' }, kNow)).toBeUndefined();
    expect(noteOf({ ...kMessage, url: '//elsewhere.example' }, kNow)).toBeUndefined();
  });
  it('is none where a part is missing', () => {
    for (const message of [undefined, null, 'text', 7, {}, { ...kMessage, title: 1 }, { ...kMessage, body: undefined }, { ...kMessage, tag: null }]) {
      expect(noteOf(message, kNow)).toBeUndefined();
    }
  });
});
