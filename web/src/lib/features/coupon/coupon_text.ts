/** What a coupon says of itself, on every screen alike. */
import type { Coupon, Money } from '$lib/api/types';
import { formatMoney } from '$lib/i18n/format';
import { t } from '$lib/i18n/i18n.svelte';

type Terms = Pick<Coupon, 'percent' | 'amount' | 'min_order'>;

/** "−¥30", or "−10 %, at most ¥20". */
export function offText({ percent, amount }: Terms, tag: string): string {
  const most = formatMoney(amount, tag);
  return percent > 0 ? t('coupon.percent_off', { percent, most }) : t('coupon.amount_off', { amount: most });
}

/** Empty for a coupon that is for every order. */
export function fromText({ min_order }: Terms, tag: string): string {
  return min_order.minor > 0 ? t('coupon.from', { amount: formatMoney(min_order, tag) }) : '';
}

export const lessText = (discount: Money, tag: string): string => t('coupon.amount_off', { amount: formatMoney(discount, tag) });
