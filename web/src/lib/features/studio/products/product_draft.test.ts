import { describe, expect, it } from 'vitest';
import type { Product } from '$lib/api/types';
import { draftOf, draftPrice, draftStock, productFaults, usualTitles, type ProductDraft } from './product_draft';

const whole: ProductDraft = { title: 'Necklace', description: '', price: '168', stock: '12', weight: '' };

describe('productFaults', () => {
  it.each<[Partial<ProductDraft>, object]>([
    [{}, {}],
    [{ title: ' ' }, { title: 'field.required' }],
    [{ price: '' }, { price: 'field.required' }],
    [{ price: '-5' }, { price: 'product.price_rule' }],
    [{ price: '99999999999999' }, { price: 'product.price_rule' }],
    [{ stock: '-1' }, { stock: 'product.stock_rule' }],
    [{ stock: '1.5' }, { stock: 'product.stock_rule' }],
    [{ stock: '1000001' }, { stock: 'product.stock_rule' }],
    [{ stock: '0' }, {}],
    [{ weight: '80.5' }, { weight: 'product.weight_rule' }],
  ])('%j', (change, faults) => expect(productFaults({ ...whole, ...change }, 'CNY')).toEqual(faults));
});

describe('draftPrice', () => {
  it('counts minor units of the shop\'s currency', () => {
    expect(draftPrice(whole, 'CNY')).toEqual({ minor: 16800, currency: 'CNY' });
    expect(draftPrice(whole, 'JPY')).toEqual({ minor: 168, currency: 'JPY' });
  });
});

describe('draftOf', () => {
  it('shows a product as it would be typed', () => {
    const product = { title: 'A', description: 'b', price: { minor: 16850, currency: 'CNY' }, stock: 3, weight_g: 80 } as Product;
    expect(draftOf(product)).toEqual({ title: 'A', description: 'b', price: '168.50', stock: '3', weight: '80' });
    expect(draftStock(draftOf(product))).toBe(3);
  });
});

describe('usualTitles', () => {
  it('names each title once, the newest first', () => {
    const titled = (title: string) => ({ title }) as Product;
    expect(usualTitles([titled('a'), titled('b'), titled('a'), titled('c')], 2)).toEqual(['a', 'b']);
  });
});
