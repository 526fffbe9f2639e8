/** What a host chooses for a flash deal, and the contract's rules for it. Pure. */
import { draftPrice } from '$lib/features/studio/products/product_draft';
import type { Money, NewDeal } from '$lib/api/types';

export const kPercents = [10, 20, 30] as const;
export const kCountdowns_s = [5, 10, 30, 60] as const;
export const kLengths_s = [60, 180, 300, 600] as const;
const kEachMax = 99;
const kUsualEach = 2;

export interface DealDraft {
  /** Off the price; none for a price of the host's own. */
  percent: number | undefined;
  price: string;
  /** None: all there are. */
  units: string | undefined;
  countdown_s: number;
  length_s: number;
  each: number;
  takesVouchers: boolean;
}

export function dealDraft(): DealDraft {
  return { percent: kPercents[1], price: '', units: undefined, countdown_s: 10, length_s: 180, each: kUsualEach, takesVouchers: false };
}

/** Rounded to what is paid in whole units where the price is: 20 % off 99 is 79, and not 79.2. */
export function priceOff(price: Money, percent: number, digits: number): Money {
  const unit = 10 ** digits;
  const exact = (price.minor * (100 - percent)) / 100;
  const step = price.minor % unit === 0 && exact >= unit ? unit : 1;
  return { ...price, minor: Math.floor(exact / step) * step };
}

/** None while it is no amount below the product's. */
export function dealPrice(draft: DealDraft, price: Money, digits: number): Money | undefined {
  const wanted = draft.percent === undefined ? draftPrice(draft, price.currency) : priceOff(price, draft.percent, digits);
  return wanted && wanted.minor < price.minor ? wanted : undefined;
}

/** None while it is no number of what is there. */
export function dealUnits(draft: DealDraft, available: number): number | undefined {
  if (draft.units === undefined) return available > 0 ? available : undefined;
  const text = draft.units.trim();
  const units = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  return units >= 1 && units <= available ? units : undefined;
}

export function newDeal(draft: DealDraft, productId: string, price: Money, units: number): NewDeal {
  return {
    product_id: productId, price, units, countdown_s: draft.countdown_s, length_s: draft.length_s,
    units_per_buyer_max: Math.min(draft.each, kEachMax), vouchers_max: draft.takesVouchers ? units : 0,
  };
}
