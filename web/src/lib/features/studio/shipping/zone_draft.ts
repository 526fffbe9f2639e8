/** What a seller types for a zone, and the contract's rules for it. */
import { currencyDigits, decimalToMinor, minorToDecimal } from '$lib/i18n/format';
import type { Rate, Zone } from '$lib/api/types';
import type { MessageKey } from '$lib/i18n/i18n.svelte';
import type { paths } from '$lib/api/schema';

export type ZoneBody = paths['/shops/{shop_id}/shipping/zones']['post']['requestBody']['content']['application/json'];

export interface BracketDraft {
  /** Grams; empty: any weight, where it is the only bracket. */
  upTo: string;
  price: string;
}

export interface RateDraft {
  id: string | undefined;
  carrier: string;
  brackets: BracketDraft[];
  furtherKg: string;
  freeFrom: string;
  heaviest: string;
  days: string;
  /** Kept as it was made elsewhere. */
  service: string;
  isByPieces: boolean;
}

export interface ZoneDraft {
  name: string;
  countries: string;
  postal: string;
  rates: RateDraft[];
}

/** By the field's place: "name", "countries", "0.carrier", "0.price.1". */
export type ZoneFaults = Record<string, MessageKey>;

const kKilogram_g = 1000;
const kHeaviest_g = '20000';

export function newRate(): RateDraft {
  return { id: undefined, carrier: '', brackets: [{ upTo: '1000', price: '' }], furtherKg: '', freeFrom: '', heaviest: kHeaviest_g, days: '2', service: '', isByPieces: false };
}

function rateDraft(rate: Rate, decimal: (minor: number) => string): RateDraft {
  return {
    id: rate.id,
    carrier: rate.carrier,
    brackets: rate.brackets.map(({ up_to, price }) => ({ upTo: rate.kind === 'flat' ? '' : String(up_to), price: decimal(price.minor) })),
    furtherKg: rate.step > 0 ? decimal(rate.step_price.minor) : '',
    freeFrom: rate.free_from ? decimal(rate.free_from.minor) : '',
    heaviest: String(rate.parcel_max_g),
    days: String(rate.handling_days),
    service: rate.service,
    isByPieces: rate.kind === 'items',
  };
}

export function zoneDraft(zone: Zone | undefined, currency: string): ZoneDraft {
  if (!zone) return { name: '', countries: '', postal: '', rates: [newRate()] };
  const decimal = (minor: number) => minorToDecimal(minor, currencyDigits(currency)).replace(/\.0+$/, '');
  return {
    name: zone.name,
    countries: [...new Set(zone.places.map(({ country }) => country))].join(', '),
    postal: zone.places.map(({ postal_prefix }) => postal_prefix).filter(Boolean).join(', '),
    rates: zone.rates.map((rate) => rateDraft(rate, decimal)),
  };
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,7}$/.test(text.trim()) ? Number(text.trim()) : undefined;
}

/** The body to send, or what is wrong with the draft. */
export function zoneBody(draft: ZoneDraft, currency: string): { body: ZoneBody; faults: undefined } | { body: undefined; faults: ZoneFaults } {
  const faults: ZoneFaults = {};
  const digits = currencyDigits(currency);
  const amount = (text: string, at: string): number => {
    const minor = decimalToMinor(text, digits);
    if (minor === undefined) faults[at] = text.trim() ? 'shipping.price_rule' : 'field.required';
    return minor ?? 0;
  };
  const number = (text: string, at: string): number => {
    const value = wholeNumber(text);
    if (value === undefined) faults[at] = 'shipping.number_rule';
    return value ?? 0;
  };
  if (!draft.name.trim()) faults.name = 'field.required';
  const countries = draft.countries.split(/[\s,;，、]+/).filter(Boolean).map((code) => code.toUpperCase());
  if (countries.length === 0 || countries.some((code) => !/^([A-Z]{2}|\*)$/.test(code))) faults.countries = 'shipping.countries_rule';
  const prefixes = draft.postal.split(/[,;，、\n]+/).map((text) => text.trim()).filter(Boolean);
  if (prefixes.length > 0 && countries.length !== 1) faults.postal = 'shipping.countries_rule';
  const rates = draft.rates.map((rate, i) => {
    if (!rate.carrier.trim()) faults[`${i}.carrier`] = 'field.required';
    const isFlat = !rate.isByPieces && rate.brackets.length === 1 && !rate.brackets[0]?.upTo.trim();
    const brackets = rate.brackets.map((bracket, j) => ({
      up_to: isFlat ? 0 : number(bracket.upTo, `${i}.upTo.${j}`), price_minor: amount(bracket.price, `${i}.price.${j}`),
    }));
    const hasStep = !isFlat && rate.furtherKg.trim() !== '';
    const free_from_minor = rate.freeFrom.trim() ? amount(rate.freeFrom, `${i}.freeFrom`) : 0;
    return {
      ...(rate.id && { id: rate.id }),
      carrier: rate.carrier.trim(),
      ...(rate.service && { service: rate.service }),
      kind: isFlat ? 'flat' as const : rate.isByPieces ? 'items' as const : 'weight' as const,
      brackets,
      step: hasStep ? (rate.isByPieces ? 1 : kKilogram_g) : 0,
      step_minor: hasStep ? amount(rate.furtherKg, `${i}.furtherKg`) : 0,
      ...(free_from_minor > 0 && { free_from_minor }),
      handling_days: number(rate.days, `${i}.days`),
      parcel_max_g: number(rate.heaviest, `${i}.heaviest`),
    };
  });
  if (Object.keys(faults).length > 0) return { body: undefined, faults };
  const places = prefixes.length > 0
    ? prefixes.map((postal_prefix) => ({ country: countries[0] ?? '', postal_prefix }))
    : countries.map((country) => ({ country }));
  return { body: { name: draft.name.trim(), places, rates }, faults: undefined };
}
