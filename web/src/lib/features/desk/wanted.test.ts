import { expect, it } from 'vitest';
import type { ProductCard } from '$lib/api/types';
import { mostWanted } from './wanted';

const card = (product_id: string): ProductCard => ({ product_id, title: product_id, price: { minor: 1, currency: 'CNY' }, available: 1 });

it('puts what is wanted most first, and leaves out what nobody asks for or the bag does not have', () => {
  const wanted = mostWanted({ 1: 2, 2: 0, 3: 5, 4: 2, 9: 7 }, ['1', '2', '3', '4'].map(card));
  expect(wanted.map(({ card: { product_id }, count }) => [product_id, count])).toEqual([['3', 5], ['1', 2], ['4', 2]]);
});
