// Flash deals as hosts announce them, rooms tell them and buyers pay them; on PostgreSQL by two servers that share a
// database.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { announce, dealIn, dealOf, kDealPrice, runningDeal } from '../lib/deals.mjs';
import { buy, liveShow, newDevice, newProduct, openHouse, orderOf } from '../lib/house.mjs';
import { kInPostgres } from '../lib/postgres.mjs';
import { Server } from '../lib/server.mjs';
import { Room } from '../lib/websocket.mjs';

const kManyConnections = ['--server-connections-per-address-max', '4000'];
let house, servers, product, show;
const rooms = [];

before(async () => {
  house = await openHouse({ args: kManyConnections });
  servers = [house.server];
  if (kInPostgres) servers.push(await Server.start({ beside: house.server, args: kManyConnections }));
});
after(() => {
  for (const room of rooms) room.drop();
  return Promise.all((servers ?? []).map((server) => server.remove()));
});
beforeEach(async () => {
  product = await newProduct(house.seller, house.shop.id, { stock: 5 });
  show = await liveShow(house.seller, house.shop.id, [product]);
});

const guest = (name = 'Bo') => newDevice(house.server.url, name);
const at = (price, quantity = 1) => orderOf(product, { show_id: show.id, lines: [{ product_id: product.id, quantity }],
  expected_total: { ...price, minor: price.minor * quantity } });
const hold = async (device, quantity = 1) => (await device.expect(201, 'POST', '/device/holds', { product_id: product.id, show_id: show.id, quantity })).hold;
const withdraw = (deal) => house.seller.expect(200, 'DELETE', `/shows/${show.id}/deals/${deal.id}`);
const enter = async () => {
  const room = await Room.join(await guest(), show.id);
  rooms.push(room);
  return room;
};

test('a deal is announced to the room, and bought at its price from its start on', async () => {
  const room = await enter();
  const deal = await announce(house.seller, show, product);
  assert.deepEqual([deal.state, deal.left, Date.parse(deal.starts_at) - Date.parse(deal.announced_at)], ['announced', 2, 3000]);
  const told = await room.event('deal_announced');
  assert.deepEqual([told.deal.deal_id, told.deal.price, told.deal.starts_at, told.deal.ends_at], [deal.id, kDealPrice, deal.starts_at, deal.ends_at]);
  const [ana, bo] = [await guest('Ana'), await guest('Bo')];
  const early = await buy(ana, at(kDealPrice));
  assert.deepEqual([early.status, early.json.type, early.json.current_total_minor], [409, '/problems/price-changed', product.price.minor]);
  await dealIn(house.visitor, show, deal, 'running');
  const sold = await buy(ana, at(kDealPrice));
  assert.deepEqual([sold.status, sold.json.lines[0].unit_price, sold.json.total], [201, kDealPrice, kDealPrice]);
  await room.until(() => room.state.deals?.[deal.id] === 1, 'one unit left at its price');
  const limited = await buy(ana, at(kDealPrice));
  assert.deepEqual([limited.json.type, limited.json.current_total_minor], ['/problems/deal-limit', product.price.minor]);
  assert.equal((await buy(bo, at(kDealPrice))).status, 201);
  const late = await buy(await guest(), at(kDealPrice));
  assert.deepEqual([late.json.type, late.json.current_total_minor], ['/problems/deal-sold-out', product.price.minor]);
  assert.equal((await buy(await guest(), at(product.price))).status, 201);
  assert.equal((await house.visitor.expect(200, 'GET', `/shows/${show.id}/deals`)).items[0].state, 'sold_out');
});

test('what is held under a deal keeps its price when the host ends it', async () => {
  const room = await enter();
  const deal = await runningDeal(house.seller, show, product);
  const [ana, bo] = [await guest('Ana'), await guest('Bo')];
  const held = await hold(ana);
  assert.deepEqual([held.deal_id, held.price], [deal.id, kDealPrice]);
  assert.deepEqual([(await withdraw(deal)).state, (await withdraw(deal)).state], ['withdrawn', 'withdrawn']);
  const ended = await room.event('deal_ended');
  assert.deepEqual([ended.deal_id, ended.product_id, ended.reason], [deal.id, product.id, 'withdrawn']);
  assert.equal((await buy(bo, at(kDealPrice))).json.type, '/problems/price-changed');
  const sold = await buy(ana, at(kDealPrice));
  assert.deepEqual([sold.status, sold.json.total], [201, kDealPrice]);
});

test('a hold that is given back gives its unit back to the deal', async () => {
  const deal = await runningDeal(house.seller, show, product, { units: 1 });
  const [ana, bo] = [await guest('Ana'), await guest('Bo')];
  const held = await hold(ana);
  assert.equal((await hold(bo)).price, undefined);
  await dealIn(house.visitor, show, deal, 'sold_out');
  await ana.expect(204, 'DELETE', `/device/holds/${held.id}`);
  assert.deepEqual((await hold(bo)).price, kDealPrice);
});

test('who comes later is told of the deals that have not ended, and of the time', async () => {
  const deal = await runningDeal(house.seller, show, product);
  const room = await enter();
  assert.deepEqual(room.snapshot.deals.map(({ deal_id, left }) => [deal_id, left]), [[deal.id, 2]]);
  assert.ok(Date.parse(room.snapshot.now) >= Date.parse(deal.starts_at));
  await withdraw(deal);
  await room.event('deal_ended');
  assert.equal((await enter()).snapshot.deals, undefined);
});

test('there is one deal of a product at a time, and none in a show that is over', async () => {
  await announce(house.seller, show, product);
  assert.equal((await house.seller.expect(409, 'POST', `/shows/${show.id}/deals`, dealOf(product))).type, '/problems/deal-exists');
  const room = await enter();
  await house.seller.expect(200, 'POST', `/shows/${show.id}/end`);
  assert.equal((await room.event('deal_ended')).reason, 'withdrawn');
  assert.equal((await house.seller.expect(409, 'POST', `/shows/${show.id}/deals`, dealOf(product))).type, '/problems/show-status-conflict');
});

test('two deeds of a deal are in the audit', async () => {
  const deal = await announce(house.seller, show, product);
  await withdraw(deal);
  const { items } = await house.admin.expect(200, 'GET', '/audit?limit=2');
  assert.deepEqual(items.map(({ action, subject, detail }) => [action, subject, detail]),
    [['deal-withdrawn', `deal/${deal.id}`, `product/${product.id}`], ['deal-announced', `deal/${deal.id}`, `product/${product.id}`]]);
});

test('twenty on deal of fifty, two hundred buyers at once', async () => {
  product = await newProduct(house.seller, house.shop.id, { stock: 50 });
  show = await liveShow(house.seller, house.shop.id, [product]);
  const crowd = await Promise.all(Array.from({ length: 200 }, (_, i) => newDevice(servers[i % servers.length].url, `Buyer ${i}`)));
  const deal = await runningDeal(house.seller, show, product, { units: 20, units_per_buyer_max: 1 });
  const atDeal = await Promise.all(crowd.map((device) => buy(device, at(kDealPrice))));
  const placed = atDeal.filter(({ status }) => status === 201);
  assert.equal(placed.length, 20);
  assert.deepEqual([...new Set(placed.map(({ json }) => json.total.minor))], [kDealPrice.minor]);
  assert.deepEqual([...new Set(atDeal.filter(({ status }) => status !== 201).map(({ status, json }) => `${status} ${json.type}`))], ['409 /problems/deal-sold-out']);
  const again = await Promise.all(crowd.map((device) => buy(device, at(product.price))));
  assert.equal(again.filter(({ status }) => status === 201).length, 30);
  assert.deepEqual([...new Set(again.filter(({ status }) => status !== 201).map(({ json }) => json.type))], ['/problems/sold-out']);
  const { items: [seen] } = await house.visitor.expect(200, 'GET', `/shows/${show.id}/deals`);
  assert.deepEqual([seen.id, seen.left, seen.state], [deal.id, 0, 'sold_out']);
  assert.equal((await house.visitor.expect(200, 'GET', `/products/${product.id}`)).stock, 0);
});

test('no buyer gets more of a deal than the limit, however often the button is tapped', async () => {
  await runningDeal(house.seller, show, product, { units: 5, units_per_buyer_max: 2 });
  const ana = await guest('Ana');
  const taps = await Promise.all(Array.from({ length: 20 }, (_, i) => buy(ana.elsewhere(servers[i % servers.length].url), at(kDealPrice))));
  assert.equal(taps.filter(({ status }) => status === 201).length, 2);
  assert.deepEqual([...new Set(taps.filter(({ status }) => status !== 201).map(({ json }) => json.type))], ['/problems/deal-limit']);
});
