import { expect, test } from 'vitest';
import { couponDraft, couponFaults, newCoupon, type CouponDraft } from './coupon_draft';

const good: CouponDraft = { ...couponDraft(), title: ' Autumn ', amount: '30' };

test('a draft becomes what the contract takes', () => {
  expect(couponFaults(good, 'CNY')).toEqual([]);
  expect(newCoupon(good, 'CNY', Date.parse('2026-01-01T00:00:00Z'))).toEqual({
    title: 'Autumn', code: undefined, show_id: undefined, percent: 0, amount: { minor: 3000, currency: 'CNY' }, min_order_minor: 0,
    units: 50, per_buyer_max: 1, valid_until: '2026-01-08T00:00:00.000Z',
  });
  const share = newCoupon({ ...good, kind: 'percent', percent: '15', minOrder: '99.50', code: ' autumn-1 ', showId: '4' }, 'CNY', 0);
  expect([share.percent, share.min_order_minor, share.code, share.show_id]).toEqual([15, 9950, 'autumn-1', '4']);
});

test.each<[Partial<CouponDraft>, string]>([
  [{ title: ' ' }, 'title'], [{ amount: '' }, 'amount'], [{ amount: '0' }, 'amount'], [{ amount: 'ten' }, 'amount'], [{ units: '0' }, 'units'], [{ units: '1.5' }, 'units'],
  [{ units: '1000001' }, 'units'], [{ kind: 'percent', percent: '0' }, 'percent'], [{ kind: 'percent', percent: '101' }, 'percent'], [{ minOrder: 'x' }, 'minOrder'],
  [{ code: 'abc' }, 'code'], [{ code: 'AB CD' }, 'code'], [{ code: '优惠券码' }, 'code'],
])('%o is a fault of its field', (change, field) => {
  expect(couponFaults({ ...good, ...change }, 'CNY')).toEqual([field]);
});
