/** "You came as no. 13, 0.4 s after the one before." */
import { localeTag, t } from '$lib/i18n/i18n.svelte';

export function secondsText(after_ms: number): string {
  const digits = after_ms < 10_000 ? 1 : 0;
  return new Intl.NumberFormat(localeTag(), {
    style: 'unit', unit: 'second', unitDisplay: 'short', minimumFractionDigits: digits, maximumFractionDigits: digits,
  }).format(after_ms / 1000);
}

/** Empty where there is no place, as outside a show. */
export function placeText(claim: { place?: number; after_ms?: number }): string {
  if (claim.place === undefined) return '';
  if (claim.after_ms === undefined) return t('hold.place', { place: claim.place });
  return t('hold.place_after', { place: claim.place, after: secondsText(claim.after_ms) });
}
