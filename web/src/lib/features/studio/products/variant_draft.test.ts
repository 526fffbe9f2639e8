import { describe, expect, it } from 'vitest';
import type { Part, Product } from '$lib/api/types';
import { bundlesLeft, changedQuantity, isBundle, possibleParts, variantDraft, variantFaults } from './variant_draft';

const yuan = (minor: number) => ({ minor, currency: 'CNY' });
const part = (product_id: string, quantity: number, stock = 10): Part => ({ product_id, title: product_id, quantity, stock });
const product = (id: string, more: Partial<Product>): Product => ({
  id, shop_id: '1', kind: 'single', title: `P${id}`, description: '', price: yuan(100), stock: 4, hidden: false, removed: false,
  weight_g: 0, photos: [], version: 1, ...more,
});

describe('a variant that is typed', () => {
  it('begins with the price of its product and one in stock', () => {
    expect(variantDraft(undefined, yuan(16850))).toEqual({ name: '', price: '168.50', stock: '1', weight: '' });
  });

  it('needs a name of its own, a price, and whole numbers', () => {
    const good = { name: '45 cm', price: '168', stock: '3', weight: '' };
    expect(variantFaults(good, 'CNY', ['60 cm'])).toEqual({});
    expect(variantFaults({ ...good, name: ' ' }, 'CNY', []).name).toBe('field.required');
    expect(variantFaults({ ...good, name: ' 60 cm ' }, 'CNY', ['60 cm']).name).toBe('variant.name_twice');
    expect(variantFaults({ ...good, price: 'x', stock: '-1', weight: '1.5' }, 'CNY', [])).toEqual({
      price: 'product.price_rule', stock: 'product.stock_rule', weight: 'product.weight_rule',
    });
  });
});

describe('the parts of a bundle', () => {
  it('are products that are counted, variants among them', () => {
    const variant = { id: '3', name: '45 cm', price: yuan(1), stock: 2, weight_g: 0, photos: [], version: 1 };
    const parts = possibleParts([
      product('1', {}), product('2', { kind: 'parent', variants: [variant] }), product('4', { kind: 'bundle', parts: [] }),
    ]);
    expect(parts.map(({ product_id, title }) => [product_id, title])).toEqual([['1', 'P1'], ['3', 'P2 · 45 cm']]);
  });

  it('come to two pieces at least', () => {
    expect([[], [part('1', 1)], [part('1', 2)], [part('1', 1), part('2', 1)]].map(isBundle)).toEqual([false, false, true, true]);
  });

  it('make as many bundles as the scarcest allows', () => {
    expect(bundlesLeft([part('1', 2, 9), part('2', 1, 12)])).toBe(4);
    expect(bundlesLeft([])).toBe(0);
  });

  it('are one to a hundred of each', () => {
    expect(changedQuantity([part('1', 1), part('2', 5)], '1', -1)[0]?.quantity).toBe(1);
    expect(changedQuantity([part('1', 100)], '1', 1)[0]?.quantity).toBe(100);
    expect(changedQuantity([part('1', 1), part('2', 5)], '2', 1).map(({ quantity }) => quantity)).toEqual([1, 6]);
  });
});
