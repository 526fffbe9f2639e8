import { describe, expect, it } from 'vitest';
import type { ProductCard, RoomDeal, RoomEvent, ServerFrame } from '$lib/api/types';
import { applyFrame, emptyRoom, kMessagesMax } from './room_state';

const at = '2026-01-01T00:00:00Z';
const card = (available: number): ProductCard => ({
  product_id: '7', title: 'Necklace', price: { minor: 16800, currency: 'CNY' }, available,
});

describe('applyFrame', () => {
  it('hides a message', () => {
    const events: RoomEvent[] = [
      { type: 'chat', seq: 1, at, name: 'A', role: 'viewer', text: 'one' },
      { type: 'chat', seq: 2, at, name: 'B', role: 'viewer', text: 'two' },
      { type: 'hidden', seq: 3, at, hidden_seq: 1 },
    ];
    expect(applyFrame(emptyRoom(), { events }).state.messages.map((message) => message.seq)).toEqual([2]);
  });

  it('marks a question that was answered', () => {
    const events: RoomEvent[] = [
      { type: 'chat', seq: 1, at, name: 'A', role: 'viewer', text: 'one?', question: true },
      { type: 'chat', seq: 2, at, name: 'B', role: 'viewer', text: 'two?', question: true },
      { type: 'answered', seq: 3, at, answered_seq: 1 },
    ];
    expect(applyFrame(emptyRoom(), { events }).state.messages.map(({ answered }) => answered)).toEqual([true, undefined]);
  });

  it('counts raised hands, and forgets those of a room that began anew', () => {
    let { state } = applyFrame(emptyRoom(), { state: { hands: [{ product_id: '7', count: 2 }, { product_id: '8', count: 1 }] } });
    ({ state } = applyFrame(state, { state: { hands: [{ product_id: '8', count: 0 }] } }));
    expect(state.hands).toEqual({ 7: 2, 8: 0 });
    ({ state } = applyFrame(state, {
      snapshot: { epoch: 'e', seq: 9, status: 'live', video: 'live', messages: [], now: at, you: { role: 'viewer', name: '' } }, state: { hands: [{ product_id: '9', count: 1 }] },
    }));
    expect(state.hands).toEqual({ 9: 1 });
  });

  it('shows what was ordered in the chat among what was said', () => {
    const { state } = applyFrame(emptyRoom(), { events: [{ type: 'taken', seq: 1, at, name: 'A', product_id: '7', number: 12, quantity: 3 }] });
    expect(state.messages).toEqual([{ type: 'chat', seq: 1, at, name: 'A', role: 'viewer', text: '', takes: { number: 12, quantity: 3 } }]);
  });

  it('keeps the pinned card and the stock in step', () => {
    let { state } = applyFrame(emptyRoom(), { events: [{ type: 'pinned', seq: 1, at, product: card(12) }] });
    ({ state } = applyFrame(state, { state: { stock: [{ product_id: '7', available: 11 }] } }));
    expect(state.pinned?.available).toBe(11);
    expect(state.stock['7']).toBe(11);
  });

  it('shows what was said to oneself alone, until the room is told anew', () => {
    const own = { at, name: 'A', role: 'viewer' as const, text: 'psst' };
    let { state } = applyFrame(emptyRoom(), { events: [{ type: 'chat', seq: 1, at, name: 'B', role: 'viewer', text: 'one' }] });
    for (let n = 0; n < 2; n += 1) ({ state } = applyFrame(state, { own }));
    expect(state.messages.map(({ seq }) => seq)).toEqual([1, -1, -2]);
    expect(state.seq).toBe(1);
    ({ state } = applyFrame(state, { snapshot: { epoch: 'e', seq: 9, status: 'live', video: 'live', now: '2026-11-29T20:00:00Z', messages: [], you: { role: 'viewer', name: '' } } }));
    expect(state.messages).toEqual([]);
  });

  it('follows the terms of the chat and what is announced', () => {
    const terms = { slow_mode_s: 10, who: 'members' as const, links: 'off' as const, takes_orders: true };
    let { state } = applyFrame(emptyRoom(), { state: { chat: terms, announcement: 'Free shipping' } });
    ({ state } = applyFrame(state, { state: { viewers: 2 } }));
    expect([state.terms, state.announcement]).toEqual([terms, 'Free shipping']);
    ({ state } = applyFrame(state, { state: { announcement: '' } }));
    expect(state.announcement).toBe('');
  });

  it('leaves absent counts as they were', () => {
    let { state } = applyFrame(emptyRoom(), { state: { viewers: 5, hearts: 3 } });
    ({ state } = applyFrame(state, { state: { hearts: 4 } }));
    expect([state.viewers, state.hearts]).toEqual([5, 4]);
  });

  it('forgets a pin that the snapshot no longer has', () => {
    let { state } = applyFrame(emptyRoom(), { events: [{ type: 'pinned', seq: 1, at, product: card(1) }] });
    ({ state } = applyFrame(state, {
      snapshot: { epoch: 'e', seq: 9, status: 'live', video: 'away', messages: [], now: at, you: { role: 'viewer', name: '' } },
    }));
    expect(state.pinned).toBeUndefined();
    expect(state.video).toBe('away');
  });

  it('knows the second camera by the snapshot, and by what is told later', () => {
    const snapshot: NonNullable<ServerFrame['snapshot']> = {
      epoch: 'e', seq: 1, status: 'live', video: 'live', messages: [], now: at, you: { role: 'viewer', name: '' },
    };
    let { state } = applyFrame(emptyRoom(), { snapshot: { ...snapshot, co_host: 'live' } });
    expect(state.coHost).toBe('live');
    ({ state } = applyFrame(state, { events: [{ type: 'co_host', seq: 2, at, video: 'away' }] }));
    expect([state.coHost, state.video]).toEqual(['away', 'live']);
    ({ state } = applyFrame(state, { snapshot }));
    expect(state.coHost).toBe('none');
  });

  it('keeps a bounded number of messages', () => {
    const events = Array.from({ length: kMessagesMax + 5 }, (_, index): RoomEvent => (
      { type: 'chat', seq: index + 1, at, name: 'A', role: 'viewer', text: 'x' }));
    const { messages } = applyFrame(emptyRoom(), { events }).state;
    expect(messages).toHaveLength(kMessagesMax);
    expect(messages[0]?.seq).toBe(6);
  });

  it('keeps a deal from its announcement to its end', () => {
    const deal: RoomDeal = {
      deal_id: '3', product_id: '7', price: { minor: 9900, currency: 'CNY' }, units: 5, left: 5, units_per_buyer_max: 2, vouchers_max: 0,
      starts_at: '2026-01-01T00:00:10Z', ends_at: '2026-01-01T00:01:10Z',
    };
    let { state } = applyFrame(emptyRoom(), { events: [{ type: 'deal_announced', seq: 1, at, deal }] });
    ({ state } = applyFrame(state, { state: { deals: [{ deal_id: '3', left: 4 }, { deal_id: '9', left: 1 }] } }));
    expect(state.deals['7']?.left).toBe(4);
    ({ state } = applyFrame(state, { events: [{ type: 'deal_ended', seq: 2, at, deal_id: '3', product_id: '7', reason: 'over' }] }));
    expect(state.deals).toEqual({});
    ({ state } = applyFrame(state, {
      snapshot: { epoch: 'e', seq: 9, status: 'live', video: 'live', now: at, deals: [deal], messages: [], you: { role: 'viewer', name: '' } },
    }));
    expect(state.deals['7']).toEqual(deal);
  });

  it("tells the server's clock by the frame that came fastest", () => {
    const at_ms = Date.parse(at);
    const snapshot = { epoch: 'e', seq: 1, status: 'live', video: 'live', now: at, messages: [], you: { role: 'viewer', name: '' } } as const;
    let { state } = applyFrame(emptyRoom(), { snapshot: { ...snapshot, messages: [] } }, at_ms + 900);
    expect(state.ahead_ms).toBe(-900);
    ({ state } = applyFrame(state, { events: [{ type: 'unpinned', seq: 2, at }] }, at_ms + 200));
    expect(state.ahead_ms).toBe(-200);
    ({ state } = applyFrame(state, { events: [{ type: 'unpinned', seq: 3, at }] }, at_ms + 5000));
    expect(state.ahead_ms).toBe(-200);
  });

  it('does not change the state it was given', () => {
    const before = emptyRoom();
    applyFrame(before, { state: { viewers: 5, stock: [{ product_id: '1', available: 2 }] } });
    expect(before).toEqual(emptyRoom());
  });
});
