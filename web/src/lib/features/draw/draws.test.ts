import { describe, expect, test } from 'vitest';
import type { Draw, RoomDraw } from '$lib/api/types';
import { withNews } from './draws.svelte';

const news = (more: Partial<RoomDraw> = {}): RoomDraw => ({
  id: '9', prize: 'A bracelet', state: 'drawn', who: 'everybody', winners_max: 1, closes_at: '2026-11-29T20:00:00Z', commitment: 'ab', entries: 3,
  winners: [{ number: 2, name: 'Ana' }], ...more,
});
const known = (number?: number): Draw => ({
  ...news({ state: 'open', winners: [], entries: 0 }), show_id: '4', opened_at: '2026-11-29T19:59:00Z',
  mine: number === undefined ? undefined : { number, mark: 'cd', entered_at: '2026-11-29T19:59:10Z' },
});

describe('news of a draw', () => {
  test('tell whoever won', () => {
    expect(withNews(known(2), news(), '4').mine?.place).toBe(1);
    expect(withNews(known(3), news(), '4').mine?.place).toBeUndefined();
    expect(withNews(known(), news(), '4').mine).toBeUndefined();
  });

  test('of a draw that is not known yet are all of it', () => {
    const draw = withNews(undefined, news({ state: 'open', winners: [] }), '4');
    expect([draw.id, draw.state, draw.show_id, draw.mine]).toEqual(['9', 'open', '4', undefined]);
  });
});
