import { describe, expect, it } from 'vitest';
import { moved, nextHour, showDraftOf, showFaults, toggled, toLocalInput } from './show_draft';

describe('a show being planned', () => {
  it('starts at the next full hour unless told otherwise', () => {
    expect(toLocalInput(nextHour(new Date(2026, 4, 2, 23, 59)))).toBe('2026-05-03T00:00');
    expect(showDraftOf(undefined, new Date(2026, 4, 2, 19, 1)).startsAt).toBe('2026-05-02T20:00');
  });

  it('keeps the time that was typed, in the phone\'s own zone', () => {
    const typed = '2026-05-02T19:30';
    expect(toLocalInput(new Date(new Date(typed).toISOString()))).toBe(typed);
  });

  it('needs a title and a time', () => {
    expect(showFaults({ title: ' ', startsAt: '', productIds: [] })).toEqual({ title: 'field.required', startsAt: 'field.required' });
  });
});

describe('the order of the bag', () => {
  it('moves a product and stops at the ends', () => {
    expect(moved(['a', 'b', 'c'], 'b', -1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b', 'c'], 'a', -1)).toEqual(['a', 'b', 'c']);
    expect(moved(['a', 'b', 'c'], 'c', 1)).toEqual(['a', 'b', 'c']);
  });

  it('puts what is added last', () => {
    expect(toggled(['a'], 'b')).toEqual(['a', 'b']);
    expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
  });
});
