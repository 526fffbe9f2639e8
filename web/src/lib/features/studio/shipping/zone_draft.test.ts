import { describe, expect, it } from 'vitest';
import type { Zone } from '$lib/api/types';
import { newRate, zoneBody, zoneDraft, type ZoneDraft } from './zone_draft';

const whole: ZoneDraft = {
  name: 'México', countries: 'mx', postal: '', rates: [{ ...newRate(), carrier: 'Correos', brackets: [{ upTo: '1000', price: '90' }], furtherKg: '30', freeFrom: '2000' }],
};

describe('zoneBody', () => {
  it('sends amounts in minor units and weights in grams', () => {
    expect(zoneBody(whole, 'MXN').body).toEqual({
      name: 'México', places: [{ country: 'MX' }],
      rates: [{ carrier: 'Correos', kind: 'weight', brackets: [{ up_to: 1000, price_minor: 9000 }], step: 1000, step_minor: 3000,
        free_from_minor: 200000, handling_days: 2, parcel_max_g: 20000 }],
    });
  });

  it('takes a price without a weight for every weight', () => {
    const flat = { ...whole, rates: [{ ...whole.rates[0]!, brackets: [{ upTo: '', price: '90' }], furtherKg: '' }] };
    expect(zoneBody(flat, 'MXN').body?.rates[0]).toMatchObject({ kind: 'flat', brackets: [{ up_to: 0, price_minor: 9000 }], step: 0 });
  });

  it('makes a place of each beginning of postal codes', () => {
    expect(zoneBody({ ...whole, postal: '36, 37' }, 'MXN').body?.places).toEqual([
      { country: 'MX', postal_prefix: '36' }, { country: 'MX', postal_prefix: '37' }]);
  });

  it.each<[Partial<ZoneDraft>, object]>([
    [{ name: ' ' }, { name: 'field.required' }],
    [{ countries: '' }, { countries: 'shipping.countries_rule' }],
    [{ countries: 'Mexico' }, { countries: 'shipping.countries_rule' }],
    [{ countries: 'MX, US', postal: '36' }, { postal: 'shipping.countries_rule' }],
    [{ rates: [{ ...whole.rates[0]!, carrier: '' }] }, { '0.carrier': 'field.required' }],
    [{ rates: [{ ...whole.rates[0]!, brackets: [{ upTo: '1kg', price: 'x' }] }] }, { '0.upTo.0': 'shipping.number_rule', '0.price.0': 'shipping.price_rule' }],
  ])('%j is refused', (change, faults) => {
    expect(zoneBody({ ...whole, ...change }, 'MXN').faults).toEqual(faults);
  });

  it('gives back what a zone was made of', () => {
    const zone: Zone = { id: '1', name: 'World', places: [{ country: '*' }], rates: [{ id: '7', carrier: 'EMS', service: 'Air', kind: 'flat',
      brackets: [{ up_to: 0, price: { minor: 16000, currency: 'CNY' } }], step: 0, step_price: { minor: 0, currency: 'CNY' }, handling_days: 3, parcel_max_g: 2000 }] };
    expect(zoneBody(zoneDraft(zone, 'CNY'), 'CNY').body).toEqual({ name: 'World', places: [{ country: '*' }],
      rates: [{ id: '7', carrier: 'EMS', service: 'Air', kind: 'flat', brackets: [{ up_to: 0, price_minor: 16000 }], step: 0, step_minor: 0,
        handling_days: 3, parcel_max_g: 2000 }] });
  });
});
