// Coupons that are made or taken wrongly; a row as in refusals.mjs.
import { couponOf } from './coupons.mjs';
import { newKey, orderOf } from './house.mjs';

const nobody = '999999999999';
const invalid = [422, 'invalid-field'];
const make = (change) => (w) => ['seller', 'POST', `/shops/${w.shop.id}/coupons`,
  { json: change(couponOf(), w), headers: { 'idempotency-key': newKey() } }];
const withThe = (member, value) => make((coupon) => ({ ...coupon, [member]: value }));
const without = (member) => make(({ [member]: _gone, ...coupon }) => coupon);
const take = (body) => () => ['device', 'POST', '/device/coupons', { json: body }];
const long = (length) => 'ñ'.repeat(length);
const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString();

export const kCoupons = [
  ...['title', 'amount', 'units', 'valid_until'].map((member) => [`a coupon without ${member}`, without(member), ...invalid,
    member === 'amount' ? '/amount' : `/${member}`]),
  ['a coupon without a key', (w) => ['seller', 'POST', `/shops/${w.shop.id}/coupons`, { json: couponOf() }], 400, 'invalid-field', 'Idempotency-Key'],
  ['a coupon without a name', withThe('title', ' '), ...invalid, '/title'],
  ['a coupon with a long name', withThe('title', long(61)), ...invalid, '/title'],
  ['a coupon of 0', withThe('amount', { minor: 0, currency: 'CNY' }), ...invalid, '/amount'],
  ['a coupon of less than nothing', withThe('amount', { minor: -1, currency: 'CNY' }), ...invalid, '/amount/minor'],
  ['a coupon in another currency', withThe('amount', { minor: 1, currency: 'MXN' }), ...invalid, '/amount/currency'],
  ['a coupon of 101 percent', withThe('percent', 101), ...invalid, '/percent'],
  ['a coupon of a percent and a half', withThe('percent', 1.5), ...invalid, '/percent'],
  ['a coupon from less than nothing', withThe('min_order_minor', -1), ...invalid, '/min_order_minor'],
  ['no coupons', withThe('units', 0), ...invalid, '/units'],
  ['too many coupons', withThe('units', 1_000_001), ...invalid, '/units'],
  ['a coupon with 0 for each', withThe('per_buyer_max', 0), ...invalid, '/per_buyer_max'],
  ['a coupon with 11 for each', withThe('per_buyer_max', 11), ...invalid, '/per_buyer_max'],
  ['a coupon that is over', withThe('valid_until', '2020-01-01T00:00:00Z'), ...invalid, '/valid_until'],
  ['a coupon for years', withThe('valid_until', inDays(368)), ...invalid, '/valid_until'],
  ['a coupon until some day', withThe('valid_until', 'soon'), ...invalid, '/valid_until'],
  ['a coupon with a short code', withThe('code', 'abc'), ...invalid, '/code'],
  ['a coupon with a code of words', withThe('code', 'AB CD'), ...invalid, '/code'],
  ['a coupon for no show', withThe('show_id', nobody), ...invalid, '/show_id'],
  ['a coupon with an unknown member', withThe('colour', 'red'), ...invalid, '/colour'],
  ['an end of no coupon', (w) => ['seller', 'DELETE', `/shops/${w.shop.id}/coupons/${nobody}`], 404, 'coupon-not-found'],
  ['the coupons of no show', () => ['visitor', 'GET', `/shows/${nobody}/coupons`], 404, 'show-not-found'],
  ['the coupons of a device in no shop', () => ['device', 'GET', '/device/coupons'], 400, 'invalid-field', 'shop_id'],
  ['a tap on no coupon', take({ offer_id: nobody }), 404, 'coupon-not-found'],
  ['a code of no coupon', (w) => ['device', 'POST', '/device/coupons', { json: { shop_id: w.shop.id, code: 'NOBODY' } }], 404, 'coupon-not-found'],
  ['a code that is none', (w) => ['device', 'POST', '/device/coupons', { json: { shop_id: w.shop.id, code: '%%%%' } }], ...invalid, '/code'],
  ['a tap on nothing', take({}), ...invalid, '/shop_id'],
  ['a tap and a code', take({ offer_id: '1', code: 'ABCD' }), ...invalid, '/code'],
  ['an order with a coupon that is not there', (w) => ['device', 'POST', '/orders',
    { json: orderOf(w.product, { coupon_id: nobody }), headers: { 'idempotency-key': newKey() } }], 409, 'coupon-unusable'],
];
