// What is sent wrongly, and how each is refused: [name, ask, status, problem, path of the fault].
// `ask(world)` gives [caller, method, path, options]; the path is that of `errors[0]`, absent where none is told.
import { kCoupons } from './coupon_refusals.mjs';
import { kPackets } from './packet_refusals.mjs';
import { kDeals } from './deal_refusals.mjs';
import { kOutside } from './outside_refusals.mjs';
import { basketOf, newKey, orderOf, tokenOf } from './house.mjs';
import { kIceRestart, kPlayOffer, kPublishOffer } from './offers.mjs';
import { kPush } from './push_refusals.mjs';
import { kRates } from './rate_refusals.mjs';
import { jpeg, png, pngDeclaring } from './picture.mjs';
import { kVariants } from './variant_refusals.mjs';

const nobody = '999999999999';
const json = (value, more) => ({ json: value, ...more });
const text = (body, type = 'application/json') => ({ body, type });
const long = (length) => 'ñ'.repeat(length);
const deep = (levels) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const product = (more) => ({ title: 'T', price: { minor: 1, currency: 'CNY' }, stock: 1, ...more });
const { title: _title, ...untitled } = product();

const post = (body) => (w) => ['seller', 'POST', `/shops/${w.shop.id}/products`, body];
const create = (more, options) => post(json(product(more), options));
const priced = (minor) => post(text(`{"title":"T","stock":1,"price":{"minor":${minor},"currency":"CNY"}}`));
const order = (change, headers) => (w) => ['device', 'POST', '/orders',
  json(change(orderOf(w.product)), { headers: headers ?? { 'idempotency-key': newKey() } })];
const basket = (change, headers) => (w) => ['device', 'POST', '/baskets',
  json(change(basketOf(w.product)), { headers: headers ?? { 'idempotency-key': newKey() } })];
const get = (path, caller = 'visitor') => (w) => [caller, 'GET', typeof path === 'function' ? path(w) : path];
const invalid = [422, 'invalid-field'];
const parameter = [400, 'invalid-field'];

const kBodies = [
  ['no body', post(text('')), 400, 'json-invalid'],
  ['half a body', post(text('{"title":')), 400, 'json-invalid'],
  ['an array', post(text('[]')), ...invalid, ''],
  ['a string', post(text('"x"')), ...invalid, ''],
  ['null', post(text('null')), ...invalid, ''],
  ['two values', post(text('{} {}')), 400, 'json-invalid'],
  ['NaN', post(text('{"stock":NaN}')), 400, 'json-invalid'],
  ['a comment', post(text('{} // x')), 400, 'json-invalid'],
  ['deep JSON', post(text(deep(40))), 400, 'json-invalid'],
  ['very deep JSON', post(text('['.repeat(50_000))), 400, 'json-invalid'],
  ['a name twice', post(text('{"title":"a","title":"b","price":{"minor":1,"currency":"CNY"},"stock":1}')), 400, 'json-invalid'],
  ['a name twice, one escaped', post(text('{"title":"a","\\u0074itle":"b","price":{"minor":1,"currency":"CNY"},"stock":1}')), 400, 'json-invalid'],
  ['broken UTF-8', post(text(Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]))), 400, 'json-invalid'],
  ['overlong UTF-8', post(text(Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xc0, 0xaf]), Buffer.from('"}')]))), 400, 'json-invalid'],
  ['half a surrogate', post(text('{"title":"\\ud800","price":{"minor":1,"currency":"CNY"},"stock":1}')), 400, 'json-invalid'],
  ['a NUL between the values', post(text('{"title":\u0000"a"}')), 400, 'json-invalid'],
  ['a byte order mark', post(text('\ufeff{}')), 400, 'json-invalid'],
  ['a body of one byte too many', post(text(`"${'x'.repeat(65_535)}"`)), 413, 'body-too-large'],
  ['a body that says it has 2 GB', post({ ...text('{'), headers: { 'content-length': 2 ** 31 } }), 413, 'body-too-large'],
  ['a body too long in chunks', post({ ...text(`"${'x'.repeat(65_535)}"`), headers: { 'transfer-encoding': 'chunked' } }), 413, 'body-too-large'],
  ['no type', post({ body: '{}' }), 415, 'media-type-unsupported'],
  ['a form', post(text('title=x', 'application/x-www-form-urlencoded')), 415, 'media-type-unsupported'],
  ['almost JSON', post(text('{}', 'application/jsonp')), 415, 'media-type-unsupported'],
];

const kProducts = [
  ['a missing title', post(json(untitled)), ...invalid, '/title'],
  ['an unknown member', create({ colour: 'red' }), ...invalid, '/colour'],
  ['a member with a slash and a tilde', create({ 'a/b~c': 1 }), ...invalid, '/a~1b~0c'],
  ['a number for a title', create({ title: 7 }), ...invalid, '/title'],
  ['null for a title', create({ title: null }), ...invalid, '/title'],
  ['an empty title', create({ title: '' }), ...invalid, '/title'],
  ['a title of spaces', create({ title: ' \t ' }), ...invalid, '/title'],
  ['a title of 121', create({ title: long(121) }), ...invalid, '/title'],
  ['a title that fills the body', create({ title: 'x'.repeat(65_000) }), ...invalid, '/title'],
  ['a member with a giant name', create({ ['x'.repeat(60_000)]: 1 }), ...invalid, `/${'x'.repeat(60_000)}`],
  ['a title with a control character', create({ title: 'a\u0000b' }), ...invalid, '/title'],
  ['a title that turns its line round', create({ title: 'a\u202eb' }), ...invalid, '/title'],
  ['a title of two lines', create({ title: 'a\nb' }), ...invalid, '/title'],
  ['a description of 4001', create({ description: long(4001) }), ...invalid, '/description'],
  ['a price as a number', create({ price: 5 }), ...invalid, '/price'],
  ['a price below zero', create({ price: { minor: -1, currency: 'CNY' } }), ...invalid, '/price/minor'],
  ['a price with a fraction', create({ price: { minor: 1.5, currency: 'CNY' } }), ...invalid, '/price/minor'],
  ['a price of infinity', priced('1e999'), 400, 'json-invalid'],
  ['a price with an exponent', priced('1e3'), ...invalid, '/price/minor'],
  ['a price that ends in .0', priced('1.0'), ...invalid, '/price/minor'],
  ['a price of minus 64 bits', priced('-9223372036854775809'), ...invalid, '/price/minor'],
  ['a price that is true', priced('true'), ...invalid, '/price/minor'],
  ['a price with a leading zero', priced('007'), 400, 'json-invalid'],
  ['a price without a currency', create({ price: { minor: 1 } }), ...invalid, '/price/currency'],
  ['a price as text', create({ price: { minor: '1', currency: 'CNY' } }), ...invalid, '/price/minor'],
  ['a price beyond the most', create({ price: { minor: 1e12 + 1, currency: 'CNY' } }), ...invalid, '/price/minor'],
  ['a price beyond 64 bits', priced('99999999999999999999999'), ...invalid, '/price/minor'],
  ['a currency in small letters', create({ price: { minor: 1, currency: 'cny' } }), ...invalid, '/price/currency'],
  ['no such currency', create({ price: { minor: 1, currency: 'XYZ' } }), ...invalid, '/price/currency'],
  ["another currency than the shop's", create({ price: { minor: 1, currency: 'MXN' } }), ...invalid, '/price/currency'],
  ['a stock below zero', create({ stock: -1 }), ...invalid, '/stock'],
  ['a stock beyond the most', create({ stock: 1_000_001 }), ...invalid, '/stock'],
  ['a stock with a fraction', create({ stock: 0.5 }), ...invalid, '/stock'],
  ['a stock beyond 64 bits', post(text('{"title":"T","stock":9223372036854775808,"price":{"minor":1,"currency":"CNY"}}')), ...invalid, '/stock'],
  ['hidden as text', create({ hidden: 'yes' }), ...invalid, '/hidden'],
  ['a stock change of zero', (w) => ['seller', 'POST', `/products/${w.product.id}/stock-changes`, json({ change: 0 })], ...invalid, '/change'],
  ['a stock change too big', (w) => ['seller', 'POST', `/products/${w.product.id}/stock-changes`, json({ change: 100_001 })], ...invalid, '/change'],
  ['a stock change beyond the most', (w) => ['seller', 'POST', `/products/${w.full.id}/stock-changes`, json({ change: 1 })], 422, 'invalid-field', '/change'],
  ['a stock change below zero', (w) => ['seller', 'POST', `/products/${w.product.id}/stock-changes`, json({ change: -12 })], 409, 'stock-below-zero'],
  ['a stock change of minus infinity', (w) => ['seller', 'POST', `/products/${w.product.id}/stock-changes`, text('{"change":-1e999}')], 400, 'json-invalid'],
  ['a change without If-Match', (w) => ['seller', 'PATCH', `/products/${w.product.id}`, json({ title: 'x' })], 428, 'if-match-missing'],
  ['a change of the version before', (w) => ['seller', 'PATCH', `/products/${w.product.id}`, json({ title: 'x' }, { headers: { 'if-match': w.oldEtag } })], 412, 'version-mismatch'],
  ['an If-Match without quotes', (w) => ['seller', 'PATCH', `/products/${w.product.id}`, json({ title: 'x' }, { headers: { 'if-match': 'pearl' } })], 412, 'version-mismatch'],
  ['an If-Match of 4 kB', (w) => ['seller', 'PATCH', `/products/${w.product.id}`, json({ title: 'x' }, { headers: { 'if-match': `"${'1'.repeat(4000)}"` } })], 412, 'version-mismatch'],
  ['a change of nothing', (w) => ['seller', 'PATCH', `/products/${w.product.id}`, json({}, { headers: { 'if-match': w.etag } })], ...invalid, ''],
  ['an If-Match that is not ours', (w) => ['seller', 'PATCH', `/products/${w.product.id}`, json({ title: 'x' }, { headers: { 'if-match': 'W/"1"' } })], 412, 'version-mismatch'],
  ['an If-Match of anything', (w) => ['seller', 'PATCH', `/products/${w.product.id}`, json({ title: 'x' }, { headers: { 'if-match': '*' } })], 412, 'version-mismatch'],
];

const photo = (body, type) => (w) => ['seller', 'POST', `/products/${w.product.id}/photos`, { body, type }];
const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const kPictures = [
  ['text as a picture', photo('hello', 'image/jpeg'), 415, 'not-a-picture'],
  ['an empty picture', photo('', 'image/png'), 415, 'not-a-picture'],
  ['the head of a picture', photo(png().subarray(0, 40), 'image/png'), 415, 'not-a-picture'],
  ['a drawing that could hold scripts', photo('<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml'), 415, 'not-a-picture'],
  ['a picture as JSON', photo('{}', 'application/json'), 415, 'not-a-picture'],
  ['a JPEG that breaks off', photo(jpeg().subarray(0, jpeg().length / 2), 'image/jpeg'), 415, 'not-a-picture'],
  ['a JPEG of its first two bytes', photo(jpeg().subarray(0, 2), 'image/jpeg'), 415, 'not-a-picture'],
  ['a PNG of another kind of file behind its name', photo(Buffer.concat([png().subarray(0, 8), Buffer.alloc(4000, 'x')]), 'image/png'), 415, 'not-a-picture'],
  ['a page that calls itself a picture', photo('<!doctype html><script>alert(1)</script>', 'image/webp'), 415, 'not-a-picture'],
  ['a GIF', photo(gif, 'image/gif'), 415, 'not-a-picture'],
  ['a picture without a type', photo(png(), undefined), 415, 'not-a-picture'],
  ['a picture that says it has 16 MB', (w) => ['seller', 'POST', `/products/${w.product.id}/photos`,
    { body: jpeg(), type: 'image/jpeg', headers: { 'content-length': 16 * 1024 * 1024 } }], 413, 'body-too-large'],
  ['a picture of four billion points', photo(pngDeclaring(65_535, 65_535), 'image/png'), 413, 'picture-too-large'],
  ['a picture without any point', photo(pngDeclaring(0, 0), 'image/png'), 415, 'not-a-picture'],
  ["a picture for the show's cover that is none", (w) => ['seller', 'PUT', `/shows/${w.show.id}/cover`, { body: 'x', type: 'image/png' }], 415, 'not-a-picture'],
  ["a picture for the shop's cover that is none", (w) => ['seller', 'PUT', `/shops/${w.shop.id}/cover`, { body: 'x', type: 'image/png' }], 415, 'not-a-picture'],
];

const kBaskets = [
  ['a basket without a key', basket((b) => b, {}), ...parameter, 'Idempotency-Key'],
  ['a basket of nothing', basket((b) => ({ ...b, orders: [] })), ...invalid, '/orders'],
  ['a basket that is no list', basket((b) => ({ ...b, orders: b.orders[0] })), ...invalid, '/orders'],
  ['a basket of 11 orders', basket((b) => ({ ...b, orders: Array(11).fill(b.orders[0]) })), ...invalid, '/orders'],
  ['a basket with a shop twice', basket((b) => ({ ...b, orders: [b.orders[0], b.orders[0]] })), ...invalid, '/orders/1/shop_id'],
  ['a basket with an order that is no object', basket((b) => ({ ...b, orders: ['x'] })), ...invalid, '/orders/0'],
  ['a basket with an order without lines', basket((b) => ({ ...b, orders: [{ ...b.orders[0], lines: [] }] })), ...invalid, '/orders/0/lines'],
  ['a basket for nobody', basket(({ orders }) => ({ orders })), ...invalid, '/buyer'],
  ['a basket of a show that is not there', basket((b) => ({ ...b, show_id: nobody })), ...invalid, '/show_id'],
  ['a basket with another total', basket((b) => ({ ...b, orders: [{ ...b.orders[0], expected_total: { minor: 1, currency: 'CNY' } }] })), 409, 'price-changed'],
];

const kOrders = [
  ['no key', order((o) => o, {}), ...parameter, 'Idempotency-Key'],
  ['a short key', order((o) => o, { 'idempotency-key': 'short' }), ...parameter, 'Idempotency-Key'],
  ['a key with a space', order((o) => o, { 'idempotency-key': 'with space 1' }), ...parameter, 'Idempotency-Key'],
  ['a key of 65', order((o) => o, { 'idempotency-key': 'k'.repeat(65) }), ...parameter, 'Idempotency-Key'],
  ['a key of other letters', order((o) => o, { 'idempotency-key': 'caf\u00e9-caf\u00e9' }), ...parameter, 'Idempotency-Key'],
  ['a key that was used for another order', (w) => ['device', 'POST', '/orders', json(orderOf(w.product, { note: 'another' }),
    { headers: { 'idempotency-key': w.usedKey } })], 422, 'idempotency-key-reused'],
  ['no lines', order((o) => ({ ...o, lines: [] })), ...invalid, '/lines'],
  ['21 lines', order((o) => ({ ...o, lines: Array(21).fill(o.lines[0]) })), ...invalid, '/lines'],
  ['a line that is no object', order((o) => ({ ...o, lines: ['x'] })), ...invalid, '/lines/0'],
  ['lines that are no list', order((o) => ({ ...o, lines: {} })), ...invalid, '/lines'],
  ['a total below zero', order((o) => ({ ...o, expected_total: { minor: -1, currency: 'CNY' } })), ...invalid, '/expected_total/minor'],
  ['a total in another currency', order((o) => ({ ...o, expected_total: { ...o.expected_total, currency: 'MXN' } })), ...invalid, '/expected_total/currency'],
  ['another total than the price', order((o) => ({ ...o, expected_total: { ...o.expected_total, minor: 1 } })), 409, 'price-changed'],
  ['none of a thing', order((o) => ({ ...o, lines: [{ ...o.lines[0], quantity: 0 }] })), ...invalid, '/lines/0/quantity'],
  ['less than none', order((o) => ({ ...o, lines: [{ ...o.lines[0], quantity: -2 }] })), ...invalid, '/lines/0/quantity'],
  ['101 of a thing', order((o) => ({ ...o, lines: [{ ...o.lines[0], quantity: 101 }] })), ...invalid, '/lines/0/quantity'],
  ['a product twice', order((o) => ({ ...o, lines: [o.lines[0], o.lines[0]] })), ...invalid, '/lines/1/product_id'],
  ['an identity as a number', order((o) => ({ ...o, shop_id: 1 })), ...invalid, '/shop_id'],
  ['an identity with a sign', order((o) => ({ ...o, shop_id: '-1' })), ...invalid, '/shop_id'],
  ['an identity of 40 digits', order((o) => ({ ...o, shop_id: '9'.repeat(40) })), ...invalid, '/shop_id'],
  ['no phone', order((o) => ({ ...o, buyer: { name: 'A' } })), ...invalid, '/buyer/phone'],
  ['a phone of letters', order((o) => ({ ...o, buyer: { ...o.buyer, phone: 'call me' } })), ...invalid, '/buyer/phone'],
  ['a name of 81', order((o) => ({ ...o, buyer: { ...o.buyer, name: long(81) } })), ...invalid, '/buyer/name'],
  ['delivery to nowhere', order((o) => ({ ...o, buyer: { name: 'A', phone: '+52 473 1' } })), ...invalid, '/buyer/address'],
  ['a country of three letters', order((o) => ({ ...o, buyer: { ...o.buyer, country: 'MEX' } })), ...invalid, '/buyer/country'],
  ['a country in small letters', order((o) => ({ ...o, buyer: { ...o.buyer, country: 'mx' } })), ...invalid, '/buyer/country'],
  ['another fulfilment', order((o) => ({ ...o, fulfilment: 'drone' })), ...invalid, '/fulfilment'],
  ['an unknown product', order((o) => ({ ...o, lines: [{ product_id: nobody, quantity: 1 }] })), 409, 'product-unavailable'],
  ["another shop's product", (w) => ['device', 'POST', '/orders', json({ ...orderOf(w.product), lines: [{ product_id: w.foreign.id, quantity: 1 }] },
    { headers: { 'idempotency-key': newKey() } })], 409, 'product-unavailable'],
  ['an unknown shop', order((o) => ({ ...o, shop_id: nobody })), ...invalid, '/shop_id'],
  ['an unknown show', order((o) => ({ ...o, show_id: nobody })), ...invalid, '/show_id'],
  ["another shop's show", (w) => ['device', 'POST', '/orders', json(orderOf(w.foreign, { show_id: w.show.id }),
    { headers: { 'idempotency-key': newKey() } })], ...invalid, '/show_id'],
  ['pick-up where there is none', (w) => ['device', 'POST', '/orders', json(orderOf(w.foreign, { fulfilment: 'pickup' }),
    { headers: { 'idempotency-key': newKey() } })], 409, 'pickup-unavailable'],
  ['more than there is', order((o) => ({ ...o, lines: [{ ...o.lines[0], quantity: 13 }], expected_total: { ...o.expected_total, minor: o.expected_total.minor * 13 } })), 409, 'sold-out'],
  ['an order that does not exist', get('/orders/AAAAAAAAAAAAAAAAAAAAAA'), 404, 'order-not-found'],
  ['an order link of another shape', get('/orders/short'), 404, 'order-not-found'],
  ['an order link with a NUL', get('/orders/%00'), 400, 'bad-target'],
  ['a status for an order that does not exist', (w) => ['seller', 'PUT', `/shops/${w.shop.id}/orders/${nobody}/status`, json({ status: 'packed' })], 404, 'order-not-found'],
  ['a status that does not exist', (w) => ['seller', 'PUT', `${w.orderPath}/status`, json({ status: 'lost' })], ...invalid, '/status'],
  ['a status that goes back', (w) => ['seller', 'PUT', `${w.orderPath}/status`, json({ status: 'handed_over' })], 409, 'order-status-conflict'],
];

const hold = (body) => () => ['device', 'POST', '/device/holds', json(body)];
const limit = (body) => (w) => ['seller', 'PUT', `/shows/${w.show.id}/products/${w.product.id}/limit`, json(body)];
const kHolds = [
  ['a hold of nothing', hold({}), ...invalid, '/product_id'],
  ['a hold of none', (w) => hold({ product_id: w.product.id, quantity: 0 })(), ...invalid, '/quantity'],
  ['a hold of 101', (w) => hold({ product_id: w.product.id, quantity: 101 })(), ...invalid, '/quantity'],
  ['a hold with a time of its own', (w) => hold({ product_id: w.product.id, expires_at: '2030-01-01T00:00:00Z' })(), ...invalid, '/expires_at'],
  ['a hold of what is not for sale', hold({ product_id: nobody }), 409, 'product-unavailable'],
  ['a hold in a show that does not exist', (w) => hold({ product_id: w.product.id, show_id: nobody })(), 404, 'show-not-found'],
  ['a hold of more than there is', (w) => hold({ product_id: w.product.id, show_id: w.show.id, quantity: 100 })(), 409, 'sold-out'],
  ['a hold without a device', (w) => ['visitor', 'POST', '/device/holds', json({ product_id: w.product.id })], 401, 'device-unknown'],
  ['giving back what was not held', () => ['device', 'DELETE', `/device/holds/${nobody}`], 404, 'claim-not-found'],
  ['giving back by a word', () => ['device', 'DELETE', '/device/holds/pearl'], 404, 'not-found'],
  ['waiting for what is there', (w) => ['device', 'POST', '/device/waits', json({ product_id: w.product.id })], 409, 'not-sold-out'],
  ['leaving no line', () => ['device', 'DELETE', `/device/waits/${nobody}`], 404, 'wait-not-found'],
  ['holds of a word', get('/device/holds?show_id=x', 'device'), ...parameter, 'show_id'],
  ['holds by colour', get('/device/holds?colour=red', 'device'), ...parameter, 'colour'],
  ['the log of no show', get(`/shows/${nobody}/claims`), 404, 'show-not-found'],
  ['the log before its beginning', (w) => ['visitor', 'GET', `/shows/${w.show.id}/claims?after=-1`], ...parameter, 'after'],
  ['the stock of no show', get(`/shows/${nobody}/stock`), 404, 'show-not-found'],
  ['a limit below zero', limit({ units_max: -1 }), ...invalid, '/units_max'],
  ['a limit of none for each', limit({ units_per_buyer_max: 0 }), ...invalid, '/units_per_buyer_max'],
  ['a limit of 101 for each', limit({ units_per_buyer_max: 101 }), ...invalid, '/units_per_buyer_max'],
  ['a limit of what is not in the bag', (w) => ['seller', 'PUT', `/shows/${w.show.id}/products/${w.full.id}/limit`, json({})], 409, 'product-not-in-bag'],
  ["a limit in a stranger's show", (w) => ['stranger', 'PUT', `/shows/${w.show.id}/products/${w.product.id}/limit`, json({})], 403, 'forbidden'],
];

const kForeign = [
  ['a shop that does not exist', get(`/shops/${nobody}`), 404, 'shop-not-found'],
  ['a shop by a word', get('/shops/pearls'), 404, 'not-found'],
  ['a shop by zero', get('/shops/0'), 404, 'not-found'],
  ['a shop by 30 digits', get(`/shops/${'9'.repeat(30)}`), 404, 'not-found'],
  ['a product that does not exist', get(`/products/${nobody}`), 404, 'product-not-found'],
  ['a show that does not exist', get(`/shows/${nobody}`), 404, 'show-not-found'],
  ['an unknown operation', get('/nothing'), 404, 'not-found'],
  ['a method that is not there', (w) => ['seller', 'PUT', `/shops/${w.shop.id}`, json({})], 405, 'method-not-allowed'],
  ["another shop's product in the bag", (w) => ['seller', 'POST', `/shops/${w.shop.id}/shows`, json({ title: 'T', starts_at: '2030-01-01T00:00:00Z', product_ids: [w.foreign.id] })], ...invalid, '/product_ids/0'],
  ['a product twice in the bag', (w) => ['seller', 'POST', `/shops/${w.shop.id}/shows`, json({ title: 'T', starts_at: '2030-01-01T00:00:00Z', product_ids: [w.product.id, w.product.id] })], ...invalid, '/product_ids/1'],
  ["pinning another shop's product", (w) => ['seller', 'PUT', `/shows/${w.show.id}/pin`, json({ product_id: w.foreign.id })], 409, 'product-not-in-bag'],
  ["an order under another shop's address", (w) => ['stranger', 'GET', w.orderPath.replace(/\/shops\/\d+/, `/shops/${w.otherShop.id}`)], 404, 'order-not-found'],
  ["a photo of another product", (w) => ['seller', 'DELETE', `/products/${w.full.id}/photos/${w.photo.id}`], 404, 'photo-not-found'],
  ['a helper for another shop', (w) => ['seller', 'POST', '/invitations', json({ role: 'helper', name: 'H', shop_id: w.otherShop.id })], 403, 'forbidden'],
  ['a manager invited by a seller', () => ['seller', 'POST', '/invitations', json({ role: 'manager', name: 'M' })], 403, 'forbidden'],
  ['a helper of no shop', () => ['admin', 'POST', '/invitations', json({ role: 'helper', name: 'H' })], 403, 'forbidden'],
  ['a role that does not exist', () => ['admin', 'POST', '/invitations', json({ role: 'king', name: 'K' })], ...invalid, '/role'],
  ['a shop that does not exist to work for', () => ['admin', 'POST', '/invitations', json({ role: 'helper', name: 'H', shop_id: nobody })], ...invalid, '/shop_id'],
  ['a time without a zone', (w) => ['seller', 'POST', `/shops/${w.shop.id}/shows`, json({ title: 'T', starts_at: '2030-01-01T00:00:00' })], ...invalid, '/starts_at'],
  ['a thirtieth of February', (w) => ['seller', 'POST', `/shops/${w.shop.id}/shows`, json({ title: 'T', starts_at: '2030-02-30T00:00:00Z' })], ...invalid, '/starts_at'],
];

// What the seller of one shop asks of another's things; whose they are is not told.
const stranger = (name, method, path, options, status, problem) =>
  [`a stranger: ${name}`, (w) => ['stranger', method, path(w), typeof options === 'function' ? options(w) : options], status, problem];
const ofShop = (rest) => (w) => `/shops/${w.shop.id}${rest}`;
const ofProduct = (rest) => (w) => `/products/${w.product.id}${rest}`;
const ofShow = (rest) => (w) => `/shows/${w.show.id}${rest}`;
const kStrangers = [
  stranger('lists a product', 'POST', ofShop('/products'), json(product()), 403, 'forbidden'),
  stranger('changes a product', 'PATCH', ofProduct(''), (w) => json({ title: 'x' }, { headers: { 'if-match': w.etag } }), 403, 'forbidden'),
  stranger('removes a product', 'DELETE', ofProduct(''), {}, 403, 'forbidden'),
  stranger('takes stock away', 'POST', ofProduct('/stock-changes'), json({ change: -1 }), 403, 'forbidden'),
  stranger('adds a photo', 'POST', ofProduct('/photos'), { body: png(), type: 'image/png' }, 403, 'forbidden'),
  stranger('removes a photo', 'DELETE', (w) => `/products/${w.product.id}/photos/${w.photo.id}`, {}, 403, 'forbidden'),
  stranger('changes the shop', 'PATCH', ofShop(''), json({ name: 'x' }, { headers: { 'if-match': '"1"' } }), 403, 'forbidden'),
  stranger("sets the shop's picture", 'PUT', ofShop('/cover'), { body: png(), type: 'image/png' }, 403, 'forbidden'),
  stranger('schedules a show', 'POST', ofShop('/shows'), json({ title: 'T', starts_at: '2030-01-01T00:00:00Z' }), 403, 'forbidden'),
  stranger('ends the show', 'POST', ofShow('/end'), {}, 403, 'forbidden'),
  stranger('calls the show off', 'POST', ofShow('/call-off'), {}, 403, 'forbidden'),
  stranger('starts the show', 'POST', ofShow('/start'), {}, 403, 'forbidden'),
  stranger('pins', 'PUT', ofShow('/pin'), (w) => json({ product_id: w.product.id }), 403, 'forbidden'),
  stranger('unpins', 'DELETE', ofShow('/pin'), {}, 403, 'forbidden'),
  stranger('reads the stream key', 'GET', ofShow('/ingest'), {}, 403, 'forbidden'),
  stranger('renews the stream key', 'POST', ofShow('/ingest'), {}, 403, 'forbidden'),
  stranger('reads the orders', 'GET', ofShop('/orders'), {}, 403, 'forbidden'),
  stranger('reads an order', 'GET', (w) => w.orderPath, {}, 403, 'forbidden'),
  stranger('cancels an order', 'PUT', (w) => `${w.orderPath}/status`, json({ status: 'cancelled' }), 403, 'forbidden'),
  stranger('invites into the shop', 'POST', () => '/invitations', (w) => json({ role: 'helper', name: 'H', shop_id: w.shop.id }), 403, 'forbidden'),
  stranger('takes an invitation back', 'DELETE', (w) => `/invitations/${w.openInvitation.invitation.id}`, {}, 404, 'invitation-unknown'),
  ["a page of another site", create({}, { origin: 'https://elsewhere.example' }), 403, 'foreign-origin'],
  ['a page without an origin of its own', create({}, { origin: 'null' }), 403, 'foreign-origin'],
  ['no CSRF token', create({}, { csrf: false }), 403, 'csrf-token-wrong'],
  ["another's CSRF token", create({}, { headers: { 'x-csrf-token': 'AAAAAAAAAAAAAAAAAAAAAA' } }), 403, 'csrf-token-wrong'],
  ['a buyer at the studio', (w) => ['device', 'POST', `/shops/${w.shop.id}/products`, json(product())], 401, 'signed-out'],
  ['an order without a device', (w) => ['visitor', 'POST', '/orders', json(orderOf(w.product), { headers: { 'idempotency-key': newKey() } })], 401, 'device-unknown'],
];

const accept = (change) => (w) => ['visitor', 'POST', '/invitations/accept', json({ token: tokenOf(w.openInvitation.url), name: 'H', login: 'new.helper', password: w.password, ...change })];
const kLinks = [
  ['a link that was used', (w) => ['visitor', 'POST', '/invitations/peek', json({ token: w.usedToken })], 410, 'link-used'],
  ['accepting a used link', (w) => ['visitor', 'POST', '/invitations/accept', json({ token: w.usedToken, name: 'X', login: 'x.again', password: w.password })], 410, 'link-used'],
  ['a link that was revoked', (w) => ['visitor', 'POST', '/invitations/accept', json({ token: w.revokedToken, name: 'X', login: 'x.again', password: w.password })], 410, 'link-revoked'],
  ['a link that never was', () => ['visitor', 'POST', '/invitations/peek', json({ token: 'AAAAAAAAAAAAAAAAAAAAAA' })], 404, 'link-unknown'],
  ['a token of 65', () => ['visitor', 'POST', '/invitations/peek', json({ token: 'x'.repeat(65) })], ...invalid, '/token'],
  ['setting up again', (w) => ['visitor', 'POST', '/setup', json({ token: w.setupToken, name: 'X', login: 'x.admin', password: w.password })], 410, 'link-used'],
  ['a short password', accept({ password: 'short' }), ...invalid, '/password'],
  ['a login with a space', accept({ login: 'new helper' }), ...invalid, '/login'],
  ['a login that is taken', accept({ login: 'ADMIN' }), 409, 'login-taken', '/login'],
  ['a shop where one is given', accept({ shop: { name: 'S', currency: 'CNY' } }), ...invalid, '/shop'],
  ['a wrong password', () => ['visitor', 'POST', '/session', json({ login: 'admin', password: 'wrong wrong' })], 401, 'wrong-credentials'],
  ['an unknown login', () => ['visitor', 'POST', '/session', json({ login: 'nobody.at.all', password: 'wrong wrong' })], 401, 'wrong-credentials'],
  ['a session that never was', () => ['visitor', 'GET', '/session', { headers: { cookie: 'geili_session=AAAAAAAAAAAAAAAAAAAAAA' } }], 401, 'signed-out'],
  ['a device that never was', () => ['visitor', 'GET', '/device', { headers: { cookie: 'geili_device=AAAAAAAAAAAAAAAAAAAAAA' } }], 401, 'device-unknown'],
  ['a name of 41', () => ['device', 'POST', '/device', json({ name: long(41) })], ...invalid, '/name'],
];

const kQueries = [
  ['an unknown parameter', get('/shops?colour=red'), ...parameter, 'colour'],
  ['a parameter twice', get('/shops?limit=2&limit=3'), ...parameter, 'limit'],
  ['a limit of zero', get('/shops?limit=0'), ...parameter, 'limit'],
  ['a limit of 101', get('/shops?limit=101'), ...parameter, 'limit'],
  ['a limit in words', get('/shops?limit=ten'), ...parameter, 'limit'],
  ['a broken escape', get('/shops?limit=%zz'), 400, 'query-invalid'],
  ['a query that is not UTF-8', get('/shops?cursor=%ff'), 400, 'query-invalid'],
  ['a cursor of our own making', get('/shops?cursor=abc'), 400, 'bad-cursor'],
  ['a cursor of another list', (w) => ['visitor', 'GET', `/shops?cursor=${w.productCursor}`], 400, 'bad-cursor'],
  ['a status that is none', get('/shows?status=soon'), ...parameter, 'status'],
  ['a shop that is no identity', get('/shows?shop_id=x'), ...parameter, 'shop_id'],
  ['a limit beyond 64 bits', get(`/shops?limit=${'9'.repeat(30)}`), ...parameter, 'limit'],
  ['a cursor of 201', get(`/shops?cursor=${'a'.repeat(201)}`), 400, 'bad-cursor'],
  ['a cursor with another end', (w) => ['visitor', 'GET', `/shops/${w.shop.id}/products?cursor=${w.productCursor.slice(0, -2)}`], 400, 'bad-cursor'],
  ['hidden as a word', get((w) => `/shops/${w.shop.id}/products?hidden=maybe`), ...parameter, 'hidden'],
  ['a query of 3 kB', get(`/shops?cursor=${'a'.repeat(3000)}`), 400, 'query-invalid'],
];

const password = (body) => (w) => ['seller', 'PUT', '/session/password', typeof body === 'function' ? body(w) : body];
const changed = (change) => password((w) => json({ current_password: w.password, password: 'another necklace', ...change }));
const kPasswords = [
  ['a new password without the current one', password(json({ password: 'another necklace' })), ...invalid, '/current_password'],
  ['a wrong current password', changed({ current_password: 'wrong wrong' }), 422, 'current-password-wrong', '/current_password'],
  ['an empty current password', changed({ current_password: '' }), ...invalid, '/current_password'],
  ['null for a current password', changed({ current_password: null }), ...invalid, '/current_password'],
  ['a current password of 513 bytes', changed({ current_password: 'x'.repeat(513) }), ...invalid, '/current_password'],
  ['no new password', password((w) => json({ current_password: w.password })), ...invalid, '/password'],
  ['a new password of seven', changed({ password: 'seven p' }), ...invalid, '/password'],
  ['a new password of 129', changed({ password: long(129) }), ...invalid, '/password'],
  ['the login for a password', (w) => ['seller', 'PUT', '/session/password', json({ current_password: w.password, password: w.login.toUpperCase() })], ...invalid, '/password'],
  ['a password for somebody else', changed({ person_id: '1' }), ...invalid, '/person_id'],
  ['a link for nobody', () => ['admin', 'POST', `/people/${nobody}/sign-in-link`], 404, 'person-unknown'],
  ['a link for no identity', () => ['admin', 'POST', '/people/lin/sign-in-link'], 404, 'not-found'],
  ["a manager's link for a manager", (w) => ['manager', 'POST', `/people/${w.idOf.manager}/sign-in-link`], 403, 'forbidden'],
  ["a manager's link for an administrator", (w) => ['manager', 'POST', `/people/${w.idOf.admin}/sign-in-link`], 403, 'forbidden'],
];

const whip = (options, query = '') => (w) => ['seller', 'POST', `/shows/${w.show.id}/whip${query}`, options];
const whep = (options, show) => (w) => ['visitor', 'POST', `/shows/${show ?? w.show.id}/whep`, options];
const session = (method, options) => (w) => ['visitor', method, `/shows/${w.show.id}/whep/no-such-session`, options];
const sdp = (body) => text(body, 'application/sdp');
const offered = (offer, from, to) => sdp(offer.body.toString().replaceAll(from, to));
const published = (from, to) => whip(offered(kPublishOffer, from, to));
const kWebRtc = [
  ['an offer that is empty', whip(sdp('')), 400, 'sdp-order'],
  ['an offer that is JSON', whip(sdp('{"type":"offer"}')), 400, 'sdp-line'],
  ['an offer sent as JSON', whip(json({ type: 'offer' })), 415, 'media-type-unsupported'],
  ['an offer of one byte too many', whip(sdp('v'.repeat(65_537))), 413, 'body-too-large'],
  ['an offer of no media', whip(sdp('v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n')), 422, 'sdp-no-media'],
  ['an offer without a fingerprint', published(/a=fingerprint:.*\r\n/g, ''), 422, 'sdp-no-fingerprint'],
  ['a fingerprint by MD5', published(/a=fingerprint:sha-256/g, 'a=fingerprint:md5'), 422, 'sdp-fingerprint-hash'],
  ['an offer without ICE', published(/a=ice-(ufrag|pwd):.*\r\n/g, ''), 422, 'sdp-no-ice'],
  ['an offer without BUNDLE', published(/a=group:BUNDLE.*\r\n/g, ''), 422, 'sdp-no-bundle'],
  ['a picture in codecs we do not know', published(/ (H264|VP8)\/90000/g, ' H26X/90000'), 415, 'codec-unsupported'],
  ['a wrong word for takeover', whip(kPublishOffer, '?takeover=perhaps'), ...parameter, 'takeover'],
  ['an unknown parameter of WHIP', whip(kPublishOffer, '?colour=red'), ...parameter, 'colour'],
  ['a wrong stream key', (w) => ['visitor', 'POST', `/shows/${w.show.id}/whip`, { ...kPublishOffer, headers: { authorization: 'Bearer wrong' } }], 401, 'stream-key-wrong'],
  ['a camera for a show that is none', (w) => ['seller', 'POST', `/shows/${nobody}/whip`, kPublishOffer], 404, 'show-not-found'],
  ['watching a show that is none', whep(kPlayOffer, nobody), 404, 'show-not-found'],
  ['watching before it is live', whep(kPlayOffer), 409, 'not-live'],
  ['an offer to watch that is half', whep(sdp(kPlayOffer.body.subarray(0, 40))), 400, 'sdp-order'],
  ['trickling into no session', session('PATCH', kIceRestart), 404, 'session-not-found'],
  ['trickling JSON', session('PATCH', json({})), 415, 'media-type-unsupported'],
  ['ending no session', session('DELETE'), 404, 'session-not-found'],
];

const keyed = (body, key = 'a-key-of-books') => json(body, { headers: { 'idempotency-key': key } });
const atShop = (caller, method, path, options) => (w) => [caller, method, `/shops/${w.shop.id}${path}`, options];
const bank = (change) => atShop('seller', 'PUT', '/bank-account', json({ beneficiary: 'Lin', scheme: 'account', account: '6222-1111', ...change }));
const entry = (body, key) => atShop('manager', 'POST', '/book-entries', keyed({ kind: 'payment', amount_minor: 5, into: 'cash', ...body }, key));
const asked = (caller, method, path, options) => () => [caller, method, path, options];
const kSpan = 'from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z';
const kBooks = [
  ['a commission of more than all', atShop('manager', 'PUT', '/commission', json({ basis_points: 10_001 })), ...invalid, '/basis_points'],
  ['a commission in per cent', atShop('manager', 'PUT', '/commission', json({ basis_points: 2.5 })), ...invalid, '/basis_points'],
  ['a commission of a shop that is none', asked('manager', 'PUT', `/shops/${nobody}/commission`, json({ basis_points: 1 })), 404, 'shop-not-found'],
  ["a seller's own commission", atShop('seller', 'PUT', '/commission', json({ basis_points: 0 })), 403, 'forbidden'],
  ['a statement without an end', atShop('seller', 'GET', '/statement?from=2026-01-01T00:00:00Z'), ...parameter, 'to'],
  ['a statement from a day', atShop('seller', 'GET', '/statement?from=2026-01-01&to=2026-02-01'), ...parameter, 'from'],
  ['a statement that ends before it begins', atShop('seller', 'GET', '/statement?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z'), ...parameter, 'to'],
  ['a statement in a language we do not speak', atShop('seller', 'GET', `/statement.pdf?${kSpan}&language=de`), ...parameter, 'language'],
  ['a statement of a place that is nowhere', atShop('seller', 'GET', `/statement.pdf?${kSpan}&utc_offset_min=900`), ...parameter, 'utc_offset_min'],
  ['a report in a language we do not speak', (w) => ['seller', 'GET', `/shows/${w.show.id}/report.pdf?language=de`], ...parameter, 'language'],
  ['a report of a place that is nowhere', (w) => ['seller', 'GET', `/shows/${w.show.id}/report.pdf?utc_offset_min=900`], ...parameter, 'utc_offset_min'],
  ['a report in words, as data', (w) => ['seller', 'GET', `/shows/${w.show.id}/report?language=en`], ...parameter, 'language'],
  ['the report of no show', asked('seller', 'GET', `/shows/${nobody}/report`), 404, 'show-not-found'],
  ['a language for a spreadsheet', atShop('seller', 'GET', `/statement.csv?${kSpan}&language=en`), ...parameter, 'language'],
  ["another shop's statement", atShop('stranger', 'GET', `/statement?${kSpan}`), 403, 'forbidden'],
  ["another shop's account", atShop('stranger', 'PUT', '/bank-account', json({ beneficiary: 'X', scheme: 'account', account: '6222-1111' })), 403, 'forbidden'],
  ['an account of a scheme that is none', bank({ scheme: 'gold' }), ...invalid, '/scheme'],
  ['an account for nobody', bank({ beneficiary: '' }), ...invalid, '/beneficiary'],
  ['a CLABE for yuan', bank({ scheme: 'clabe', account: '032180000118359719' }), ...invalid, '/scheme'],
  ['an account of three signs', bank({ account: '123' }), ...invalid, '/account'],
  ['an account of 69 signs', bank({ account: '1'.repeat(69) }), ...invalid, '/account'],
  ['no account yet', atShop('seller', 'GET', '/bank-account'), 404, 'bank-account-not-found'],
  ['an entry without a key', atShop('manager', 'POST', '/book-entries', json({ kind: 'payment', amount_minor: 5, into: 'cash' })), ...parameter, 'Idempotency-Key'],
  ['an entry with a short key', entry({}, 'short'), ...parameter, 'Idempotency-Key'],
  ['a payment of less than nothing', entry({ amount_minor: -5 }), ...invalid, '/amount_minor'],
  ['a payment into nowhere', entry({ into: 'pocket' }), ...invalid, '/into'],
  ['a correction of nothing', entry({ kind: 'adjustment', into: undefined, amount_minor: 0, memo: 'x' }), ...invalid, '/amount_minor'],
  ['a correction that does not say why', entry({ kind: 'adjustment', into: undefined }), ...invalid, '/memo'],
  ['a correction with a purse', entry({ kind: 'adjustment', memo: 'x' }), ...invalid, '/into'],
  ['an entry of an unknown kind', entry({ kind: 'gift' }), ...invalid, '/kind'],
  ['a batch of tomorrow', asked('manager', 'POST', '/payouts', json({ currency: 'CNY', up_to: '2999-01-01T00:00:00Z' })), ...invalid, '/up_to'],
  ['a batch in no currency', asked('manager', 'POST', '/payouts', json({ currency: 'XXX' })), ...invalid, '/currency'],
  ['a batch from nothing on', asked('manager', 'POST', '/payouts', json({ currency: 'CNY', minimum_minor: 0 })), ...invalid, '/minimum_minor'],
  ['a batch that is none', asked('manager', 'POST', `/payouts/${nobody}/approve`), 404, 'payout-batch-not-found'],
  ['a line of no batch', asked('manager', 'PUT', `/payouts/${nobody}/lines/1`, json({ status: 'paid' })), 404, 'payout-batch-not-found'],
  ['a line that is lost', asked('manager', 'PUT', `/payouts/${nobody}/lines/1`, json({ status: 'lost' })), ...invalid, '/status'],
  ['a line that failed without a word', asked('manager', 'PUT', `/payouts/${nobody}/lines/1`, json({ status: 'failed' })), ...invalid, '/failure'],
  ['a line that was paid with a failure', asked('manager', 'PUT', `/payouts/${nobody}/lines/1`, json({ status: 'paid', failure: 'x' })), ...invalid, '/failure'],
  ['a hash without its entry', asked('manager', 'GET', `/books/check?hash=${'0'.repeat(64)}`), ...parameter, 'number'],
  ['an entry without its hash', asked('manager', 'GET', '/books/check?number=1'), ...parameter, 'hash'],
  ['a hash of 63 digits', asked('manager', 'GET', `/books/check?number=1&hash=${'0'.repeat(63)}`), ...parameter, 'hash'],
  ['the audit of no person', asked('admin', 'GET', '/audit?person_id=lin'), ...parameter, 'person_id'],
  ['the audit with a cursor of our own making', asked('admin', 'GET', '/audit?cursor=abc'), 400, 'bad-cursor'],
];

const atSeller = (method, path, body) => (w) => ['seller', method, `/shops/${w.shop.id}${path}`, body && json(body)];
const zone = (change) => atSeller('POST', '/shipping/zones', { name: 'Z', places: [{ country: 'MX' }],
  rates: [{ carrier: 'C', kind: 'flat', brackets: [{ up_to: 0, price_minor: 1 }] }], ...change });
const kShipping = [
  ['a quote of no lines', (w) => ['visitor', 'POST', '/shipping/quote', json({ shop_id: w.shop.id, lines: [], buyer: {} })], ...invalid, '/lines'],
  ['a quote for a planet', (w) => ['visitor', 'POST', '/shipping/quote', json({ shop_id: w.shop.id, lines: [{ product_id: nobody, quantity: 1 }], buyer: { planet: 'Mars' } })], ...invalid, '/buyer/planet'],
  ['parcels in a state that is none', atSeller('GET', '/parcels?state=lost'), ...parameter, 'state'],
  ['returns in a state that is none', atSeller('GET', '/returns?state=lost'), ...parameter, 'state'],
  ['a paper that is none', atSeller('POST', '/parcel-papers', { paper: 'novel' }), ...invalid, '/paper'],
  ['a paper of 101 parcels', atSeller('POST', '/parcel-papers', { parcel_ids: Array.from({ length: 101 }, (_, i) => `${i + 1}`) }), ...invalid, '/parcel_ids'],
  ['a paper of a parcel that is none', atSeller('POST', '/parcel-papers', { parcel_ids: [nobody] }), 404, 'parcel-not-found'],
  ['a state that is reached otherwise', atSeller('PUT', `/parcels/${nobody}/state`, { state: 'shipped' }), ...invalid, '/state'],
  ['packing a parcel that is none', atSeller('PUT', `/parcels/${nobody}/state`, { state: 'packed' }), 404, 'parcel-not-found'],
  ['sending from no country', atSeller('PUT', '/shipping', { origin_country: 'ZZ', default_weight_g: 1, paper_language: 'en', sender_address: '' }), ...invalid, '/origin_country'],
  ['papers in Latin', atSeller('PUT', '/shipping', { origin_country: 'MX', default_weight_g: 1, paper_language: 'la', sender_address: '' }), ...invalid, '/paper_language'],
  ['a zone without places', zone({ places: [] }), ...invalid, '/places'],
  ['a zone of eleven rates', zone({ rates: Array(11).fill({ carrier: 'C', kind: 'flat', brackets: [{ up_to: 0, price_minor: 1 }] }) }), ...invalid, '/rates'],
  ['a rate below nothing', zone({ rates: [{ carrier: 'C', kind: 'flat', brackets: [{ up_to: 0, price_minor: -1 }] }] }), ...invalid, '/rates/0/brackets/0/price_minor'],
  ['a zone that is none', (w) => ['seller', 'DELETE', `/shops/${w.shop.id}/shipping/zones/${nobody}`], 404, 'shipping-zone-not-found'],
  ['a tracking page without a number', atSeller('PUT', '/shipping/carriers', { name: 'C', tracking_template: 'https://x.example/' }), ...invalid, '/tracking_template'],
  ['a return without a key', () => ['visitor', 'POST', `/orders/${'a'.repeat(22)}/returns`, json({})], 400, 'invalid-field', 'Idempotency-Key'],
  ['a return that is none', atSeller('PUT', `/returns/${nobody}/state`, { state: 'approved' }), 404, 'return-not-found'],
  ['an exchange for nothing', atSeller('PUT', `/returns/${nobody}/state`, { state: 'exchanged' }), ...invalid, '/exchange_order_id'],
  ['an order that changes nothing', () => ['visitor', 'PATCH', `/orders/${'a'.repeat(22)}`, json({ expected_total: { minor: 1, currency: 'CNY' } })], ...invalid, ''],
  ['a change of no order', () => ['visitor', 'PATCH', `/orders/${'a'.repeat(22)}`, json({ note: 'x', expected_total: { minor: 1, currency: 'CNY' } })], 404, 'order-not-found'],
];

const hook = (change, method = 'POST', path = '') => (w) => ['seller', method, `/shops/${w.shop.id}/webhook-endpoints${path}`,
  json({ url: 'https://example.com/hook', events: ['order.placed'], ...change })];
const kWebhooks = [
  ['a hook without TLS', hook({ url: 'http://example.com/hook' }), ...invalid, '/url'],
  ['a hook on this machine', hook({ url: 'https://127.0.0.1/hook' }), ...invalid, '/url'],
  ['a hook in the own network', hook({ url: 'https://192.168.0.1/hook' }), ...invalid, '/url'],
  ['a hook at another port', hook({ url: 'https://example.com:8443/hook' }), ...invalid, '/url'],
  ['a hook with a password', hook({ url: 'https://a:b@example.com/hook' }), ...invalid, '/url'],
  ['a hook with a control character', hook({ url: 'https://example.com/a\u0001b' }), ...invalid, '/url'],
  ['a hook that is too long', hook({ url: `https://example.com/${'a'.repeat(500)}` }), ...invalid, '/url'],
  ['a hook for nothing', hook({ events: [] }), ...invalid, '/events'],
  ['a hook for an unknown event', hook({ events: ['order.eaten'] }), ...invalid, '/events'],
  ['a hook for the test event', hook({ events: ['webhook.test'] }), ...invalid, '/events'],
  ['a hook for an event twice', hook({ events: ['order.paid', 'order.paid'] }), ...invalid, '/events'],
  ['a hook with a long description', hook({ description: long(121) }), ...invalid, '/description'],
  ['a hook that is nobody’s', hook({}, 'PUT', `/${nobody}`), 404, 'webhook-endpoint-not-found'],
  ['a secret of no hook', (w) => ['seller', 'POST', `/shops/${w.shop.id}/webhook-endpoints/${nobody}/secret`], 404, 'webhook-endpoint-not-found'],
  ['deliveries of no hook', get((w) => `/shops/${w.shop.id}/webhook-endpoints/${nobody}/deliveries`, 'seller'), 404, 'webhook-endpoint-not-found'],
  ['deliveries in no state', get((w) => `/shops/${w.shop.id}/webhook-endpoints/${nobody}/deliveries?state=eaten`, 'seller'), ...parameter, 'state'],
];

const restream = (change, method = 'POST', path = '') => (w) => ['seller', method, `/shops/${w.shop.id}/restreams${path}`,
  json({ name: 'Elsewhere', server_url: 'rtmp://live.example.com/app', stream_key: 'abcd-efgh', shows: 'all', ...change })];
const kRestreams = [
  ['a restream by HTTPS', restream({ server_url: 'https://live.example.com/app' }), ...invalid, '/server_url'],
  ['a restream to this machine', restream({ server_url: 'rtmp://127.0.0.1/app' }), ...invalid, '/server_url'],
  ['a restream into the own network', restream({ server_url: 'rtmp://192.168.0.1/app' }), ...invalid, '/server_url'],
  ['a restream to another port', restream({ server_url: 'rtmp://live.example.com:22/app' }), ...invalid, '/server_url'],
  ['a restream with a password', restream({ server_url: 'rtmp://a:b@live.example.com/app' }), ...invalid, '/server_url'],
  ['a restream without a path', restream({ server_url: 'rtmp://live.example.com' }), ...invalid, '/server_url'],
  ['a restream with a control character', restream({ server_url: 'rtmp://live.example.com/a\u0001b' }), ...invalid, '/server_url'],
  ['a restream that is too long', restream({ server_url: `rtmp://live.example.com/${'a'.repeat(300)}` }), ...invalid, '/server_url'],
  ['a restream without a key', restream({ stream_key: undefined }), ...invalid, '/stream_key'],
  ['a key with a space', restream({ stream_key: 'ab cd' }), ...invalid, '/stream_key'],
  ['a key that is no ASCII', restream({ stream_key: 'schlüssel' }), ...invalid, '/stream_key'],
  ['a key that is too long', restream({ stream_key: 'a'.repeat(501) }), ...invalid, '/stream_key'],
  ['a restream without a name', restream({ name: '' }), ...invalid, '/name'],
  ['a restream with a long name', restream({ name: long(61) }), ...invalid, '/name'],
  ['a restream of some shows', restream({ shows: 'some' }), ...invalid, '/shows'],
  ['a restream that is nobody’s', restream({}, 'PUT', `/${nobody}`), 404, 'restream-not-found'],
  ['a choice of no restream', (w) => ['seller', 'PUT', `/shows/${w.show.id}/restreams/${nobody}`, json({ chosen: true })], 404, 'restream-not-found'],
  ['a choice that is none', (w) => ['seller', 'PUT', `/shows/${w.show.id}/restreams/${nobody}`, json({})], ...invalid, '/chosen'],
];

export const kRefusals = [kBodies, kProducts, kPictures, kBaskets, kOrders, kHolds, kForeign, kStrangers, kLinks, kPasswords, kQueries, kWebRtc, kShipping, kBooks, kWebhooks, kRestreams, kVariants, kRates, kDeals, kCoupons, kPackets, kOutside, kPush].flat();
