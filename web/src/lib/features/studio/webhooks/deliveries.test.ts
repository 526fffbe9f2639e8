import { describe, expect, it } from 'vitest';
import type { WebhookDelivery } from '$lib/api/types';
import { isAnyDue, withNews } from './deliveries';

const one = (id: number, more: Partial<WebhookDelivery> = {}): WebhookDelivery => ({
  id: String(id), message: `m${id}`, event: 'order.placed', state: 'delivered', attempts: 1, created_at: '2026-01-01T00:00:00Z', ...more,
});
const ids = (items: WebhookDelivery[] | undefined) => items?.map(({ id }) => Number(id));

describe('a fresh look at deliveries', () => {
  it('puts new ones on top, changes what has moved and keeps what was read further down', () => {
    const items = [one(3, { state: 'waiting' }), one(2), one(1)];
    const news = withNews(items, { items: [one(4), one(3), one(2)], next_cursor: 'c' });
    expect(ids(news)).toEqual([4, 3, 2, 1]);
    expect(news?.[1]?.state).toBe('delivered');
  });

  it('is the whole list where nothing follows', () => {
    expect(ids(withNews([one(3), one(2)], { items: [one(3)] }))).toEqual([3]);
    expect(ids(withNews([one(3)], { items: [] }))).toEqual([]);
  });

  it('leaves no gap: a list that it does not meet is read anew', () => {
    expect(withNews([one(2), one(1)], { items: [one(9), one(8)], next_cursor: 'c' })).toBeUndefined();
    expect(withNews([], { items: [one(9)], next_cursor: 'c' })).toBeUndefined();
  });
});

describe('what is due', () => {
  const now_ms = Date.parse('2026-01-01T00:00:00Z');
  it.each([
    [one(1), false],
    [one(1, { state: 'waiting' }), true],
    [one(1, { state: 'waiting', due_at: '2026-01-01T00:00:04Z' }), true],
    [one(1, { state: 'waiting', due_at: '2026-01-01T00:05:00Z' }), false],
  ])('%j: %s', (delivery, is_due) => {
    expect(isAnyDue([delivery], now_ms)).toBe(is_due);
  });
});
