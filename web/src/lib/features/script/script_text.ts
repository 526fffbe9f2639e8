/** The words of a script: what stands in for a product's figures, and what is proposed for each beat. Pure. */
import type { BeatKind, NewBeat, ProductCard } from '$lib/api/types';
import { formatMoney } from '$lib/i18n/format';
import { formatNumber } from '$lib/i18n/message';

export const kBeatKinds: BeatKind[] = ['opening', 'story', 'price', 'urgency', 'close'];
export const kBeatsMax = 100;
export const kBeatText_max = 1000;
/** What a word in braces stands for, when nothing is known of it. */
const kUnknown = '…';
/** Each word as itself, for messages that tell of them. */
export const kPlaceholders = { title: '{title}', price: '{price}', stock: '{stock}' } as const;

/** The text as it is read out: a number is never typed by hand, it is the product's at this moment. */
export function readOut(text: string, card: ProductCard | undefined, tag: string): string {
  return text.replace(/\{(title|price|stock)\}/g, (_whole, word: keyof typeof kPlaceholders) => {
    if (!card) return kUnknown;
    if (word === 'title') return card.title;
    return word === 'price' ? formatMoney(card.price, tag) : formatNumber(card.available, tag);
  });
}

/** A beat as it is being written; `key` tells it from others until it has an id. */
export interface BeatDraft {
  key: number;
  id: string | undefined;
  kind: BeatKind;
  product_id: string | undefined;
  text: string;
}

export function newBeats(drafts: readonly BeatDraft[]): NewBeat[] {
  return drafts.map(({ id, kind, product_id, text }) => ({ ...(id && { id }), kind, ...(product_id && { product_id }), text: text.trim() }));
}

/** The first beat without words; none where all have some. */
export function firstEmpty(drafts: readonly BeatDraft[]): BeatDraft | undefined {
  return drafts.find(({ text }) => text.trim() === '');
}

/** A beat moved by so many places, as far as the list goes. */
export function moved(drafts: readonly BeatDraft[], key: number, by: number): BeatDraft[] {
  const from = drafts.findIndex((draft) => draft.key === key);
  const to = Math.min(Math.max(from + by, 0), drafts.length - 1);
  const next = [...drafts];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}
