/** What a buyer once typed, remembered on this device only. */
import { readStoredJson, writeStoredJson } from '$lib/state/storage';
import type { Buyer, Fulfilment } from '$lib/api/types';

export interface BuyerDetails {
  name: string;
  phone: string;
  address: string;
  country: string;
  fulfilment: Fulfilment;
}

export type DetailFault = 'required' | 'too_short' | 'phone';
export type DetailFaults = Partial<Record<keyof BuyerDetails, DetailFault>>;

const kKey = 'buyer';

function isDetails(value: unknown): value is BuyerDetails {
  if (typeof value !== 'object' || value === null) return false;
  const { name, phone, address, country, fulfilment } = value as Record<string, unknown>;
  return [name, phone, address, country].every((text) => typeof text === 'string')
    && (fulfilment === 'delivery' || fulfilment === 'pickup');
}

export function rememberedDetails(): BuyerDetails | undefined {
  return readStoredJson(kKey, isDetails);
}

export function rememberDetails(details: BuyerDetails): void {
  writeStoredJson(kKey, details);
}

/** The region of the browser's language is the likeliest country. */
export function likelyCountry(languages: readonly string[]): string {
  for (const tag of languages) {
    try {
      const region = new Intl.Locale(tag).region;
      if (region && /^[A-Z]{2}$/.test(region)) return region;
    } catch {
      // Not a language tag; the next may be one.
    }
  }
  return '';
}

export function emptyDetails(country: string): BuyerDetails {
  return { name: '', phone: '', address: '', country, fulfilment: 'delivery' };
}

/** The contract's rules, told before anything is sent. */
export function detailFaults(details: BuyerDetails): DetailFaults {
  const faults: DetailFaults = {};
  if (!details.name.trim()) faults.name = 'required';
  const phone = details.phone.trim();
  if (!phone) faults.phone = 'required';
  else if (!/^[+0-9 ()./-]+$/.test(phone)) faults.phone = 'phone';
  else if (phone.length < 5) faults.phone = 'too_short';
  if (details.fulfilment === 'delivery') {
    if (!details.address.trim()) faults.address = 'required';
    if (!details.country) faults.country = 'required';
  }
  return faults;
}

export function toBuyer(details: BuyerDetails): Buyer {
  const buyer: Buyer = { name: details.name.trim(), phone: details.phone.trim() };
  if (details.fulfilment === 'delivery') {
    buyer.address = details.address.trim();
    buyer.country = details.country;
  }
  return buyer;
}
