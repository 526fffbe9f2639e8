import { describe, expect, it } from 'vitest';
import { chapterAt, momentOf, withMoment } from './moment';

describe('momentOf', () => {
  it.each([
    ['#t=760', 760], ['#t=0', 0], ['#t=12.9', 12], ['#a=1&t=5', 5], ['#t=5&a=1', 5],
    ['', undefined], ['#t=', undefined], ['#t=-5', undefined], ['#t=1e9', undefined], ['#t=99999999', undefined], ['#start=5', undefined],
  ])('%s', (hash, moment) => expect(momentOf(hash)).toBe(moment));
});

describe('withMoment', () => {
  it('takes the place of another moment', () => {
    expect(withMoment('https://live.example/shows/4#t=9', 760.8)).toBe('https://live.example/shows/4#t=760');
  });
  it('leaves the beginning alone', () => {
    expect(withMoment('https://live.example/shows/4#t=9', 0.4)).toBe('https://live.example/shows/4');
  });
});

describe('chapterAt', () => {
  const chapters = [{ from_ms: 1000, to_ms: 3000 }, { from_ms: 5000, to_ms: 6000 }];
  it.each([[0, undefined], [0.999, undefined], [1, 0], [4, 0], [5, 1], [100, 1]])('%d s', (at_s, index) => {
    expect(chapterAt(chapters, at_s)).toBe(index);
  });
  it('there are none', () => expect(chapterAt([], 5)).toBe(undefined));
});
