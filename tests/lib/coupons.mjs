import { newKey } from './house.mjs';

// A coupon as a shop makes it.
export const couponOf = (more = {}) => ({ title: 'Autumn', amount: { minor: 500, currency: 'CNY' }, units: 50,
  valid_until: new Date(Date.now() + 3600_000).toISOString(), ...more });
export const makeCoupon = (seller, shop, more, key = newKey()) =>
  seller.expect(201, 'POST', `/shops/${shop.id}/coupons`, couponOf(more), { headers: { 'idempotency-key': key } });
