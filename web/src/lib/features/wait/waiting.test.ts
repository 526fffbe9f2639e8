import { describe, expect, it } from 'vitest';
import { laterStart, waitOf } from './waiting';

const kStart = '2026-05-01T10:30:00Z';
const at = (time: string) => Date.parse(`2026-05-01T${time}Z`);

describe('waitOf', () => {
  it('counts until the start, gives a minute of grace, and says then how late it is', () => {
    expect(waitOf(kStart, at('10:29:59'))).toEqual({ kind: 'counting' });
    expect(waitOf(kStart, at('10:30:00'))).toEqual({ kind: 'due' });
    expect(waitOf(kStart, at('10:30:59'))).toEqual({ kind: 'due' });
    expect(waitOf(kStart, at('10:31:00'))).toEqual({ kind: 'late', minutes: 1 });
    expect(waitOf(kStart, at('10:34:59'))).toEqual({ kind: 'late', minutes: 4 });
  });
});

describe('laterStart', () => {
  it('counts from the planned start, and from now once that is past', () => {
    expect(laterStart(kStart, 15, at('10:00:00'))).toBe('2026-05-01T10:45:00.000Z');
    expect(laterStart(kStart, 15, at('10:40:10'))).toBe('2026-05-01T10:56:00.000Z');
  });
});
