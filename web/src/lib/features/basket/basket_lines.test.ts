import { describe, expect, it } from 'vitest';
import { ApiError } from '$lib/api/api_error';
import type { NewBasket } from '$lib/api/types';
import { adopted, goodsOf, groupByShop, placeOfRefusal, priceOf, soonestEnd, totalsOf, type BasketLine } from './basket_lines';

function line(shopId: string, productId: string, more: Partial<BasketLine> = {}): BasketLine {
  const product = { product_id: productId, title: `Product ${productId}`, price: { minor: 500, currency: 'MXN' }, available: 3 };
  return { showId: '1', shopId, shopName: `Shop ${shopId}`, pickup: '', product, quantity: 1, state: 'held', end_ms: 1000, ...more };
}

describe('groupByShop', () => {
  it('keeps the shops, and the lines of each, in the order in which they came', () => {
    const groups = groupByShop([line('b', '1'), line('a', '2'), line('b', '3')]);
    expect(groups.map(({ shopId, lines }) => [shopId, lines.map(({ product }) => product.product_id)])).toEqual([['b', ['1', '3']], ['a', ['2']]]);
    expect(groupByShop([])).toEqual([]);
  });
});

describe('a basket that another tab tells', () => {
  const nothingTapped = () => false;
  it('is taken as it is, with what is gone and what is new', () => {
    const told = [line('a', '2', { quantity: 2, end_ms: 5000 }), line('a', '3')];
    expect(adopted([line('a', '1'), line('a', '2')], told, nothingTapped)).toEqual(told);
  });

  it('leaves what is tapped here, which is told next', () => {
    const mine = line('a', '1', { quantity: 4 });
    expect(adopted([mine], [line('a', '1', { quantity: 2 })], () => true)).toEqual([mine]);
    expect(adopted([mine], [], () => true)).toEqual([]);
  });

  it('does not wait for an answer that the other tab may never tell', () => {
    const asking = [line('a', '1', { state: 'asking' })];
    expect(adopted([line('a', '1', { state: 'over' })], asking, nothingTapped)[0]?.state).toBe('over');
    expect(adopted([], asking, nothingTapped)[0]?.state).toBe('unknown');
  });

  it('keeps why a line was refused here while it stays as it was', () => {
    const refusal = new ApiError('refused', { status: 409, code: 'sold-out' });
    const mine = line('a', '1', { state: 'out', refusal });
    expect(adopted([mine], [line('a', '1', { state: 'out' })], nothingTapped)[0]?.refusal).toBe(refusal);
    expect(adopted([mine], [line('a', '1')], nothingTapped)[0]?.refusal).toBeUndefined();
  });
});

describe('what a basket comes to', () => {
  it('counts pieces, and leaves out what cannot be had', () => {
    expect(goodsOf([line('a', '1', { quantity: 3 }), line('a', '2'), line('a', '3', { state: 'out' })])).toEqual({ minor: 2000, currency: 'MXN' });
    expect(goodsOf([line('a', '1', { state: 'over' })])).toEqual({ minor: 500, currency: 'MXN' });
    expect(goodsOf([line('a', '1', { state: 'out' })])).toBeUndefined();
  });

  it('never adds money of two currencies', () => {
    expect(totalsOf([{ minor: 100, currency: 'CNY' }, { minor: 7, currency: 'MXN' }, { minor: 50, currency: 'CNY' }]))
      .toEqual([{ minor: 150, currency: 'CNY' }, { minor: 7, currency: 'MXN' }]);
  });
});

it('the clock of a basket is that of the hold which ends first', () => {
  expect(soonestEnd([line('a', '1', { end_ms: 900 }), line('a', '2', { end_ms: 700 }), line('b', '3', { end_ms: 0, state: 'over' })])).toBe(700);
  expect(soonestEnd([line('a', '1', { state: 'over', end_ms: 0 })])).toBeUndefined();
});

describe('placeOfRefusal', () => {
  const total = { minor: 1, currency: 'MXN' };
  const sent: NewBasket = { buyer: { name: 'Ana', phone: '12345' }, orders: [
    { shop_id: 'a', lines: [{ product_id: '1', quantity: 1 }, { product_id: '2', quantity: 1 }], fulfilment: 'pickup', expected_total: total },
    { shop_id: 'b', lines: [{ product_id: '3', quantity: 1 }], fulfilment: 'pickup', expected_total: total },
  ] };
  const refusal = (code: string, figures: Record<string, unknown>, ...paths: string[]) => (
    new ApiError('refused', { status: 409, code, figures, fields: paths.map((path) => ({ path, message: 'is odd' })) }));

  it.each<[string, ApiError, object]>([
    ['the product it names', refusal('sold-out', { order: 0, product_id: 2 }), { shopId: 'a', productId: '2', isOfBuyer: false }],
    ['the only line of its order', refusal('sold-out', { order: 1 }), { shopId: 'b', productId: '3', isOfBuyer: false }],
    ['a shop, when two lines may be meant', refusal('sold-out', { order: 0 }), { shopId: 'a', productId: undefined, isOfBuyer: false }],
    ['a shop, when it is about money', refusal('price-changed', { order: 1 }), { shopId: 'b', productId: undefined, isOfBuyer: false }],
    ['the line of a field', refusal('invalid-field', { order: 0 }, '/orders/0/lines/1/quantity'), { shopId: 'a', productId: '2', isOfBuyer: false }],
    ['the shop of a field', refusal('invalid-field', {}, '/orders/1/pickup_point_id'), { shopId: 'b', productId: undefined, isOfBuyer: false }],
    ['the buyer', refusal('invalid-field', { order: 0 }, '/buyer/phone'), { isOfBuyer: true }],
    ['all of it', refusal('show-not-found', {}), { isOfBuyer: false }],
    ['all of it, when there is no such order', refusal('sold-out', { order: 7 }), { isOfBuyer: false }],
  ])('belongs to %s', (_, failure, place) => {
    expect(placeOfRefusal(failure, sent)).toEqual(place);
  });
});

describe('priceOf', () => {
  const yuan = (minor: number) => ({ minor, currency: 'CNY' });

  it.each([
    ['held', undefined, 70, 99], ['held', 80, undefined, 80], ['held', 80, 70, 80], ['held', 120, undefined, 99],
    ['over', 80, undefined, 99], ['over', undefined, 70, 70], ['over', undefined, 120, 99],
  ] as const)('of what is %s at %s, with a deal at %s, is %i', (state, held, deal, price) => {
    const line = { state, heldPrice: held === undefined ? undefined : yuan(held) };
    expect(priceOf(yuan(99), line, deal === undefined ? undefined : yuan(deal)).minor).toBe(price);
  });
});
