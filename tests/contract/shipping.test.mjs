// What sending costs, and what becomes of it: quotes, parcels, changes, papers, returns.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buy, newDevice, newKey, newProduct, orderOf, setUp } from '../lib/house.mjs';
import { Server } from '../lib/server.mjs';
import { kBuyer, kHome, kZone, openShippingShop, orderIn, print, quoteOf } from '../lib/shipping.mjs';

let server, admin, world, seller, shop, product;

before(async () => {
  server = await Server.start({ args: ['--sign-in-attempts-per-address-max', '1000'] });
  admin = await setUp(server);
  world = await openShippingShop(admin);
  ({ seller, shop, product } = world);
});
after(() => server?.remove());

const device = () => newDevice(server.url);
const stock = async () => (await seller.expect(200, 'GET', `/products/${product.id}`)).stock;
const parcels = async (query = '') => (await seller.expect(200, 'GET', `/shops/${shop.id}/parcels?limit=100${query}`)).items;
const parcelOf = async (number) => (await parcels(`&show_id=${world.show.id}`))
  .find((one) => one.state !== 'cancelled' && one.orders.some((order) => order.number === number));
const set = (parcel, state) => seller.expect(200, 'PUT', `/shops/${shop.id}/parcels/${parcel.id}/state`, { state });

test('a shop that has said nothing sends everywhere for nothing, and its orders lie in parcels all the same', async () => {
  const own = await admin.expect(201, 'POST', '/shops', { name: 'Bare', currency: 'MXN' });
  const bowl = await newProduct(admin, own.id, { price: { minor: 500, currency: 'MXN' } });
  const settings = await admin.expect(200, 'GET', `/shops/${own.id}/shipping`);
  assert.deepEqual([settings.is_set_up, settings.origin_country, settings.paper_language], [false, 'MX', 'es']);
  const buyer = await device();
  const quote = await quoteOf(buyer, { shop: own, product: bowl }, 1, { country: 'FR' });
  assert.deepEqual(quote.options.map(({ shipping, rate_id }) => [shipping.minor, rate_id]), [[0, undefined]]);
  const order = (await buy(buyer, orderOf(bowl))).json;
  assert.deepEqual([order.total.minor, order.shipping.minor, order.parcels.map(({ state }) => state)], [500, 0, ['open']]);
});

test('the address form of a country is asked for by its parts, and faults name them', async () => {
  const form = await admin.expect(200, 'GET', '/address-forms/MX');
  assert.deepEqual(form.fields.filter(({ part }) => part === 'district'), [{ part: 'district', required: true, label: 'address.colonia' }]);
  await admin.expect(404, 'GET', '/address-forms/ZZ');
  const buyer = await device();
  const { postal_code: _, city: __, ...half } = kHome;
  const refused = await buy(buyer, orderIn(world, 1200, 1, { buyer: { ...kBuyer, postal_address: half } }));
  assert.deepEqual([refused.status, refused.json.errors.map(({ path }) => path)], [422, ['/buyer/postal_address/city']]);
  const twice = await buy(buyer, orderIn(world, 1200, 1, { buyer: { ...kBuyer, address: 'x' } }));
  assert.deepEqual(twice.json.errors.map(({ path }) => path), ['/buyer/postal_address']);
});

test('the price is told before the tap, by place and weight', async () => {
  const buyer = await device();
  const price = async (quantity, who) => (await quoteOf(buyer, world, quantity, who)).options[0]?.shipping.minor;
  assert.equal(await price(1), 1200);
  assert.equal(await price(4), 1800, '1.2 kg are two steps');
  assert.equal(await price(6), 0, 'free from 1000.00');
  assert.equal(await price(1, { country: 'FR' }), 16000);
  const nowhere = await quoteOf(buyer, world, 1, { country: 'AQ' });
  assert.deepEqual([nowhere.options, nowhere.refusal], [[], 'no-shipping-there']);
  const heavy = await newProduct(seller, shop.id, { weight_g: 3000 });
  const refused = await quoteOf(buyer, { shop, product: heavy }, 1, { country: 'FR' });
  assert.equal(refused.refusal, 'item-too-heavy');
  assert.equal((await buy(buyer, orderOf(heavy, { buyer: { ...kBuyer, postal_address: undefined, address: 'Rue 1', country: 'FR' } }))).json.type, '/problems/item-too-heavy');
});

test('a total without its shipping is refused with both figures, and nothing is taken', async () => {
  const left = await stock();
  const refused = await buy(await device(), orderIn(world, 0));
  assert.deepEqual([refused.status, refused.json.type, refused.json.current_total_minor, refused.json.current_shipping_minor],
    [409, '/problems/price-changed', 21100, 1200]);
  assert.equal(await stock(), left);
});

test("a second order of the show joins the buyer's parcel for +0, an other buyer's does not", async () => {
  const buyer = await device();
  const first = (await buy(buyer, orderIn(world, 1200))).json;
  assert.deepEqual([first.total.minor, first.shipping.minor, first.buyer.address.includes('中山路1号')], [21100, 1200, true]);
  const quote = await quoteOf(buyer, world);
  assert.deepEqual([quote.options[0].shipping.minor, quote.options[0].joins_parcel], [0, true]);
  assert.equal((await quoteOf(await device(), world)).options[0].shipping.minor, 1200);
  const elsewhere = await quoteOf(buyer, world, 1, { ...kBuyer, name: 'Somebody else' });
  assert.equal(elsewhere.options[0].shipping.minor, 1200, 'to another recipient it is another parcel');
  const second = (await buy(buyer, orderIn(world, 0))).json;
  const parcel = await parcelOf(first.number);
  assert.deepEqual(parcel.orders.map(({ number }) => number), [first.number, second.number]);
  assert.deepEqual([parcel.weight_g, parcel.shipping_paid.minor], [600, 1200]);
});

test('the postage that goes back with a cancelled order is told on the box in which others still lie', async () => {
  const buyer = await device();
  const [first, second] = [(await buy(buyer, orderIn(world, 1200))).json, (await buy(buyer, orderIn(world, 0))).json];
  const [{ id }] = (await parcelOf(first.number)).orders;
  assert.deepEqual((await parcelOf(second.number)).postage_left, []);
  await buyer.expect(200, 'POST', `/orders/${first.token}/cancel`);
  const parcel = await parcelOf(second.number);
  assert.deepEqual(parcel.orders.map(({ number }) => number), [second.number]);
  assert.deepEqual([parcel.shipping_paid.minor, parcel.postage_left],
    [0, [{ order_id: id, order_number: first.number, shipping: { minor: 1200, currency: 'CNY' } }]]);
  const next = await quoteOf(buyer, world);
  assert.deepEqual([next.options[0].shipping.minor, next.options[0].joins_parcel], [1200, true], 'who joins next pays for the box');
});

test('packing a parcel packs its orders; opening it again opens them; tracking reaches the buyer', async () => {
  await seller.expect(200, 'PUT', `/shops/${shop.id}/shipping/carriers`, { name: 'SF Express', tracking_template: 'https://sf.example/{number}' });
  const buyer = await device();
  const orders = [(await buy(buyer, orderIn(world, 1200))).json, (await buy(buyer, orderIn(world, 0))).json];
  const read = async () => Promise.all(orders.map(({ token }) => buyer.expect(200, 'GET', `/orders/${token}`)));
  const parcel = await parcelOf(orders[0].number);
  await set(parcel, 'packed');
  assert.deepEqual((await read()).map(({ status }) => status), ['packed', 'packed']);
  await set(parcel, 'open');
  assert.deepEqual((await read()).map(({ status, history }) => [status, history.length]), [['placed', 1], ['placed', 1]]);
  await set(parcel, 'packed');
  const late = await quoteOf(buyer, world);
  assert.equal(late.options[0].shipping.minor, 1200, 'a packed parcel takes no more');
  const path = `/shops/${shop.id}/parcels/${parcel.id}/handover`;
  const faulty = await seller.expect(422, 'PUT', path, { tracking_number: 'SF1' });
  assert.deepEqual(faulty.errors.map((fault) => fault.path), ['/carrier']);
  await seller.expect(200, 'PUT', path, { carrier: 'SF Express', tracking_number: 'SF1' });
  await seller.expect(200, 'PUT', path, { carrier: 'SF Express', tracking_number: 'SF 2' });
  for (const { status, parcels: [one] } of await read()) {
    assert.deepEqual([status, one.state, one.tracking_number, one.tracking_url], ['handed_over', 'shipped', 'SF 2', 'https://sf.example/SF%202']);
  }
  await seller.expect(409, 'PUT', `/shops/${shop.id}/parcels/${parcel.id}/state`, { state: 'open' });
});

test('an order that is packed by itself takes its parcel along when it was the last', async () => {
  const buyer = await device();
  const numbers = [(await buy(buyer, orderIn(world, 1200))).json.number, (await buy(buyer, orderIn(world, 0))).json.number];
  const { orders } = await parcelOf(numbers[0]);
  const status = (id, value) => seller.expect(200, 'PUT', `/shops/${shop.id}/orders/${id}/status`, { status: value });
  await status(orders[0].id, 'packed');
  assert.equal((await parcelOf(numbers[0])).state, 'open');
  await status(orders[1].id, 'packed');
  assert.equal((await parcelOf(numbers[0])).state, 'packed');
  await status(orders[0].id, 'cancelled');
  assert.deepEqual((await parcelOf(numbers[1])).orders.map(({ number }) => number), [numbers[1]]);
  await status(orders[1].id, 'handed_over');
  assert.equal((await parcelOf(numbers[1])).state, 'shipped');
});

test('note and quantity are changed until it is packed; stock, shipping and total follow', async () => {
  const left = await stock();
  const buyer = await device();
  const { token, number } = (await buy(buyer, orderIn(world, 1200))).json;
  const change = (body) => buyer.patch(`/orders/${token}`, body);
  const lines = (quantity) => [{ product_id: product.id, quantity }];
  const total = (minor) => ({ minor, currency: 'CNY' });
  const guessed = await change({ lines: lines(4), expected_total: total(4 * 19900 + 1200) });
  assert.deepEqual([guessed.status, guessed.json.current_total_minor, guessed.json.current_shipping_minor], [409, 4 * 19900 + 1800, 1800]);
  assert.equal(await stock(), left - 1);
  const changed = await change({ lines: lines(4), note: 'Blue', expected_total: total(4 * 19900 + 1800) });
  assert.deepEqual([changed.status, changed.json.total.minor, changed.json.shipping.minor, changed.json.note, changed.json.lines[0].quantity],
    [200, 4 * 19900 + 1800, 1800, 'Blue', 4]);
  assert.equal(await stock(), left - 4);
  assert.equal((await parcelOf(number)).weight_g, 1200);
  const greedy = await change({ lines: lines(100), expected_total: total(1) });
  assert.deepEqual([greedy.status, greedy.json.type], [409, '/problems/sold-out']);
  assert.equal(await stock(), left - 4);
  assert.equal((await change({ lines: lines(1), expected_total: total(21100) })).status, 200);
  assert.equal(await stock(), left - 1);
  const foreign = await change({ lines: [{ product_id: '999999', quantity: 1 }], expected_total: total(21100) });
  assert.deepEqual(foreign.json.errors.map(({ path }) => path), ['/lines/0/product_id']);
  await set(await parcelOf(number), 'packed');
  assert.deepEqual((await change({ note: 'Late', expected_total: total(21100) })).json.type, '/problems/order-status-conflict');
});

test('a pick-up point of the shop is named on the order, and costs nothing', async () => {
  const { pickup_points: [point] } = await seller.expect(201, 'POST', `/shops/${shop.id}/shipping/pickup-points`, { name: 'Pier', address: 'Lake Road 1' });
  const buyer = await device();
  assert.deepEqual((await quoteOf(buyer, world)).pickup_points.map(({ id, name }) => [id, name]), [[point.id, 'Pier']]);
  const ask = { fulfilment: 'pickup', buyer: { name: 'Ana', phone: '12345' } };
  const order = (await buy(buyer, orderIn(world, 0, 1, { ...ask, pickup_point_id: point.id }))).json;
  assert.deepEqual([order.pickup, order.parcels, order.shipping.minor], ['Pier, Lake Road 1', [], 0]);
  const wrong = await buy(buyer, orderIn(world, 0, 1, { ...ask, pickup_point_id: '999999' }));
  assert.deepEqual(wrong.json.errors.map(({ path }) => path), ['/pickup_point_id']);
});

test('papers are printed as it sells, each once, in the language of the shop', async () => {
  const own = await openShippingShop(admin, { language: 'es' });
  const buyer = await device();
  await buy(buyer, orderIn(own, 1200));
  await buy(buyer, orderIn(own, 0, 1, { note: 'Sin caja' }));
  const slip = await print(own.seller, own.shop, { show_id: own.show.id });
  for (const words of ['Pearl necklace', '李安娜', '中山路1号', 'Sin caja', '12.00', '410.00']) assert.ok(slip.includes(words), `${words}\n${slip}`);
  const again = await own.seller.post(`/shops/${own.shop.id}/parcel-papers`, { show_id: own.show.id });
  assert.deepEqual([again.status, again.json.type], [422, '/problems/shipping-nothing-to-print']);
  await buy(await device(), orderIn(own, 1200));
  assert.equal((await print(own.seller, own.shop, {})).split('\f').filter((page) => page.trim()).length, 1, 'the next one alone');
  const labels = await print(own.seller, own.shop, { paper: 'label' });
  assert.equal(labels.split('\f').filter((page) => page.trim()).length, 2);
  await buy(buyer, orderIn(own, 0));
  const changed = await print(own.seller, own.shop, {});
  assert.match(changed, /597\.00|Pearl necklace/, 'what has changed is printed anew');
  const list = await print(own.seller, own.shop, { paper: 'pick_list', show_id: own.show.id });
  assert.match(list, /4\s+Pearl necklace\s+1 \(×3\), 2/);
});

test('goods come back once, and are on sale again when the seller says so', async () => {
  const buyer = await device();
  const order = (await buy(buyer, orderIn(world, 1800, 4))).json;
  const ask = (quantity, key = newKey()) => buyer.post(`/orders/${order.token}/returns`, { wish: 'refund', reason: 'late', note: 'Too late',
    lines: [{ product_id: product.id, quantity }] }, { headers: { 'idempotency-key': key } });
  assert.equal((await ask(1)).json.type, '/problems/order-status-conflict');
  const parcel = await parcelOf(order.number);
  await set(parcel, 'packed');
  await seller.expect(200, 'PUT', `/shops/${shop.id}/parcels/${parcel.id}/handover`, {});
  const key = newKey();
  const asked = await ask(3, key);
  assert.deepEqual([asked.status, asked.json.state, asked.json.goods.minor], [201, 'asked', 3 * 19900]);
  assert.equal((await ask(3, key)).json.id, asked.json.id);
  assert.equal((await ask(2)).json.type, '/problems/return-exceeds-order');
  const decide = (body) => seller.put(`/shops/${shop.id}/returns/${asked.json.id}/state`, body);
  assert.equal((await decide({ state: 'received' })).json.type, '/problems/return-state-conflict');
  assert.equal((await decide({ state: 'refused' })).status, 422, 'a refusal says why');
  assert.equal((await decide({ state: 'refunded' })).status, 422, 'a refund says how much');
  await decide({ state: 'approved' });
  const left = await stock();
  await decide({ state: 'received', restock: true });
  await decide({ state: 'received', restock: true });
  assert.equal(await stock(), left + 3);
  const { returns } = await buyer.expect(200, 'GET', `/orders/${order.token}`);
  assert.deepEqual(returns.map(({ state }) => state), ['received']);

  assert.equal((await decide({ state: 'refunded', amount_minor: order.total.minor + 1 })).json.type, '/problems/refund-too-large');
  for (const time of ['once', 'again']) {
    const ended = await decide({ state: 'refunded', amount_minor: 2 * 19900 });
    assert.deepEqual([ended.status, ended.json.state, ended.json.refund.minor], [200, 'refunded', 2 * 19900], time);
  }
  assert.equal((await decide({ state: 'refunded', amount_minor: 19900 })).json.type, '/problems/return-state-conflict');
  const { payment } = await buyer.expect(200, 'GET', `/orders/${order.token}`);
  assert.equal(payment.refunded.minor, 2 * 19900, 'once');
  assert.equal(await stock(), left + 3, 'the goods were put on sale when they came');
});

test('zones are refused as a whole, and a place belongs to one', async () => {
  const create = (zone) => seller.post(`${world.path}/zones`, zone);
  assert.equal((await create(kZone)).json.type, '/problems/shipping-place-taken');
  const falling = { ...kZone, places: [{ country: 'JP' }], rates: [{ ...kZone.rates[0], brackets: [{ up_to: 10, price_minor: 2 }, { up_to: 20, price_minor: 1 }] }] };
  assert.equal((await create(falling)).json.type, '/problems/invalid-field');
  assert.deepEqual((await create({ ...falling, rates: [{ ...kZone.rates[0], kind: 'moon' }] })).json.errors.map(({ path }) => path), ['/rates/0/kind']);
  assert.deepEqual((await seller.expect(200, 'GET', world.path)).zones.length, 3);
});
