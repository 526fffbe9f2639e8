import { describe, expect, it } from 'vitest';
import type { ProductCard } from '$lib/api/types';
import { firstEmpty, moved, newBeats, readOut, type BeatDraft } from './script_text';

const card: ProductCard = { product_id: '7', title: 'Pearl {price} $& necklace', price: { minor: 16800, currency: 'CNY' }, available: 1234 };
const draft = (key: number, more: Partial<BeatDraft> = {}): BeatDraft => ({ key, id: undefined, kind: 'story', product_id: undefined, text: `${key}`, ...more });

describe('the words of a script', () => {
  it('have the figures of the moment, and nothing of a figure twice', () => {
    expect(readOut('{title}: {price}, {stock} left, {stock}!', card, 'en')).toBe('Pearl {price} $& necklace: CN¥168, 1,234 left, 1,234!');
  });

  it('follow the product', () => {
    expect(readOut('{price} {stock}', { ...card, price: { minor: 9900, currency: 'CNY' }, available: 3 }, 'en')).toBe('CN¥99 3');
  });

  it('leave other braces, and say nothing that is not known', () => {
    expect(readOut('{name} {title}', undefined, 'en')).toBe('{name} …');
  });
});

describe('a script that is written', () => {
  it('is sent with the ids that there are', () => {
    expect(newBeats([draft(1, { id: '9', product_id: '7', text: ' Hello ' }), draft(2)])).toEqual([
      { id: '9', kind: 'story', product_id: '7', text: 'Hello' }, { kind: 'story', text: '2' },
    ]);
  });

  it('says where words are missing', () => {
    expect(firstEmpty([draft(1), draft(2, { text: ' \n' })])?.key).toBe(2);
    expect(firstEmpty([draft(1)])).toBeUndefined();
  });

  it('keeps a beat within it', () => {
    const keys = (by: number, key = 2) => moved([draft(1), draft(2), draft(3)], key, by).map((one) => one.key);
    expect([keys(-1), keys(1), keys(-1, 1), keys(1, 3)]).toEqual([[2, 1, 3], [1, 3, 2], [1, 2, 3], [1, 2, 3]]);
  });
});
