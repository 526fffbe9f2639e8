import { expect, test } from 'vitest';
import type { CouponOffer } from '$lib/api/types';
import { chosenCoupon } from './choice';

const offer = (id: string, minor: number) => ({ coupon: { id }, discount: { minor, currency: 'CNY' } }) as CouponOffer;
const offers = [offer('7', 900), offer('8', 500), offer('9', 0)];

test('the one that takes off the most is spent, unless another is chosen, or none', () => {
  expect(chosenCoupon(offers, undefined)?.coupon.id).toBe('7');
  expect(chosenCoupon(offers, '8')?.coupon.id).toBe('8');
  expect(chosenCoupon(offers, '')).toBeUndefined();
});

test('one that takes nothing off, or is gone, is not spent', () => {
  expect(chosenCoupon(offers, '9')?.coupon.id).toBe('7');
  expect(chosenCoupon(offers, '12')?.coupon.id).toBe('7');
  expect(chosenCoupon([offer('9', 0)], undefined)).toBeUndefined();
  expect(chosenCoupon([], '7')).toBeUndefined();
});
