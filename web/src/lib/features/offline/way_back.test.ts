import { describe, expect, it } from 'vitest';
import { wayBack } from './way_back';

const back = (to: string | null) => wayBack(to, 'https://live.example');

describe('the way back', () => {
  it('leads to the page that could not be had', () => {
    expect(back('/shows/7?x=1')).toBe('/shows/7?x=1');
  });
  it('never leads elsewhere, nor round in a circle', () => {
    for (const to of [null, '', 'https://other.example/', '//other.example/a', '/\\other.example', 'javascript:alert(1)', '/offline', '/offline?to=/']) {
      expect(back(to), String(to)).toBe('/');
    }
  });
});
