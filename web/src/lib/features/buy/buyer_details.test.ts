import { describe, expect, it } from 'vitest';
import { detailFaults, emptyDetails, likelyCountry, toBuyer, type BuyerDetails } from './buyer_details';

const whole: BuyerDetails = { name: 'Ana', phone: '+52 473 000', address: 'Calle 1', country: 'MX', fulfilment: 'delivery' };

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

describe('toBuyer', () => {
  it('keeps the address to itself when the goods are picked up', () => {
    expect(toBuyer({ ...whole, fulfilment: 'pickup' })).toEqual({ name: 'Ana', phone: '+52 473 000' });
  });
});

describe('likelyCountry', () => {
  it('takes the first region told', () => {
    expect(likelyCountry(['es', 'es-MX', 'en-US'])).toBe('MX');
    expect(likelyCountry(['en'])).toBe('');
    expect(emptyDetails('MX').country).toBe('MX');
  });
});
