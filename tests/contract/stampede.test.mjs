// Everyone taps at once. Nobody is sold what is not there, nobody is told "sold out" while some are left, and what the
// rooms hear is what was sold; on PostgreSQL by two servers that share a database.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buy, liveShow, newDevice, newKey, newProduct, openHouse, orderOf } from '../lib/house.mjs';
import { kInPostgres } from '../lib/postgres.mjs';
import { Server } from '../lib/server.mjs';
import { Room } from '../lib/websocket.mjs';

const kManyConnections = ['--server-connections-per-address-max', '4000'];

let house;
let servers;

before(async () => {
  house = await openHouse({ args: kManyConnections });
  servers = [house.server];
  if (kInPostgres) servers.push(await Server.start({ beside: house.server, args: kManyConnections }));
});
after(() => Promise.all((servers ?? []).map((server) => server.remove())));

const oneTo = (count) => Array.from({ length: count }, (_, i) => i + 1);
const devices = (count) => Promise.all(oneTo(count).map((i) => newDevice(servers[i % servers.length].url, `Buyer ${i}`)));
const stockOf = async (product) => (await house.visitor.expect(200, 'GET', `/products/${product.id}`)).stock;

async function ordersOf(show) {
  const orders = [];
  for (let cursor = ''; cursor !== undefined;) {
    const page = await house.seller.expect(200, 'GET', `/shops/${house.shop.id}/orders?show_id=${show.id}&limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    orders.push(...page.items);
    cursor = page.next_cursor ?? undefined;
  }
  return orders;
}

async function stampede(stock, buyers) {
  const { seller, shop } = house;
  const product = await newProduct(seller, shop.id, { stock });
  const show = await liveShow(seller, shop.id, [product]);
  const rooms = await Promise.all(servers.map(async (server) => Room.join(await newDevice(server.url), show.id)));
  const crowd = await devices(buyers);
  const order = orderOf(product, { show_id: show.id });
  const answers = await Promise.all(crowd.map((device) => buy(device, order)));

  const placed = answers.filter((a) => a.status === 201);
  const refused = answers.filter((a) => a.status !== 201);
  assert.equal(placed.length, stock);
  assert.deepEqual([...new Set(refused.map((a) => `${a.status} ${a.json.type} ${a.json.available}`))], ['409 /problems/sold-out 0']);
  const orders = await ordersOf(show);
  for (const told of [orders, placed.map((a) => a.json)]) {
    assert.deepEqual(told.map((order) => order.number).sort((a, b) => a - b), oneTo(stock));
  }
  assert.equal(await stockOf(product), 0);
  for (const room of rooms) {
    await room.until(() => room.state.sold === stock && room.state.stock?.[product.id] === 0, 'all sold, none left');
    assert.deepEqual(room.events.filter((e) => e.type === 'sold').map((e) => e.number), oneTo(stock));
    room.drop();
  }
}

test('twenty pieces, five hundred buyers at once', () => stampede(20, 500));

test('one piece, two hundred buyers at once, ten times', async () => {
  for (let round = 0; round < 10; round += 1) await stampede(1, 200);
});

test('one intent that reaches every server at once is one order', async () => {
  const { seller, shop } = house;
  const product = await newProduct(seller, shop.id);
  const show = await liveShow(seller, shop.id, [product]);
  const device = await newDevice(servers[0].url, 'Ana');
  const key = newKey();
  const order = orderOf(product, { show_id: show.id });
  const answers = await Promise.all(oneTo(100).map((i) => buy(device.elsewhere(servers[i % servers.length].url), order, key)));
  const kinds = new Set(answers.map((a) => (a.status === 201 ? a.json.token : a.json.type)));
  kinds.delete('/problems/request-in-flight');
  assert.equal(kinds.size, 1);
  assert.equal((await ordersOf(show)).length, 1);
  assert.equal(await stockOf(product), 11);
});
