import { expect, test } from 'vitest';
import { packetDraft, packetOf, type PacketDraft } from './packet_draft';

const draft = (more: Partial<PacketDraft> = {}): PacketDraft => ({ ...packetDraft('Red packet'), total: '20', ...more });

test('what is typed becomes a packet', () => {
  expect(packetOf(draft({ title: ' Luck ', minOrder: '5' }), 'CNY').packet).toEqual({
    title: 'Luck', total: { minor: 2_000, currency: 'CNY' }, envelopes: 10, split: 'lucky', length_s: 60, min_order_minor: 500, valid_days: 7,
  });
  expect(packetOf(draft(), 'CNY').packet?.min_order_minor).toBe(0);
});

test('what does not fit is named', () => {
  expect(packetOf(draft({ title: ' ' }), 'CNY').faults).toEqual({ title: true });
  for (const total of ['', '0', '0.09', 'x']) expect(packetOf(draft({ total }), 'CNY').faults).toEqual({ total: true });
  expect(packetOf(draft({ minOrder: 'x' }), 'CNY').faults).toEqual({ minOrder: true });
  expect(packetOf(draft({ total: '9' }), 'JPY').faults).toEqual({ total: true });
});
