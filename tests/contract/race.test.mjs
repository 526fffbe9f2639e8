// Nothing is sold twice and nothing sold is lost: not in a rush, not when the server is killed in the middle.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buy, liveShow, newDevice, newKey, newProduct, openHouse, orderOf } from '../lib/house.mjs';
import { Room } from '../lib/websocket.mjs';

let house;

before(async () => { house = await openHouse(); });
after(() => house?.server.remove());

const ordersOf = async (show) => (await house.seller.expect(200, 'GET', `/shops/${house.shop.id}/orders?show_id=${show.id}&limit=100`)).items;
const stockOf = async (product) => (await house.visitor.expect(200, 'GET', `/products/${product.id}`)).stock;
const devices = (count) => Promise.all(Array.from({ length: count }, (_, i) => newDevice(house.server.url, `Buyer ${i + 1}`)));
const oneTo = (count) => Array.from({ length: count }, (_, i) => i + 1);

// A buyer's device, the order it wants, and the key under which it wants it.
const rush = async (count, wanted) => (await devices(count)).map((device) => ({ device, wanted, key: newKey() }));
const ask = ({ device, wanted, key }) => buy(device, wanted, key);

async function assertSold(show, product, count, left) {
  const orders = await ordersOf(show);
  assert.deepEqual(orders.map((o) => o.number).sort((a, b) => a - b), oneTo(count));
  assert.ok(orders.every((o) => o.status === 'placed' && o.total.minor === product.price.minor));
  assert.equal(await stockOf(product), left);
  assert.equal((await house.visitor.expect(200, 'GET', `/shows/${show.id}`)).sold_count, count);
}

test('thirteen want twelve: twelve get one, one is told, and a killed server knows it all', async () => {
  const { seller, shop, server } = house;
  const product = await newProduct(seller, shop.id);
  const show = await liveShow(seller, shop.id, [product]);
  await seller.expect(200, 'PUT', `/shows/${show.id}/pin`, { product_id: product.id });
  const desk = await Room.join(seller, show.id);
  const buyers = await rush(13, orderOf(product, { show_id: show.id }));
  const answers = await Promise.all(buyers.map(ask));

  const placed = answers.filter((a) => a.status === 201);
  const refused = answers.filter((a) => a.status !== 201);
  assert.equal(placed.length, 12);
  assert.deepEqual(refused.map((a) => [a.status, a.json.type, a.json.available]), [[409, '/problems/sold-out', 0]]);
  assert.equal(new Set(placed.map((a) => a.json.token)).size, 12);
  await assertSold(show, product, 12, 0);
  await desk.until(() => desk.state.sold === 12 && desk.state.stock?.[product.id] === 0, 'twelve sold, none left');
  const told = desk.events.filter((e) => e.type === 'sold');
  assert.deepEqual(told.map((e) => e.number).sort((a, b) => a - b), oneTo(12));

  await server.kill();
  await server.startAgain();
  await assertSold(show, product, 12, 0);
  // Who asks again gets the answer that was given, byte for byte; who got none gets none.
  const again = await Promise.all(buyers.map(ask));
  assert.deepEqual(again.map((a) => [a.status, a.json]), answers.map((a) => [a.status, a.json]));
  for (const { json } of placed) assert.deepEqual(await house.visitor.expect(200, 'GET', `/orders/${json.token}`), json);
  await assertSold(show, product, 12, 0);
  const back = await Room.join(seller, show.id, { since: desk.seq, epoch: desk.snapshot.epoch });
  assert.notEqual(back.snapshot.epoch, desk.snapshot.epoch);
  assert.deepEqual([back.snapshot.pinned.product_id, back.snapshot.pinned.available, back.state.sold], [product.id, 0, 12]);
  back.drop();
});

test('killed in the middle of a rush: what was answered is kept, and asking again completes the rest once', async () => {
  const { seller, shop, server } = house;
  const product = await newProduct(seller, shop.id, { stock: 100 });
  const show = await liveShow(seller, shop.id, [product]);
  const buyers = await rush(40, orderOf(product, { show_id: show.id }));
  const answered = new Map();
  let killed;
  const asked = buyers.map(async (buyer) => {
    const answer = await ask(buyer);
    assert.equal(answer.status, 201);
    answered.set(buyer, answer.json);
    if (answered.size === 5) killed = server.kill();
  });
  const ends = await Promise.allSettled(asked);
  await killed;
  assert.deepEqual(ends.filter((e) => e.reason instanceof assert.AssertionError).map((e) => e.reason.message), []);
  assert.ok(answered.size >= 5);

  await server.startAgain();
  const kept = await ordersOf(show);
  assert.ok(kept.length >= answered.size, `${answered.size} were answered, ${kept.length} are kept`);
  assert.equal(await stockOf(product), 100 - kept.length);
  for (const buyer of buyers) {
    const answer = await ask(buyer);
    assert.equal(answer.status, 201);
    if (answered.has(buyer)) assert.deepEqual(answer.json, answered.get(buyer));
  }
  await assertSold(show, product, 40, 60);
});

test('one buyer who taps a hundred times buys once', async () => {
  const { seller, shop } = house;
  const product = await newProduct(seller, shop.id);
  const show = await liveShow(seller, shop.id, [product]);
  const [buyer] = await rush(1, orderOf(product, { show_id: show.id }));
  const answers = await Promise.all(Array.from({ length: 100 }, () => ask(buyer)));
  const kinds = new Set(answers.map((a) => (a.status === 201 ? a.json.token : a.json.type)));
  kinds.delete('/problems/request-in-flight');
  assert.equal(kinds.size, 1);
  await assertSold(show, product, 1, 11);
});

test('the last one, wanted by orders of two lines, leaves no half an order', async () => {
  const { seller, shop } = house;
  const [last, plenty] = [await newProduct(seller, shop.id, { stock: 1 }), await newProduct(seller, shop.id, { stock: 50 })];
  const show = await liveShow(seller, shop.id, [last, plenty]);
  const both = orderOf(plenty, { show_id: show.id, lines: [plenty, last].map((p) => ({ product_id: p.id, quantity: 1 })),
    expected_total: { minor: plenty.price.minor + last.price.minor, currency: 'CNY' } });
  const answers = await Promise.all((await rush(8, both)).map(ask));
  assert.deepEqual(answers.map((a) => a.status).sort(), [201, ...Array(7).fill(409)]);
  assert.ok(answers.every((a) => a.status === 201 || a.json.type === '/problems/sold-out'));
  assert.deepEqual([await stockOf(last), await stockOf(plenty), (await ordersOf(show)).length], [0, 49, 1]);
});
