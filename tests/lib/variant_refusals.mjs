// What is sent wrongly of variants and bundles: rows as those of refusals.mjs. The world has a `chain` in two
// variants, the first of them `variant`, and a `bundle` of it and of `product`.
import { newKey, orderOf } from './house.mjs';

const nobody = '999999999999';
const invalid = [422, 'invalid-field'];
const json = (value, more) => ({ json: value, ...more });
const long = (length) => 'ñ'.repeat(length);
const yuan = (minor) => ({ minor, currency: 'CNY' });

const add = (change, of = (w) => w.chain.id) => (w) => ['seller', 'POST', `/products/${of(w)}/variants`,
  json({ name: '50 cm', price: yuan(1), stock: 1, ...change })];
const order = (ids) => (w) => ['seller', 'PUT', `/products/${w.chain.id}/variant-order`, json({ variant_ids: ids(w) })];
const change = (of, body) => (w) => ['seller', 'PATCH', `/products/${of(w).id}`, json(body, { headers: { 'if-match': '"1"' } })];
const bundle = (parts, more) => (w) => ['seller', 'POST', `/shops/${w.shop.id}/bundles`,
  json({ title: 'Set', price: yuan(1), parts: parts(w), ...more })];
const part = (product_id, quantity = 1) => ({ product_id, quantity });
const parts = (body, headers, of = (w) => w.bundle.id) => (w) => ['seller', 'PUT', `/products/${of(w)}/parts`, json(body(w), { headers })];
const buying = (product) => (w) => ['device', 'POST', '/orders', json(orderOf({ ...product(w), shop_id: w.shop.id }),
  { headers: { 'idempotency-key': newKey() } })];
const pair = (w) => ({ parts: [part(w.product.id, 2)] });

export const kVariants = [
  ['a variant without a name', add({ name: undefined }), ...invalid, '/name'],
  ['a variant with a name of spaces', add({ name: '  ' }), ...invalid, '/name'],
  ['a variant with a name of 61', add({ name: long(61) }), ...invalid, '/name'],
  ['a variant with a name that is there', add({ name: '45 cm' }), ...invalid, '/name'],
  ['a variant with a number for a name', add({ name: 45 }), ...invalid, '/name'],
  ['a variant in foreign money', add({ price: { minor: 1, currency: 'MXN' } }), ...invalid, '/price/currency'],
  ['a variant below nothing', add({ price: yuan(-1) }), ...invalid, '/price/minor'],
  ['a variant without stock', add({ stock: undefined }), ...invalid, '/stock'],
  ['a variant with too much stock', add({ stock: 1_000_001 }), ...invalid, '/stock'],
  ['a variant that weighs less than nothing', add({ weight_g: -1 }), ...invalid, '/weight_g'],
  ['a variant with a colour', add({ colour: 'red' }), ...invalid, '/colour'],
  ['a variant of nothing', add({}, () => nobody), 404, 'product-not-found'],
  ['a variant of a variant', add({}, (w) => w.variant.id), 409, 'variants-not-allowed'],
  ['a variant of a bundle', add({}, (w) => w.bundle.id), 409, 'variants-not-allowed'],
  ['a variant of a part', add({}, (w) => w.product.id), 409, 'product-in-bundle'],
  ['a variant of a foreign product', add({}, (w) => w.foreign.id), 403, 'forbidden'],
  ['an order of one variant of two', order((w) => [w.variant.id]), ...invalid, '/variant_ids'],
  ['an order with one twice', order((w) => [w.variant.id, w.variant.id]), ...invalid, '/variant_ids/1'],
  ['an order with another product', order((w) => [w.variant.id, w.product.id]), ...invalid, '/variant_ids/1'],
  ['an order of 51', order(() => Array(51).fill('1')), ...invalid, '/variant_ids'],
  ['an order of words', order(() => ['x']), ...invalid, '/variant_ids/0'],
  ['a title for a variant', change((w) => w.variant, { title: 'x' }), ...invalid, '/title'],
  ['a description for a variant', change((w) => w.variant, { description: 'x' }), ...invalid, '/description'],
  ['a variant that is to be hidden', change((w) => w.variant, { hidden: true }), ...invalid, '/hidden'],
  ['a variant renamed as another', change((w) => w.variant, { variant_name: '60 cm' }), ...invalid, '/variant_name'],
  ['a price for a parent', change((w) => w.chain, { price: yuan(1) }), ...invalid, '/price'],
  ['a name of variants for a product', change((w) => w.full, { variant_name: 'x' }), ...invalid, '/variant_name'],
  ['stock for a parent', (w) => ['seller', 'POST', `/products/${w.chain.id}/stock-changes`, json({ change: 1 })], 409, 'stock-not-counted'],
  ['stock for a bundle', (w) => ['seller', 'POST', `/products/${w.bundle.id}/stock-changes`, json({ change: 1 })], 409, 'stock-not-counted'],
  ['a part that is to be removed', (w) => ['seller', 'DELETE', `/products/${w.product.id}`], 409, 'product-in-bundle'],
  ['a parent of a part that is to be removed', (w) => ['seller', 'DELETE', `/products/${w.chain.id}`], 409, 'product-in-bundle'],
  ['a bag with a variant', (w) => ['seller', 'POST', `/shops/${w.shop.id}/shows`, json({ title: 'T', starts_at: '2030-01-02T03:04:05Z', product_ids: [w.variant.id] })], ...invalid, '/product_ids/0'],
  ['an order of a parent', buying((w) => w.chain), 409, 'variant-required'],
  ['a hold of a parent', (w) => ['device', 'POST', '/device/holds', json({ product_id: w.chain.id })], 409, 'variant-required'],
  ['a wait for a parent', (w) => ['device', 'POST', '/device/waits', json({ product_id: w.chain.id })], 409, 'variant-required'],
  ['a quote for a parent', (w) => ['device', 'POST', '/shipping/quote', json({ shop_id: w.shop.id, lines: [part(w.chain.id)], buyer: { name: 'A', phone: '1', country: 'MX' } })], 409, 'variant-required'],

  ['a bundle without parts', bundle(() => undefined), ...invalid, '/parts'],
  ['a bundle of nothing', bundle(() => []), ...invalid, '/parts'],
  ['a bundle of one piece', bundle((w) => [part(w.product.id)]), ...invalid, '/parts'],
  ['a bundle of 11 parts', bundle((w) => Array(11).fill(part(w.product.id))), ...invalid, '/parts'],
  ['a bundle with none of a part', bundle((w) => [part(w.product.id, 0), part(w.variant.id)]), ...invalid, '/parts/0/quantity'],
  ['a bundle with 101 of a part', bundle((w) => [part(w.product.id, 101)]), ...invalid, '/parts/0/quantity'],
  ['a bundle with half a part', bundle((w) => [part(w.product.id, 1.5)]), ...invalid, '/parts/0/quantity'],
  ['a bundle with a part twice', bundle((w) => [part(w.product.id), part(w.product.id)]), ...invalid, '/parts/1/product_id'],
  ['a bundle of a bundle', bundle((w) => [part(w.product.id), part(w.bundle.id)]), ...invalid, '/parts/1/product_id'],
  ['a bundle of a parent', bundle((w) => [part(w.product.id), part(w.chain.id)]), ...invalid, '/parts/1/product_id'],
  ['a bundle of a foreign product', bundle((w) => [part(w.product.id), part(w.foreign.id)]), ...invalid, '/parts/1/product_id'],
  ['a bundle of what is not there', bundle((w) => [part(w.product.id), part(nobody)]), ...invalid, '/parts/1/product_id'],
  ['a part without an id', bundle((w) => [part(w.product.id, 2), { quantity: 1 }]), ...invalid, '/parts/1/product_id'],
  ['a part with a colour', bundle((w) => [{ ...part(w.product.id, 2), colour: 'red' }]), ...invalid, '/parts/0/colour'],
  ['a bundle with stock', bundle((w) => [part(w.product.id, 2)], { stock: 3 }), ...invalid, '/stock'],
  ['a bundle in a foreign shop', (w) => ['seller', 'POST', `/shops/${w.otherShop.id}/bundles`, json({ title: 'S', price: yuan(1), ...pair(w) })], 403, 'forbidden'],
  ['parts without a version', parts(pair), 428, 'if-match-missing'],
  ['parts of an old version', parts(pair, { 'if-match': '"7"' }), 412, 'version-mismatch'],
  ['parts of nothing', parts(pair, { 'if-match': '"1"' }, () => nobody), 404, 'product-not-found'],
  ['parts of no bundle', parts(pair, { 'if-match': '"1"' }, (w) => w.full.id), 409, 'not-a-bundle'],
  ['parts that are one piece', parts((w) => ({ parts: [part(w.product.id)] }), { 'if-match': '"1"' }), ...invalid, '/parts'],
];
