/** What a shop chooses for a coupon, and the contract's rules for it. Pure. */
import { currencyDigits, decimalToMinor } from '$lib/i18n/format';
import type { NewCoupon } from '$lib/api/types';

export const kValidDays = [1, 7, 30, 90] as const;
const kDay_ms = 24 * 3600_000;
const kUnitsMax = 1_000_000;

export interface CouponDraft {
  title: string;
  kind: 'amount' | 'percent';
  percent: string;
  /** Off, or the most that the percentage takes off. */
  amount: string;
  minOrder: string;
  units: string;
  each: number;
  days: number;
  /** For this show alone; '' for all the shop's orders. */
  showId: string;
  /** Taken by a code; '' for a tap. */
  code: string;
}

export type DraftFault = 'title' | 'percent' | 'amount' | 'minOrder' | 'units' | 'code';

export function couponDraft(): CouponDraft {
  return { title: '', kind: 'amount', percent: '10', amount: '', minOrder: '', units: '50', each: 1, days: 7, showId: '', code: '' };
}

const whole = (text: string): number | undefined => (/^\d{1,7}$/.test(text.trim()) ? Number(text) : undefined);

export function couponFaults(draft: CouponDraft, currency: string): DraftFault[] {
  const digits = currencyDigits(currency);
  const percent = whole(draft.percent) ?? 0;
  const units = whole(draft.units) ?? 0;
  const faults: [DraftFault, boolean][] = [
    ['title', draft.title.trim() === ''],
    ['percent', draft.kind === 'percent' && (percent < 1 || percent > 100)],
    ['amount', (decimalToMinor(draft.amount, digits) ?? 0) < 1],
    ['minOrder', draft.minOrder.trim() !== '' && decimalToMinor(draft.minOrder, digits) === undefined],
    ['units', units < 1 || units > kUnitsMax],
    ['code', draft.code.trim() !== '' && !/^[A-Za-z0-9-]{4,20}$/.test(draft.code.trim())],
  ];
  return faults.filter(([, isFault]) => isFault).map(([name]) => name);
}

/** Of a draft without faults. */
export function newCoupon(draft: CouponDraft, currency: string, now_ms: number): NewCoupon {
  const digits = currencyDigits(currency);
  return {
    title: draft.title.trim(),
    code: draft.code.trim() || undefined,
    show_id: draft.showId || undefined,
    percent: draft.kind === 'percent' ? Number(draft.percent) : 0,
    amount: { minor: decimalToMinor(draft.amount, digits) ?? 0, currency },
    min_order_minor: decimalToMinor(draft.minOrder, digits) ?? 0,
    units: Number(draft.units),
    per_buyer_max: draft.each,
    valid_until: new Date(now_ms + draft.days * kDay_ms).toISOString(),
  };
}
