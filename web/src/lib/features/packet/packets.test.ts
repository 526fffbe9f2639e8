import { describe, expect, test } from 'vitest';
import type { RedPacket, RoomPacket } from '$lib/api/types';
import { withNews } from './packets.svelte';

const money = (minor: number) => ({ minor, currency: 'CNY' });
const news = (more: Partial<RoomPacket> = {}): RoomPacket => ({
  id: '9', title: 'Luck', state: 'open', split: 'lucky', total: money(2_000), min_order: money(0), envelopes: 5, left: 5, closes_at: '2026-11-29T20:00:00Z', ...more,
});

describe('news of a red packet', () => {
  test('keep what this device has of it', () => {
    const known: RedPacket = {
      ...news(), show_id: '4', opened_at: '2026-11-29T19:59:00Z', valid_until: '2026-12-06T20:00:00Z', commitment: 'ab', mine: { number: 1, amount: money(320) },
    };
    expect(withNews(known, news({ state: 'over', left: 2 }), '4')).toEqual({ ...known, state: 'over', left: 2 });
  });

  test('of one that is not known yet are all of it', () => {
    const packet = withNews(undefined, news(), '4');
    expect([packet.id, packet.show_id, packet.left, packet.mine]).toEqual(['9', '4', 5, undefined]);
  });
});
