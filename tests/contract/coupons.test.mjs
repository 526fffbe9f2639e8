// Coupons: never more than there are, told before the tap, kept by the order, given back with it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { couponOf, makeCoupon } from '../lib/coupons.mjs';
import { buy, liveShow, newDevice, newKey, newProduct, openHouse, orderOf } from '../lib/house.mjs';
import { Room } from '../lib/websocket.mjs';

let house, show, product;
before(async () => {
  house = await openHouse();
  product = await newProduct(house.seller, house.shop.id, { stock: 500 });
  show = await liveShow(house.seller, house.shop.id, [product]);
});
after(() => house?.server.remove());

const make = (more) => makeCoupon(house.seller, house.shop, more);
const ask = (coupon, key = newKey()) => house.seller.post(`/shops/${house.shop.id}/coupons`, coupon, { headers: { 'idempotency-key': key } });
const tap = (device, coupon) => device.request('POST', '/device/coupons', { json: { offer_id: coupon.id } });
const take = async (device, coupon) => device.expect(201, 'POST', '/device/coupons', { offer_id: coupon.id });
const less = (minor) => ({ minor: product.price.minor - minor, currency: 'CNY' });
const quote = (device, more = {}) => device.expect(200, 'POST', '/shipping/quote',
  { shop_id: house.shop.id, show_id: show.id, lines: [{ product_id: product.id, quantity: 1 }], buyer: { country: 'MX' }, ...more });
const order = (coupon_id, minor, more = {}) => orderOf(product, { show_id: show.id, coupon_id, expected_total: less(minor), ...more });

test('fifty coupons that five hundred buyers ask for are fifty', async () => {
  const coupon = await make({ title: 'Hot', units: 50 });
  const crowd = await Promise.all(Array.from({ length: 500 }, () => newDevice(house.server.url)));
  const answers = await Promise.all(crowd.map((device) => tap(device, coupon)));
  assert.equal(answers.filter(({ status }) => status === 201).length, 50);
  const refused = answers.filter(({ status }) => status !== 201);
  assert.ok(refused.every(({ status, json }) => status === 409 && json.type === '/problems/coupon-gone'));
  const [listed] = (await house.helper.expect(200, 'GET', `/shops/${house.shop.id}/coupons`)).items;
  assert.deepEqual([listed.id, listed.taken, listed.left], [coupon.id, 50, 0]);
  assert.equal((await house.visitor.expect(200, 'GET', `/shows/${show.id}/coupons`)).items.some(({ id }) => id === coupon.id), false);
});

test('the quote tells it before the tap, and the order keeps it', async () => {
  const ana = await newDevice(house.server.url, 'Ana');
  const big = await take(ana, await make({ title: 'Big', amount: { minor: 3000, currency: 'CNY' } }));
  const small = await take(ana, await make({ title: 'Share', percent: 10, amount: { minor: 500, currency: 'CNY' } }));
  const dear = await take(ana, await make({ title: 'Dear', min_order_minor: product.price.minor + 100 }));
  const { coupons } = await quote(ana);
  assert.deepEqual(coupons.map(({ coupon, discount, missing }) => [coupon.id, discount.minor, missing.minor]),
    [[big.id, 3000, 0], [small.id, 500, 0], [dear.id, 0, 100]]);
  assert.deepEqual((await quote(house.visitor)).coupons, []);

  const wrong = await buy(ana, order(big.id, 0));
  assert.deepEqual([wrong.json.type, wrong.json.current_total_minor, wrong.json.current_discount_minor],
    ['/problems/price-changed', less(3000).minor, 3000]);
  const placed = await buy(ana, order(big.id, 3000));
  assert.equal(placed.status, 201);
  const seen = await ana.expect(200, 'GET', `/orders/${placed.json.token}`);
  assert.deepEqual([seen.total, seen.discount.minor, seen.coupon, seen.lines[0].unit_price], [less(3000), 3000, 'Big', product.price]);
  const [sold] = (await house.seller.expect(200, 'GET', `/shops/${house.shop.id}/orders`)).items;
  assert.deepEqual([sold.total, sold.discount.minor, sold.coupon], [less(3000), 3000, 'Big']);
  assert.equal((await buy(ana, order(big.id, 3000))).json.type, '/problems/coupon-unusable');
  assert.equal((await house.seller.expect(200, 'GET', `/shows/${show.id}/report`)).discounts_minor, 3000);

  await ana.expect(200, 'POST', `/orders/${placed.json.token}/cancel`);
  assert.equal((await quote(ana)).coupons[0].coupon.id, big.id, 'a cancelled order gives it back');
});

test('nobody spends what another has taken', async () => {
  const [ana, bao] = await Promise.all(['Ana', 'Bao'].map((name) => newDevice(house.server.url, name)));
  const mine = await take(ana, await make());
  assert.equal((await buy(bao, order(mine.id, 500))).json.type, '/problems/coupon-unusable');
  assert.equal((await buy(ana, order(mine.id, 500))).status, 201);
});

test('a code is for who knows it, in capitals or not', async () => {
  const coupon = await make({ code: 'Friends-7', title: 'Friends' });
  assert.equal(coupon.code, 'FRIENDS-7');
  const ana = await newDevice(house.server.url, 'Ana');
  assert.equal((await tap(ana, coupon)).json.type, '/problems/coupon-not-found');
  assert.equal((await house.visitor.expect(200, 'GET', `/shows/${show.id}/coupons`)).items.some(({ id }) => id === coupon.id), false);
  const held = await ana.expect(201, 'POST', '/device/coupons', { shop_id: house.shop.id, code: 'friends-7' });
  assert.deepEqual([held.title, held.offer_id, 'code' in held], ['Friends', coupon.id, false]);
  const again = await ask(couponOf({ code: 'FRIENDS-7' }));
  assert.equal(again.json.type, '/problems/coupon-code-taken');
});

test('a coupon that is asked for twice by the same key is one', async () => {
  const key = newKey();
  const wish = couponOf({ title: 'Once', code: 'once-1' });
  const answers = [await ask(wish, key), await ask(wish, key)];
  assert.deepEqual(answers.map(({ status }) => status), [201, 201]);
  assert.deepEqual(answers[1].json, answers[0].json);
  const { items } = await house.seller.expect(200, 'GET', `/shops/${house.shop.id}/coupons`);
  assert.equal(items.filter(({ title }) => title === 'Once').length, 1);
  const deeds = (await house.admin.expect(200, 'GET', '/audit?limit=100')).items;
  assert.equal(deeds.filter(({ action, detail }) => action === 'coupon-made' && detail === 'Once').length, 1);
});

test('a key is for one coupon of its shop', async () => {
  const key = newKey();
  const coupon = await makeCoupon(house.seller, house.shop, { title: 'Mine' }, key);
  const other = await ask(couponOf({ title: 'Another' }), key);
  assert.deepEqual([other.status, other.json.type], [422, '/problems/idempotency-key-reused']);
  const elsewhere = await makeCoupon(house.stranger, house.otherShop, { title: 'Mine', amount: { minor: 500, currency: 'MXN' } }, key);
  assert.notEqual(elsewhere.id, coupon.id);
});

test('who tries codes is slowed down', async () => {
  const guesser = await newDevice(house.server.url);
  const answers = await Promise.all(Array.from({ length: 60 }, (_, i) =>
    guesser.request('POST', '/device/coupons', { json: { shop_id: house.shop.id, code: `GUESS${i}` } })));
  assert.ok(answers.some(({ status, json }) => status === 429 && json.type === '/problems/holds-too-often'));
});

test('a withdrawn coupon is given out no more, and spent by who has it', async () => {
  const room = await Room.join(house.device, show.id);
  const coupon = await make({ show_id: show.id });
  assert.equal((await room.event('coupon', ({ coupon_id }) => coupon_id === coupon.id)).left, 50);
  const [ana, bao] = await Promise.all(['Ana', 'Bao'].map((name) => newDevice(house.server.url, name)));
  const held = await take(ana, coupon);
  assert.deepEqual(await take(ana, coupon), held, 'a tap that is repeated has it again');
  const path = `/shops/${house.shop.id}/coupons/${coupon.id}`;
  assert.equal((await house.seller.expect(200, 'DELETE', path)).left, 0);
  assert.equal((await room.event('coupon', ({ coupon_id, left }) => coupon_id === coupon.id && left === 0)).left, 0);
  assert.equal((await tap(bao, coupon)).json.type, '/problems/coupon-over');
  assert.equal((await buy(ana, order(held.id, 500))).status, 201);
  room.drop();
});

test('a coupon of a show is for that show, and a buyer has no more than allowed', async () => {
  const coupon = await make({ show_id: show.id, per_buyer_max: 2 });
  const ana = await newDevice(house.server.url, 'Ana');
  const first = await take(ana, coupon);
  assert.equal((await buy(ana, orderOf(product, { coupon_id: first.id, expected_total: less(500) }))).json.type, '/problems/coupon-unusable');
  for (const held of [first, undefined]) {
    const { id } = held ?? (await take(ana, coupon));
    assert.equal((await buy(ana, order(id, 500))).status, 201);
  }
  assert.equal((await tap(ana, coupon)).json.type, '/problems/coupon-limit');
});

test('an order of a basket spends its shop\'s coupon', async () => {
  const ana = await newDevice(house.server.url, 'Ana');
  const held = await take(ana, await make());
  const { buyer, show_id, ...one } = order(held.id, 500);
  const placed = await ana.request('POST', '/baskets', { json: { show_id, buyer, orders: [one] }, headers: { 'idempotency-key': `basket-${Date.now()}` } });
  assert.deepEqual([placed.status, placed.json.orders[0].discount.minor], [201, 500]);
});

test('the seller is owed what was paid, and the books agree', async () => {
  const books = () => house.seller.expect(200, 'GET', `/shops/${house.shop.id}/statement?from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z`);
  const ana = await newDevice(house.server.url, 'Ana');
  const held = await take(ana, await make({ title: 'Booked' }));
  const placed = await buy(ana, order(held.id, 500));
  const [sold] = (await house.seller.expect(200, 'GET', `/shops/${house.shop.id}/orders`)).items;
  assert.equal(sold.number, placed.json.number);
  await house.seller.expect(200, 'POST', `/shops/${house.shop.id}/orders/${sold.id}/payment/confirmation`);
  const lines = (await books()).lines.filter(({ memo }) => memo?.startsWith('Booked'));
  assert.ok(lines.length > 0 && lines.every(({ memo }) => memo === 'Booked -5.00 CNY'));
  const check = await house.admin.expect(200, 'GET', '/books/check');
  assert.deepEqual(check.findings ?? [], []);
});

test('who made and withdrew one is in the audit', async () => {
  const { items } = await house.admin.expect(200, 'GET', '/audit?limit=100');
  for (const action of ['coupon-made', 'coupon-withdrawn']) assert.ok(items.some((one) => one.action === action), action);
});
