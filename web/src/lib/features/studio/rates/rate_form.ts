/** An exchange rate as somebody types it. Pure: the day is passed in. */

export interface RateDraft {
  base: string;
  quote: string;
  rate: string;
  date: string;
  source: string;
}
export type RateField = keyof RateDraft;
export type RateFaults = Partial<Record<RateField, RateField | 'quote_same' | 'date_ahead'>>;

export interface NewRate {
  base: string;
  quote: string;
  rate: string;
  date: string;
}

const kDigitsMax = 11;
const kFractionMax = 10;

/** "18,79" as "18.79"; none where it is no rate that the server takes. */
export function rateOf(text: string): string | undefined {
  const typed = text.trim().replace(',', '.');
  const match = /^(0|[1-9]\d*)(?:\.(\d+))?$/.exec(typed);
  if (!match) return undefined;
  const fraction = (match[2] ?? '').replace(/0+$/, '');
  const digits = ((match[1] ?? '') + fraction).replace(/^0+/, '');
  if (digits === '' || digits.length > kDigitsMax || fraction.length > kFractionMax) return undefined;
  return fraction ? `${match[1]}.${fraction}` : match[1];
}

export type CheckedRate = { body: { source: string; rates: [NewRate] } } | { faults: RateFaults };

/** What is typed, as it is sent; or which fields do not fit. `tomorrow` is the last day that is taken. */
export function checkRate(draft: RateDraft, tomorrow: string): CheckedRate {
  const base = draft.base.trim().toUpperCase();
  const quote = draft.quote.trim().toUpperCase();
  const rate = rateOf(draft.rate);
  const source = draft.source.trim();
  const faults: RateFaults = {};
  if (!/^[A-Z]{3}$/.test(base)) faults.base = 'base';
  if (!/^[A-Z]{3}$/.test(quote)) faults.quote = 'quote';
  else if (quote === base) faults.quote = 'quote_same';
  if (rate === undefined) faults.rate = 'rate';
  if (!/^\d{4}-\d{2}-\d{2}$/.test(draft.date)) faults.date = 'date';
  else if (draft.date > tomorrow) faults.date = 'date_ahead';
  if (source === '' || [...source].length > 40) faults.source = 'source';
  if (rate === undefined || Object.keys(faults).length > 0) return { faults };
  return { body: { source, rates: [{ base, quote, rate, date: draft.date }] } };
}

/** The fields that the server refused, from the paths of its faults. */
export function refusedRate(paths: readonly string[]): RateFaults {
  const faults: RateFaults = {};
  for (const path of paths) {
    const field = /^\/(?:rates\/0\/)?(base|quote|rate|date|source)$/.exec(path)?.[1] as RateField | undefined;
    if (field) faults[field] = field;
  }
  return faults;
}
