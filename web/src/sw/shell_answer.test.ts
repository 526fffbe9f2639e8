import { describe, expect, it } from 'vitest';
import { answerOf } from './shell_answer';

const files = new Set(['/_app/immutable/a.js', '/api/v1/session']);
const of = (path: string, mode = 'cors', method = 'GET') => answerOf(method, mode, path, files);

describe('the service worker', () => {
  it('leaves alone what is private, live or large', () => {
    for (const path of ['/api/v1/session', '/api/v1/device/orders', '/live/7/still.jpg', '/photos/3/small.webp', '/_app/immutable/b.js']) {
      expect(of(path), path).toBe('not');
    }
    expect(of('/api/v1/session', 'navigate')).toBe('not');
    expect(of('/shows/7', 'navigate', 'POST')).toBe('not');
    expect(of('/_app/immutable/a.js', 'cors', 'POST')).toBe('not');
  });
  it('asks the network for every page but the offline one', () => {
    for (const path of ['/', '/shows/7', '/order', '/studio/orders', '/embed/7']) expect(of(path, 'navigate'), path).toBe('page');
    expect(of('/offline', 'navigate')).toBe('kept');
  });
  it('gives again what the offline page is made of', () => {
    expect(of('/_app/immutable/a.js')).toBe('kept');
  });
});
