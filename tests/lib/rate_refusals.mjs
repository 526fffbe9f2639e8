// What is sent wrongly of exchange rates: rows as those of refusals.mjs.
const invalid = [422, 'invalid-field'];
const parameter = [400, 'invalid-field'];
const json = (value) => ({ json: value });
const kDay_ms = 86_400_000;
const dayAfter = (days) => new Date(Date.now() + days * kDay_ms).toISOString().slice(0, 10);
const rate = (change) => ({ base: 'EUR', quote: 'MXN', rate: '21.2402', date: '2020-01-02', ...change });

const record = (change, more) => () => ['manager', 'POST', '/exchange-rates', json({ source: 'ECB', rates: [rate(), rate({ quote: 'USD', ...change })], ...more })];
const get = (path, caller = 'visitor') => () => [caller, 'GET', path];

export const kRates = [
  ['rates of nobody', record({}, { source: undefined }), ...invalid, '/source'],
  ['rates of a name of spaces', record({}, { source: '  ' }), ...invalid, '/source'],
  ['rates of a long name', record({}, { source: 'ñ'.repeat(41) }), ...invalid, '/source'],
  ['no rates', record({}, { rates: [] }), ...invalid, '/rates'],
  ['one rate too many', record({}, { rates: Array.from({ length: 201 }, () => rate()) }), ...invalid, '/rates'],
  ['a rate that is none', record({}, { rates: ['EUR'] }), ...invalid, '/rates/0'],
  ['a rate of an unknown currency', record({ base: 'XYZ' }), ...invalid, '/rates/1/base'],
  ['a rate in an unknown currency', record({ quote: 'usd' }), ...invalid, '/rates/1/quote'],
  ['a rate of a currency in itself', record({ quote: 'EUR' }), ...invalid, '/rates/1/quote'],
  ['a rate without a currency', record({ quote: undefined }), ...invalid, '/rates/1/quote'],
  ['a rate as a number', record({ rate: 21.2402 }), ...invalid, '/rates/1/rate'],
  ['a rate of nothing', record({ rate: '0.00' }), ...invalid, '/rates/1/rate'],
  ['a rate below nothing', record({ rate: '-1' }), ...invalid, '/rates/1/rate'],
  ['a rate with a comma', record({ rate: '21,2402' }), ...invalid, '/rates/1/rate'],
  ['a rate with an exponent', record({ rate: '2e1' }), ...invalid, '/rates/1/rate'],
  ['a rate of twelve digits', record({ rate: '123456789012' }), ...invalid, '/rates/1/rate'],
  ['a rate that is too fine', record({ rate: '0.00000000001' }), ...invalid, '/rates/1/rate'],
  ['a rate of a very long text', record({ rate: '1'.repeat(100) }), ...invalid, '/rates/1/rate'],
  ['a rate of no day', record({ date: '2026-02-30' }), ...invalid, '/rates/1/date'],
  ['a rate of a time', record({ date: '2020-01-02T00:00:00Z' }), ...invalid, '/rates/1/date'],
  ['a rate of a day that is not yet', record({ date: dayAfter(3) }), ...invalid, '/rates/1/date'],
  ['a day with two rates', record({ quote: 'MXN', rate: '20' }), ...invalid, '/rates/1/rate'],
  ['a rate with a colour', record({ colour: 'red' }), ...invalid, '/rates/1/colour'],
  ['rates into nothing', get('/exchange-rates'), ...parameter, 'quote'],
  ['rates into an unknown currency', get('/exchange-rates?quote=ABC'), ...parameter, 'quote'],
  ['rates out of an unknown currency', get('/exchange-rates?quote=EUR&base=eur'), ...parameter, 'base'],
  ['rates of a shop', get('/exchange-rates?quote=EUR&shop_id=1'), ...parameter, 'shop_id'],
  ['records after a foreign cursor', get('/exchange-rates/records?cursor=abc', 'manager'), 400, 'bad-cursor'],
  ['records of a source', get('/exchange-rates/records?source=ECB', 'manager'), ...parameter, 'source'],
];
