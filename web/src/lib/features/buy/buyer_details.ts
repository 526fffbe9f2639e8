/** What a buyer once typed, remembered on this device only. */
import { readStoredJson, writeStoredJson } from '$lib/state/storage';
import type { AddressForm, Fulfilment, NewBuyer } from '$lib/api/types';
import { kAddressParts, type AddressPart, type AddressParts } from './address_form';

export interface BuyerDetails {
  name: string;
  phone: string;
  /** As one text, where the form of the country could not be fetched. */
  address: string;
  parts: AddressParts;
  country: string;
  fulfilment: Fulfilment;
}

export type DetailFault = 'required' | 'too_short' | 'phone' | 'invalid';
export type DetailField = 'name' | 'phone' | 'address' | 'country' | AddressPart;
export type DetailFaults = Partial<Record<DetailField, DetailFault>>;

const kKey = 'buyer';

function isDetails(value: unknown): value is BuyerDetails {
  if (typeof value !== 'object' || value === null) return false;
  const { name, phone, address, country, fulfilment } = value as Record<string, unknown>;
  return [name, phone, address, country].every((text) => typeof text === 'string')
    && (fulfilment === 'delivery' || fulfilment === 'pickup');
}

/** What was remembered before addresses had parts goes on as the first of them. */
export function rememberedDetails(): BuyerDetails | undefined {
  const kept = readStoredJson(kKey, isDetails);
  if (!kept) return undefined;
  const parts: AddressParts = {};
  for (const part of kAddressParts) {
    const text: unknown = (kept.parts as AddressParts | undefined)?.[part];
    if (typeof text === 'string') parts[part] = text;
  }
  if (Object.keys(parts).length === 0 && kept.address) parts.street = kept.address;
  return { ...kept, parts };
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
  return { name: '', phone: '', address: '', parts: {}, country, fulfilment: 'delivery' };
}

/** The contract's rules, told before anything is sent; `form` is that of the country, where it is known. */
export function detailFaults(details: BuyerDetails, form?: AddressForm): DetailFaults {
  const faults: DetailFaults = {};
  if (!details.name.trim()) faults.name = 'required';
  const phone = details.phone.trim();
  if (!phone) faults.phone = 'required';
  else if (!/^[+0-9 ()./-]+$/.test(phone)) faults.phone = 'phone';
  else if (phone.length < 5) faults.phone = 'too_short';
  if (details.fulfilment === 'delivery') {
    if (!details.country) faults.country = 'required';
    for (const { part, required } of form?.fields ?? []) {
      if (part === 'recipient' || part === 'phone' || !required) continue;
      if (!details.parts[part]?.trim()) faults[part] = 'required';
    }
    if (!form && !hasParts(details) && !details.address.trim()) faults.address = 'required';
  }
  return faults;
}

function hasParts(details: BuyerDetails): boolean {
  return Object.values(details.parts).some((text) => text.trim());
}

/** For one line of text on the screen. */
export function addressLine(details: BuyerDetails): string {
  const { parts } = details;
  const line = [parts.street, parts.unit, parts.district, parts.postal_code, parts.city, parts.subdivision];
  return hasParts(details) ? line.filter(Boolean).join(', ') : details.address;
}

/** Only parts that the country's form has are sent. */
export function toBuyer(details: BuyerDetails, form?: AddressForm): NewBuyer {
  const buyer: NewBuyer = { name: details.name.trim(), phone: details.phone.trim() };
  if (details.fulfilment !== 'delivery') return buyer;
  buyer.country = details.country;
  if (!hasParts(details)) {
    buyer.address = details.address.trim();
    return buyer;
  }
  buyer.postal_address = {};
  for (const part of kAddressParts) {
    const text = details.parts[part]?.trim();
    if (text && (!form || form.fields.some((field) => field.part === part))) buyer.postal_address[part] = text;
  }
  return buyer;
}

/** What the server found of the address, by its fields. */
export function refusedFields(paths: readonly string[]): DetailFaults {
  const faults: DetailFaults = {};
  for (const path of paths) {
    const name = /^\/buyer\/(?:postal_address\/)?(\w+)$/.exec(path)?.[1];
    const field = name === 'recipient' ? 'name' : name;
    if (field && (['name', 'phone', 'address', 'country', ...kAddressParts] as string[]).includes(field)) {
      faults[field as DetailField] = 'invalid';
    }
  }
  return faults;
}
