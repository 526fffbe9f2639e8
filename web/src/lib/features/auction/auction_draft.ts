/** What a host chooses for an auction, and the contract's rules for it. Pure. */
import { draftPrice } from '$lib/features/studio/products/product_draft';
import type { Money, NewAuction } from '$lib/api/types';

export const kLengths_s = [30, 60, 120, 300] as const;

export interface AuctionDraft {
  start: string;
  step: string;
  length_s: number;
  mode: NewAuction['mode'];
}

/** A twentieth of a price, in whole units where the price is in whole units; at least the smallest. */
export function usualStep(price: Money, digits: number): Money {
  const unit = 10 ** digits;
  const part = price.minor / 20;
  const round = price.minor >= unit * 10 ? unit : 1;
  return { ...price, minor: Math.max(round, Math.round(part / round) * round) };
}

/** Half of what it costs otherwise: low enough that somebody begins. */
export function usualStart(price: Money, digits: number): Money {
  const unit = 10 ** digits;
  const round = price.minor >= unit * 10 ? unit : 1;
  return { ...price, minor: Math.max(1, Math.round(price.minor / 2 / round) * round) };
}

/** As someone would type it. */
export function typed({ minor }: Money, digits: number): string {
  const text = (minor / 10 ** digits).toFixed(digits);
  return text.replace(/\.0+$/, '');
}

export function auctionDraft(price: Money, digits: number): AuctionDraft {
  return { start: typed(usualStart(price, digits), digits), step: typed(usualStep(price, digits), digits), length_s: kLengths_s[1], mode: 'extend' };
}

/** None while it is no amount above nothing. */
export function amountOf(text: string, currency: string): Money | undefined {
  const money = draftPrice({ price: text }, currency);
  return money && money.minor > 0 ? money : undefined;
}
