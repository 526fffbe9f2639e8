/**
 * In which currency a buyer likes to see about what prices are, remembered on the device. Nothing is ever charged in
 * it. The rates are the server's; they are asked for once a page load and pair.
 */
import { api } from '$lib/api/client';
import { readStored, readStoredJson, writeStored, writeStoredJson } from '$lib/state/storage';
import type { ExchangeLeg, Money } from '$lib/api/types';
import { convert, type Way } from './conversion';

export interface DatedWay extends Way {
  legs: ExchangeLeg[];
  is_old: boolean;
}

/** As it was kept on the device, so that a page is whole at once; it is asked for all the same. */
interface KeptWay {
  way: DatedWay;
  kept_at_ms: number;
}
const kKeptFor_ms = 24 * 3600 * 1000;
const kKeptMax = 12;
const kWaysKey = 'currency_ways';
const isKept = (value: unknown): value is Record<string, KeptWay> => typeof value === 'object' && value !== null;

const kChosenKey = 'currency';
const kCodesKey = 'currencies';
const isCodes = (value: unknown): value is string[] => Array.isArray(value) && value.every((code) => typeof code === 'string');

/** Those that there are rates for; none while nobody has asked yet. What was known last time stands meanwhile. */
let codes: string[] | undefined = $state.raw(readStoredJson(kCodesKey, isCodes));
let chosen = $state(readStored(kChosenKey) ?? '');
/** By "MXN>USD"; null where there is no rate, absent while it is asked for. */
let ways: Record<string, DatedWay | null> = $state.raw(keptWays());
const asked = new Set<string>();
let isListed = false;

function keptWays(): Record<string, DatedWay> {
  const kept = readStoredJson(kWaysKey, isKept) ?? {};
  const fresh = Object.entries(kept).filter(([, { kept_at_ms }]) => Math.abs(Date.now() - kept_at_ms) < kKeptFor_ms);
  return Object.fromEntries(fresh.map(([key, { way }]) => [key, way]));
}

function keepWay(key: string, way: DatedWay | null): void {
  const { [key]: _old, ...others } = readStoredJson(kWaysKey, isKept) ?? {};
  const entries = Object.entries(others).slice(1 - kKeptMax);
  if (way) entries.push([key, { way, kept_at_ms: Date.now() }]);
  writeStoredJson(kWaysKey, Object.fromEntries(entries));
}

export const currency = {
  get codes() {
    return codes;
  },
  /** Empty: the shop's alone. */
  get chosen(): string {
    return codes === undefined || codes.includes(chosen) ? chosen : '';
  },
};

export function chooseCurrency(code: string): void {
  chosen = code;
  writeStored(kChosenKey, code || null);
}

/** Asks once which currencies there are. */
export function needCurrencies(): void {
  if (isListed) return;
  isListed = true;
  api.get('/currencies').then(({ data }) => {
    codes = data.items.map(({ code }) => code);
    writeStoredJson(kCodesKey, codes);
  }, () => {
    isListed = false;
  });
}

async function loadWay(base: string, quote: string): Promise<DatedWay | null> {
  const { data } = await api.get('/exchange-rates', { query: { base, quote } });
  const [path] = data.items;
  return path ? { ...path, quote, quote_digits: data.quote_digits } : null;
}

/** Asks once how amounts of `base` become those of `quote`. */
export function needWay(base: string, quote: string): void {
  const key = `${base}>${quote}`;
  if (!quote || quote === base || asked.has(key)) return;
  asked.add(key);
  loadWay(base, quote).then((way) => {
    ways = { ...ways, [key]: way };
    keepWay(key, way);
  }, () => {
    // What was kept stands; the next one who needs it asks again.
    asked.delete(key);
    ways = { ...ways, [key]: ways[key] ?? null };
  });
}

/** Null where there is no rate; none while it is on its way, and where nothing is to be shown. */
export function wayFrom(base: string): DatedWay | null | undefined {
  return ways[`${base}>${currency.chosen}`];
}

/** About what `price` is in the chosen currency. */
export function aboutOf(price: Money): Money | undefined {
  const way = wayFrom(price.currency);
  const minor = way ? convert(price.minor, way) : undefined;
  return way && typeof minor === 'number' ? { minor, currency: way.quote } : undefined;
}
