// Holding, waiting in line and the order of claims, as buyers and hosts meet them.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { brokenAt } from '../lib/claim_log.mjs';
import { buy, liveShow, newDevice, newProduct, openHouse, orderOf } from '../lib/house.mjs';
import { Room } from '../lib/websocket.mjs';

let house, product, show;
const rooms = [];

before(async () => { house = await openHouse(); });
after(() => {
  for (const room of rooms) room.drop();
  return house?.server.remove();
});
beforeEach(async () => {
  product = await newProduct(house.seller, house.shop.id, { stock: 2 });
  show = await liveShow(house.seller, house.shop.id, [product]);
});

const guest = (name = 'Bo') => newDevice(house.server.url, name);
const wish = (more) => ({ product_id: product.id, show_id: show.id, ...more });
const hold = (device, more) => device.expect(201, 'POST', '/device/holds', wish(more));
const refusedHold = (device, more) => device.expect(409, 'POST', '/device/holds', wish(more));
const mine = (device, query = '') => device.expect(200, 'GET', `/device/holds${query}`);
const limit = (json) => house.seller.expect(200, 'PUT', `/shows/${show.id}/products/${product.id}/limit`, json);
const enter = async (client) => {
  const room = await Room.join(client, show.id);
  rooms.push(room);
  return room;
};

test("a hold runs three minutes on the server's clock and is bought with its place", async () => {
  const ana = await guest('Ana');
  const { hold: held, available, now } = await hold(ana);
  const left_ms = Date.parse(held.expires_at) - Date.parse(now);
  assert.ok(left_ms > 179_000 && left_ms <= 180_000, `${left_ms} ms`);
  assert.deepEqual([held.quantity, held.place, held.offered, available], [1, 1, false, 1]);
  assert.equal((await hold(ana)).hold.id, held.id, 'tapped twice is one');
  const two = (await hold(ana, { quantity: 2 })).hold;
  assert.deepEqual([two.quantity, two.expires_at], [2, held.expires_at], 'another quantity extends nothing');
  const order = orderOf(product, { show_id: show.id, lines: [{ product_id: product.id, quantity: 2 }],
    expected_total: { ...product.price, minor: 2 * product.price.minor } });
  assert.equal((await buy(ana, order)).status, 201);
  assert.deepEqual((await mine(ana)).holds, []);
  assert.equal((await ana.expect(409, 'DELETE', `/device/holds/${two.id}`)).type, '/problems/hold-confirmed');
});

test('who comes too late is told the place, waits, hears of the offer and buys it', async () => {
  const [ana, bo, cai] = [await guest('Ana'), await guest('Bo'), await guest('Cai')];
  const { hold: held } = await hold(ana, { quantity: 2 });
  const late = await refusedHold(bo);
  assert.deepEqual([late.type, late.available, late.place, late.waiting], ['/problems/sold-out', 0, 2, 0]);
  const wait = await bo.expect(201, 'POST', '/device/waits', wish());
  assert.equal(wait.place, 1);
  assert.equal((await refusedHold(cai)).waiting, 1);
  const second = await cai.expect(201, 'POST', '/device/waits', wish({ quantity: 2 }));
  assert.equal(second.place, 2);
  assert.equal((await cai.expect(201, 'POST', '/device/waits', wish({ quantity: 2 }))).id, second.id, 'one place a device');

  const room = await enter(bo);
  await ana.expect(204, 'DELETE', `/device/holds/${held.id}`);
  await ana.expect(204, 'DELETE', `/device/holds/${held.id}`);
  const offered = await room.event('offered');
  assert.deepEqual([offered.product_id, offered.wait_id], [product.id, wait.id]);
  const { holds: [offer], waits, now } = await mine(bo, `?show_id=${show.id}`);
  assert.deepEqual([offer.product_id, offer.offered, waits], [product.id, true, []]);
  assert.ok(Date.parse(offer.expires_at) - Date.parse(now) > 290_000);
  assert.equal((await mine(cai)).waits[0].place, 1, 'who wants two moved up');
  await room.until(() => room.state.stock?.[product.id] === 1, 'one left');
  assert.equal((await buy(bo, orderOf(product, { show_id: show.id }))).status, 201);
  await cai.expect(204, 'DELETE', `/device/waits/${second.id}`);
  assert.deepEqual((await mine(cai)).waits, []);
});

test("nobody touches another's hold or wait", async () => {
  const [ana, bo] = [await guest('Ana'), await guest('Bo')];
  const { hold: held } = await hold(ana, { quantity: 2 });
  const wait = await bo.expect(201, 'POST', '/device/waits', wish());
  assert.equal((await bo.expect(404, 'DELETE', `/device/holds/${held.id}`)).type, '/problems/claim-not-found');
  assert.equal((await ana.expect(404, 'DELETE', `/device/waits/${wait.id}`)).type, '/problems/wait-not-found');
  assert.deepEqual((await mine(bo)).holds, []);
  assert.equal((await ana.expect(409, 'POST', '/device/waits', { product_id: (await newProduct(house.seller, house.shop.id)).id })).type, '/problems/not-sold-out');
});

test('limits are set by the host, told to the buyer, and named when they are reached', async () => {
  const [ana, bo] = [await guest('Ana'), await guest('Bo')];
  assert.deepEqual(await limit({ units_max: 1, units_per_buyer_max: 1 }),
    { product_id: product.id, taken: 0, held: 0, waiting: 0, units_max: 1, units_per_buyer_max: 1 });
  assert.equal((await hold(ana)).hold.units_per_buyer_max, 1);
  const most = await refusedHold(bo);
  assert.deepEqual([most.type, most.available], ['/problems/show-limit', 0]);
  await limit({ units_per_buyer_max: 1 });
  const each = await refusedHold(ana, { quantity: 2 });
  assert.deepEqual([each.type, each.units_per_buyer_max], ['/problems/buyer-limit', 1]);
  await hold(bo);
  const { items } = await house.visitor.expect(200, 'GET', `/shows/${show.id}/stock`);
  assert.deepEqual(items, [{ product_id: product.id, taken: 2, held: 2, waiting: 0, units_per_buyer_max: 1 }]);
});

test('the order of claims is a chain that anybody can check, without names', async () => {
  const [ana, bo] = [await guest('Ana'), await guest('Bo')];
  await house.seller.expect(200, 'PUT', `/shows/${show.id}/pin`, { product_id: product.id });
  const { hold: first } = await hold(ana);
  const { hold: second } = await hold(bo);
  await ana.expect(204, 'DELETE', `/device/holds/${first.id}`);
  await buy(bo, orderOf(product, { show_id: show.id }));
  const { items, next_after } = await house.visitor.expect(200, 'GET', `/shows/${show.id}/claims`);
  assert.equal(next_after, undefined);
  assert.deepEqual(items.map(({ what, place }) => [what, place]),
    [['held', 1], ['held', 2], ['released', undefined], ['confirmed', undefined]]);
  assert.deepEqual(items.map(({ mark }) => mark), [first.mark, second.mark, first.mark, second.mark]);
  assert.equal(items[0].after_ms, first.after_ms);
  assert.equal(items[1].after_ms, second.after_ms);
  assert.ok(first.after_ms >= 0 && first.after_ms < 60_000);
  assert.equal(brokenAt(show.id, items), undefined);
  items[1].quantity += 1;
  assert.equal(brokenAt(show.id, items), 2, 'what was changed is seen');
  items[1].quantity -= 1;
  const rest = await house.visitor.expect(200, 'GET', `/shows/${show.id}/claims?after=2`);
  assert.deepEqual(rest.items, items.slice(2));
});

test('one device holds twenty products and taps only so often', async () => {
  const ana = await guest('Ana');
  const goods = await Promise.all(Array.from({ length: 21 }, () => newProduct(house.seller, house.shop.id, { stock: 1 })));
  const gone = await newProduct(house.seller, house.shop.id, { stock: 0 });
  for (const { id } of goods.slice(0, 20)) await ana.expect(201, 'POST', '/device/holds', { product_id: id });
  const refused = await ana.expect(409, 'POST', '/device/holds', { product_id: goods[20].id });
  assert.equal(refused.type, '/problems/too-many-holds');
  assert.equal((await mine(ana)).holds.length, 20);
  let answer;
  for (let taps = 0; taps < 60 && answer?.status !== 429; taps += 1) answer = await ana.post('/device/waits', { product_id: gone.id });
  assert.deepEqual([answer.status, answer.json.type], [429, '/problems/holds-too-often']);
  assert.ok(Number(answer.headers['retry-after']) >= 1);
});
