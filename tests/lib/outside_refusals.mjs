// Web sites that nobody may name, and feeds that there are not; a row as in refusals.mjs.
const nobody = '999999999999';
const invalid = [422, 'invalid-field'];
const embed = (origins) => (w) => ['seller', 'PUT', `/shops/${w.shop.id}/embedding`, { json: { origins } }];

export const kOutside = [
  ...['example.com', 'http://example.com', 'https://*.example.com', 'https://example.com/shop', 'https://192.168.0.1', "'self'", '*',
    'https://example.com; script-src *', 'https://user@example.com', 'https://example.com:0'].map((origin) =>
    [`a frame on ${origin}`, embed([origin]), ...invalid, '/origins/0']),
  ['a frame on too long a name', embed([`https://${'a'.repeat(255)}.com`]), ...invalid, '/origins/0'],
  ['frames on 21 sites', embed(Array.from({ length: 21 }, (_, i) => `https://s${i}.example`)), ...invalid, '/origins'],
  ['frames on a word', embed('https://example.com'), ...invalid, '/origins'],
  ['frames on no list', (w) => ['seller', 'PUT', `/shops/${w.shop.id}/embedding`, { json: {} }], ...invalid, '/origins'],
  ['the goods of no shop', () => ['visitor', 'GET', `/shops/${nobody}/products.rss`], 404, 'shop-not-found'],
  ['the shows of no shop', () => ['visitor', 'GET', `/shops/${nobody}/shows.rss`], 404, 'shop-not-found'],
];
