import { describe, expect, it } from 'vitest';
import type { ProductCard, RoomDeal } from '$lib/api/types';
import { isSameLook, liveDeal, liveDeals, pricedCard } from './live_deal';

const deal: RoomDeal = {
  deal_id: '3', product_id: '7', price: { minor: 9900, currency: 'CNY' }, units: 5, left: 5, units_per_buyer_max: 2, vouchers_max: 0,
  starts_at: '2026-01-01T00:00:10Z', ends_at: '2026-01-01T00:01:10Z',
};
const card: ProductCard = { product_id: '7', title: 'Necklace', price: { minor: 16800, currency: 'CNY' }, available: 9 };
const at = (text: string) => Date.parse(`2026-01-01T00:${text}Z`);

describe('liveDeal', () => {
  it.each([
    ['00:00', 'soon', 10], ['00:09.999', 'soon', 1], ['00:10', 'running', 60], ['01:09.999', 'running', 1],
  ])('at %s it is %s with %i s left', (time, phase, left_s) => {
    expect(liveDeal(deal, at(time))).toMatchObject({ phase, left_s });
  });

  it('is none from its end on', () => {
    expect(liveDeal(deal, at('01:10'))).toBeUndefined();
    expect(liveDeals({ 7: deal }, at('01:10'))).toEqual({});
  });

  it('is gone while all of its units are taken', () => {
    expect(liveDeal({ ...deal, left: 0 }, at('00:20'))?.phase).toBe('gone');
    expect(liveDeal({ ...deal, left: 0 }, at('00:05'))?.phase).toBe('soon');
  });
});

describe('pricedCard', () => {
  it('has the price of the deal while that runs', () => {
    expect(pricedCard(card, liveDeal(deal, at('00:10')))).toMatchObject({ price: deal.price, full_price: card.price });
  });

  it.each(['00:09.999', '01:10'])('has its own price at %s', (time) => {
    const shown = pricedCard(card, liveDeal(deal, at(time)));
    expect([shown.price, shown.full_price]).toEqual([card.price, undefined]);
  });

  it('has its own price when the deal is gone, or is not lower', () => {
    expect(pricedCard(card, liveDeal({ ...deal, left: 0 }, at('00:20'))).price).toEqual(card.price);
    const cheap = { ...card, price: { minor: 9900, currency: 'CNY' } };
    expect(pricedCard(cheap, liveDeal(deal, at('00:20'))).full_price).toBeUndefined();
  });
});

describe('isSameLook', () => {
  it('differs by the second, the units and the phase', () => {
    const look = (one: RoomDeal, time: string) => liveDeals({ 7: one }, at(time));
    expect(isSameLook(look(deal, '00:20.100'), look(deal, '00:20.900'))).toBe(true);
    expect(isSameLook(look(deal, '00:20'), look(deal, '00:21'))).toBe(false);
    expect(isSameLook(look(deal, '00:20'), look({ ...deal, left: 4 }, '00:20'))).toBe(false);
    expect(isSameLook(look(deal, '00:20'), {})).toBe(false);
  });
});
