/** What a host gives away, as the dialog holds it, and the contract's rules for it. Pure. */
import { amountOf } from '$lib/features/auction/auction_draft';
import type { NewRedPacket } from '$lib/api/types';

export const kLengths_s = [10, 30, 60, 180, 300] as const;
export const kEnvelopesMax = 500;
/** In which what is won can be spent. */
const kValid_days = 7;

export interface PacketDraft {
  title: string;
  total: string;
  envelopes: number;
  split: NewRedPacket['split'];
  length_s: number;
  /** Empty: for every order. */
  minOrder: string;
}

export function packetDraft(title: string): PacketDraft {
  return { title, total: '', envelopes: 10, split: 'lucky', length_s: 60, minOrder: '' };
}

export type PacketFaults = Partial<Record<'title' | 'total' | 'minOrder', true>>;

/** What would be sent, or what is to be mended first. */
export function packetOf(draft: PacketDraft, currency: string): { packet: NewRedPacket; faults?: undefined } | { packet?: undefined; faults: PacketFaults } {
  const title = draft.title.trim();
  const total = amountOf(draft.total, currency);
  const least = draft.minOrder.trim() === '' ? { minor: 0 } : amountOf(draft.minOrder, currency);
  const faults: PacketFaults = {};
  if (title === '') faults.title = true;
  if (!total || total.minor < draft.envelopes) faults.total = true;
  if (!least) faults.minOrder = true;
  if (!total || !least || Object.keys(faults).length > 0) return { faults };
  return { packet: { title, total, envelopes: draft.envelopes, split: draft.split, length_s: draft.length_s, min_order_minor: least.minor, valid_days: kValid_days } };
}
