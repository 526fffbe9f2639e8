import { describe, expect, it } from 'vitest';
import { clockText, endOf, leftSeconds, milestoneBetween } from './hold_clock';

describe('the clock of a hold', () => {
  it("runs on the server's span, whatever the phone's clock says", () => {
    const wrong_ms = Date.parse('2001-01-01T00:00:00Z');
    const end_ms = endOf('2026-11-29T12:03:00.000Z', '2026-11-29T12:00:00.000Z', wrong_ms);
    expect(leftSeconds(end_ms, wrong_ms)).toBe(180);
    expect(leftSeconds(end_ms, wrong_ms + 1_001)).toBe(179);
    expect(leftSeconds(end_ms, wrong_ms + 999_999)).toBe(0);
  });

  it('reads as minutes and seconds', () => {
    expect([179, 60, 7, 0].map(clockText)).toEqual(['2:59', '1:00', '0:07', '0:00']);
  });

  it('is told aloud at a minute, at ten seconds and at the end, once each', () => {
    expect(milestoneBetween(61, 60)).toBe(60);
    expect(milestoneBetween(60, 59)).toBeUndefined();
    expect(milestoneBetween(11, 10)).toBe(10);
    expect(milestoneBetween(1, 0)).toBe(0);
    expect(milestoneBetween(70, 5)).toBe(10);
    expect(milestoneBetween(0, 0)).toBeUndefined();
  });
});
