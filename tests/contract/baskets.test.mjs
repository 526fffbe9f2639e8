// Goods of several shops in one show, bought together: all of them or none.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { liveShow, newDevice, newKey, newProduct, openHouse } from '../lib/house.mjs';

let house, pearls, tea, show;
before(async () => {
  house = await openHouse();
  pearls = await newProduct(house.seller, house.shop.id, { stock: 20 });
  tea = await newProduct(house.stranger, house.otherShop.id, { title: 'Tea', price: { minor: 9000, currency: 'MXN' }, stock: 20 });
  show = await liveShow(house.manager, house.shop.id, [pearls, tea]);
});
after(() => house?.server.remove());

const problemOf = (answer) => [answer.status, answer.json.type];
const of = (product, quantity = 1) => ({ shop_id: product.shop_id, lines: [{ product_id: product.id, quantity }], fulfilment: 'delivery',
  expected_total: { ...product.price, minor: product.price.minor * quantity } });
const basketOf = (orders) => ({ show_id: show.id, orders,
  buyer: { name: 'Ana Li', phone: '+52 473 100 2000', address: 'Calle Uno 1', country: 'MX' } });
const place = (device, basket, key = newKey()) => device.post('/baskets', basket, { headers: { 'idempotency-key': key } });
const stockOf = async (product) => (await house.visitor.expect(200, 'GET', `/products/${product.id}`)).stock;

test('a show tells the shops whose goods it shows', async () => {
  const shown = await house.visitor.expect(200, 'GET', `/shows/${show.id}`);
  assert.deepEqual(shown.guest_shops.map((shop) => shop.id), [house.otherShop.id]);
  const own = await liveShow(house.seller, house.shop.id, [pearls]);
  assert.equal((await house.visitor.expect(200, 'GET', `/shows/${own.id}`)).guest_shops, undefined);
});

test('who does not speak for a shop does not show its goods', async () => {
  const answer = await house.seller.post(`/shops/${house.shop.id}/shows`, { title: 'T', starts_at: '2030-01-02T03:04:05Z', product_ids: [pearls.id, tea.id] });
  assert.deepEqual([...problemOf(answer), answer.json.errors[0].path], [422, '/problems/invalid-field', '/product_ids/1']);
});

test('each shop gets its order, each with its own money and parcel, and sees no other', async () => {
  const device = await newDevice(house.server.url, 'Ana');
  const key = newKey();
  const basket = basketOf([of(pearls, 2), of(tea)]);
  const answer = await place(device, basket, key);
  assert.equal(answer.status, 201);
  const [first, second] = answer.json.orders;
  assert.deepEqual([first.shop_id, second.shop_id, first.total.currency, second.total.currency], [house.shop.id, house.otherShop.id, 'CNY', 'MXN']);
  const again = await place(device, basket, key);
  assert.deepEqual(again.json.orders.map((order) => order.token), [first.token, second.token]);
  assert.deepEqual(problemOf(await place(device, basketOf([of(pearls)]), key)), [422, '/problems/idempotency-key-reused']);
  const ofShop = async (seller, shop) => (await seller.expect(200, 'GET', `/shops/${shop.id}/orders?show_id=${show.id}`)).items.map((one) => one.number);
  assert.deepEqual(await ofShop(house.seller, house.shop), [first.number]);
  assert.deepEqual(await ofShop(house.stranger, house.otherShop), [second.number]);
  assert.equal((await house.stranger.get(`/shows/${show.id}/earnings`)).status, 403);
  const { currency } = await house.stranger.expect(200, 'GET', `/shows/${show.id}/earnings?shop_id=${house.otherShop.id}`);
  assert.equal(currency, 'MXN');
  const parcels = (await house.stranger.expect(200, 'GET', `/shops/${house.otherShop.id}/parcels?show_id=${show.id}`)).items;
  assert.deepEqual(parcels.map((parcel) => parcel.orders.map((order) => order.number)), [[second.number]]);
});

test('one that is refused refuses all, and says which', async () => {
  const device = await newDevice(house.server.url, 'Bo');
  const before = [await stockOf(pearls), await stockOf(tea)];
  const greedy = await place(device, basketOf([of(pearls), of(tea, 50)]));
  assert.deepEqual([...problemOf(greedy), greedy.json.order, greedy.json.product_id], [409, '/problems/sold-out', 1, Number(tea.id)]);
  const odd = await place(device, basketOf([of(pearls), { ...of(tea), lines: [{ product_id: tea.id, quantity: 0 }] }]));
  assert.deepEqual([...problemOf(odd), odd.json.errors[0].path], [422, '/problems/invalid-field', '/orders/1/lines/0/quantity']);
  const twice = await place(device, basketOf([of(pearls), of(pearls)]));
  assert.equal(twice.json.errors[0].path, '/orders/1/shop_id');
  assert.deepEqual([await stockOf(pearls), await stockOf(tea)], before);
});

test('forty buyers at once get whole baskets and no more than there is', async () => {
  const rare = await newProduct(house.seller, house.shop.id, { stock: 7 });
  const leaves = await newProduct(house.stranger, house.otherShop.id, { title: 'Leaves', price: { minor: 100, currency: 'MXN' }, stock: 9 });
  const fair = await liveShow(house.manager, house.shop.id, [rare, leaves]);
  const devices = await Promise.all(Array.from({ length: 40 }, (_, i) => newDevice(house.server.url, `B${i}`)));
  const answers = await Promise.all(devices.map((device, i) =>
    place(device, { ...basketOf(i % 2 ? [of(rare), of(leaves)] : [of(leaves), of(rare)]), show_id: fair.id })));
  assert.deepEqual([answers.filter((one) => one.status === 201).length, answers.filter((one) => one.status === 409).length], [7, 33]);
  assert.deepEqual([await stockOf(rare), await stockOf(leaves)], [0, 2]);
});
