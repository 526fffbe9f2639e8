import { describe, expect, it } from 'vitest';
import { basisPointsToPercent, monthKey, monthOf, percentToBasisPoints } from './months';

describe('months', () => {
  it('end where the next begins, also over a new year', () => {
    const december = monthOf('2026-12');
    expect(december?.to).toBe(monthOf('2027-01')?.from);
    expect(monthKey(new Date(december?.from ?? ''))).toBe('2026-12');
  });

  it.each(['', '2026', '2026-13', '2026-00', '26-01', '1970-01', '2026-1'])('are not %j', (key) => {
    expect(monthOf(key)).toBeUndefined();
  });
});

describe('per cent', () => {
  it.each([['0', 0], ['2.5', 250], ['2,5', 250], ['12.34', 1234], ['100', 10_000], [' 7 ', 700]])('%j is %i basis points', (text, points) => {
    expect(percentToBasisPoints(text)).toBe(points);
  });

  it.each(['', '-1', '100.01', '101', '2.345', 'two', '1e1', '2.'])('%j is none', (text) => {
    expect(percentToBasisPoints(text)).toBeUndefined();
  });

  it('is written back as it was read', () => {
    expect(basisPointsToPercent(250)).toBe('2.5');
    expect(basisPointsToPercent(1000)).toBe('10');
  });
});
