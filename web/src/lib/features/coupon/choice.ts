/** Which of the coupons that a quote tells is spent. Pure. */
import type { CouponOffer } from '$lib/api/types';

/** Chosen by hand: a coupon's id, or '' for none. Without a choice it is the one that takes off the most. */
export type CouponChoice = string | undefined;

export function chosenCoupon(offers: readonly CouponOffer[], choice: CouponChoice): CouponOffer | undefined {
  if (choice === '') return undefined;
  const usable = offers.filter(({ discount }) => discount.minor > 0);
  return usable.find(({ coupon }) => coupon.id === choice) ?? usable[0];
}
