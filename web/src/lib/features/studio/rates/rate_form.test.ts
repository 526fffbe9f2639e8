import { describe, expect, it } from 'vitest';
import { checkRate, rateOf, refusedRate, type RateDraft } from './rate_form';

const draft: RateDraft = { base: 'EUR', quote: 'MXN', rate: '21.2402', date: '2026-11-27', source: 'ECB' };
const kTomorrow = '2026-11-30';

describe('rateOf', () => {
  it.each<[string, string | undefined]>([
    ['21.2402', '21.2402'],
    ['21,2402', '21.2402'],
    [' 1.1630 ', '1.163'],
    ['26300', '26300'],
    ['1.0', '1'],
    ['0.0000000001', '0.0000000001'],
    ['99999999999', '99999999999'],
    ['', undefined],
    ['0', undefined],
    ['0.000', undefined],
    ['-1', undefined],
    ['1e3', undefined],
    ['.5', undefined],
    ['5.', undefined],
    ['007', undefined],
    ['1.000,50', undefined],
    ['1 000', undefined],
    ['100000000000', undefined],
    ['0.00000000001', undefined],
    ['12.3456789012', undefined],
  ])('%j', (text, rate) => expect(rateOf(text)).toBe(rate));
});

describe('checkRate', () => {
  it('takes what fits, with the codes in capitals', () => {
    expect(checkRate({ ...draft, base: ' eur ', rate: '21,2402', source: ' ECB ' }, kTomorrow))
      .toEqual({ body: { source: 'ECB', rates: [{ base: 'EUR', quote: 'MXN', rate: '21.2402', date: '2026-11-27' }] } });
    expect(checkRate({ ...draft, date: kTomorrow }, kTomorrow)).toHaveProperty('body');
  });

  it.each<[Partial<RateDraft>, object]>([
    [{ base: '' }, { base: 'base' }],
    [{ base: 'EURO' }, { base: 'base' }],
    [{ quote: '12' }, { quote: 'quote' }],
    [{ quote: 'eur' }, { quote: 'quote_same' }],
    [{ rate: 'x' }, { rate: 'rate' }],
    [{ date: '' }, { date: 'date' }],
    [{ date: '2026-12-01' }, { date: 'date_ahead' }],
    [{ source: '   ' }, { source: 'source' }],
    [{ source: 'ñ'.repeat(41) }, { source: 'source' }],
    [{ base: '', rate: '', date: '' }, { base: 'base', rate: 'rate', date: 'date' }],
  ])('%j', (change, faults) => expect(checkRate({ ...draft, ...change }, kTomorrow)).toEqual({ faults }));
});

describe('refusedRate', () => {
  it('finds the fields in the paths of a batch of one', () => {
    expect(refusedRate(['/rates/0/quote', '/source', '/rates/1/rate', '/other'])).toEqual({ quote: 'quote', source: 'source' });
  });
});
