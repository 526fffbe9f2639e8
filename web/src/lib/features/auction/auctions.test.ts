import { describe, expect, test } from 'vitest';
import type { Auction, RoomAuction } from '$lib/api/types';
import { leastBid, standingIn, withNews } from './auctions.svelte';

const cny = (minor: number) => ({ minor, currency: 'CNY' });
const kNow = '2026-11-29T20:00:00Z';
const news = (more: Partial<RoomAuction> = {}): RoomAuction => ({
  id: '9', product_id: '5', title: 'A ring', news: 'bid', state: 'open', mode: 'extend', extend_s: 10, start: cny(1_000), step: cny(100), bids: 1,
  closes_at: kNow, lead: { bid: 1, name: 'Ana', price: cny(1_000) }, ...more,
});
const known = (bid?: number): Auction => ({
  ...withNews(undefined, news(), '4', kNow),
  mine: bid === undefined ? undefined : { bid, mark: 'ab', price: cny(1_000), hold_id: '3', hold_expires_at: kNow },
});

describe('an auction', () => {
  test('takes the start first, and then a step more', () => {
    expect(leastBid(known()).minor).toBe(1_100);
    expect(leastBid({ ...known(), lead: undefined }).minor).toBe(1_000);
  });

  test('tells this device how it stands', () => {
    expect(standingIn(known())).toBe('none');
    expect(standingIn(known(1))).toBe('leads');
    expect(standingIn(withNews(known(1), news({ lead: { bid: 2, name: 'Luis', price: cny(1_100) } }), '4', kNow))).toBe('outbid');
    const closed = (bid: number, state: 'held' | 'bought' | 'lapsed') =>
      withNews(known(1), news({ state: 'closed', offer: { bid, name: 'x', price: cny(1_000), state } }), '4', kNow);
    expect(standingIn(closed(1, 'held'))).toBe('won');
    expect(standingIn(closed(1, 'bought'))).toBe('bought');
    expect(standingIn(closed(1, 'lapsed'))).toBe('lost');
    expect(standingIn(closed(2, 'held'))).toBe('lost');
  });
});

describe('news of an auction', () => {
  test('keep what is held while it is still offered, and no longer', () => {
    const offered = news({ state: 'closed', offer: { bid: 1, name: 'Ana', price: cny(1_000), state: 'held' } });
    expect(withNews(known(1), offered, '4', kNow).mine?.hold_id).toBe('3');
    const next = news({ state: 'closed', offer: { bid: 2, name: 'Luis', price: cny(900), state: 'held' } });
    expect(withNews(known(1), next, '4', kNow).mine).toEqual({ bid: 1, mark: 'ab', price: cny(1_000), hold_id: undefined, hold_expires_at: undefined });
  });

  test('of an auction that is not known yet are all of it', () => {
    const auction = withNews(undefined, news({ lead: undefined }), '4', kNow);
    expect([auction.id, auction.show_id, auction.lead, auction.mine, 'news' in auction]).toEqual(['9', '4', undefined, undefined, false]);
  });
});
