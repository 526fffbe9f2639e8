import { describe, expect, it } from 'vitest';
import type { AddressForm } from '$lib/api/types';
import { detailFaults, emptyDetails, likelyCountry, refusedFields, toBuyer, type BuyerDetails } from './buyer_details';

const whole: BuyerDetails = { name: 'Ana', phone: '+52 473 000', address: 'Calle 1', parts: {}, country: 'MX', fulfilment: 'delivery' };

describe('detailFaults', () => {
  it.each<[Partial<BuyerDetails>, object]>([
    [{}, {}],
    [{ name: '  ' }, { name: 'required' }],
    [{ phone: '' }, { phone: 'required' }],
    [{ phone: 'abc12' }, { phone: 'phone' }],
    [{ phone: '1234' }, { phone: 'too_short' }],
    [{ address: '', country: '' }, { address: 'required', country: 'required' }],
    [{ address: '', country: '', fulfilment: 'pickup' }, {}],
  ])('%j', (change, faults) => {
    expect(detailFaults({ ...whole, ...change })).toEqual(faults);
  });
});

const form: AddressForm = { country: 'MX', fields: [
  { part: 'recipient', required: true, label: 'address.recipient' }, { part: 'street', required: true, label: 'address.street' },
  { part: 'district', required: true, label: 'address.colonia' }, { part: 'unit', required: false, label: 'address.unit' },
] };

describe('detailFaults by the form of a country', () => {
  it('asks for its required parts, and for no text beside them', () => {
    expect(detailFaults({ ...whole, address: '', parts: { street: 'Calle 1' } }, form)).toEqual({ district: 'required' });
    expect(detailFaults({ ...whole, address: '', parts: { street: 'Calle 1', district: 'Centro' } }, form)).toEqual({});
  });
});

describe('toBuyer', () => {
  it('sends the parts that the form has', () => {
    const parts = { street: ' Calle 1 ', district: 'Centro', organization: 'Old' };
    expect(toBuyer({ ...whole, parts }, form)).toEqual(
      { name: 'Ana', phone: '+52 473 000', country: 'MX', postal_address: { street: 'Calle 1', district: 'Centro' } });
  });

  it('keeps the address to itself when the goods are picked up', () => {
    expect(toBuyer({ ...whole, fulfilment: 'pickup' })).toEqual({ name: 'Ana', phone: '+52 473 000' });
  });
});

describe('refusedFields', () => {
  it('finds the field of a path of the server', () => {
    expect(refusedFields(['/buyer/postal_address/postal_code', '/buyer/postal_address/recipient', '/lines/0'])).toEqual(
      { postal_code: 'invalid', name: 'invalid' });
  });
});

describe('likelyCountry', () => {
  it('takes the first region told', () => {
    expect(likelyCountry(['es', 'es-MX', 'en-US'])).toBe('MX');
    expect(likelyCountry(['en'])).toBe('');
    expect(emptyDetails('MX').country).toBe('MX');
  });
});
