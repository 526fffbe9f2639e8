/** Addresses as each country writes them; the server knows the forms. */
import { api } from '$lib/api/client';
import type { AddressForm } from '$lib/api/types';

/** The parts that are not the buyer's own name or phone. */
export const kAddressParts = ['organization', 'street', 'unit', 'district', 'city', 'subdivision', 'postal_code'] as const;
export type AddressPart = (typeof kAddressParts)[number];
export type AddressParts = Partial<Record<AddressPart, string>>;

const forms = new Map<string, Promise<AddressForm | undefined>>();

/** None when it cannot be fetched; then the address is asked for as one text, and the form again the next time. */
export function loadAddressForm(country: string): Promise<AddressForm | undefined> {
  let form = forms.get(country);
  if (!form) {
    form = api.get('/address-forms/{country}', { path: { country } }).then(({ data }) => data, () => {
      forms.delete(country);
      return undefined;
    });
    forms.set(country, form);
  }
  return form;
}
