import { describe, expect, it } from 'vitest';
import type { ProductCard, RoomEvent } from '$lib/api/types';
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
    ({ state } = applyFrame(state, { snapshot: { epoch: 'e', seq: 9, status: 'live', video: 'live', messages: [], you: { role: 'viewer', name: '' } } }));
    expect(state.messages).toEqual([]);
  });

  it('follows the terms of the chat and what is announced', () => {
    const terms = { slow_mode_s: 10, who: 'members' as const, links: 'off' as const };
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
      snapshot: { epoch: 'e', seq: 9, status: 'live', video: 'away', messages: [], you: { role: 'viewer', name: '' } },
    }));
    expect(state.pinned).toBeUndefined();
    expect(state.video).toBe('away');
  });

  it('keeps a bounded number of messages', () => {
    const events = Array.from({ length: kMessagesMax + 5 }, (_, index): RoomEvent => (
      { type: 'chat', seq: index + 1, at, name: 'A', role: 'viewer', text: 'x' }));
    const { messages } = applyFrame(emptyRoom(), { events }).state;
    expect(messages).toHaveLength(kMessagesMax);
    expect(messages[0]?.seq).toBe(6);
  });

  it('does not change the state it was given', () => {
    const before = emptyRoom();
    applyFrame(before, { state: { viewers: 5, stock: [{ product_id: '1', available: 2 }] } });
    expect(before).toEqual(emptyRoom());
  });
});
