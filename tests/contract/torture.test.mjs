// The server is killed at random moments of a rush, again and again on the same data. What was answered is kept, what
// was not is done once when it is asked again, nothing is sold that is not there, and the books balance and know just
// what was handed over for cash.
//   GEILI_TORTURE_POINTS: how often (./dev torture has 1,000); GEILI_TORTURE_SEED: to repeat a run.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { buy, liveShow, newDevice, newKey, newProduct, openHouse, orderOf } from '../lib/house.mjs';

const kPoints = Number(process.env.GEILI_TORTURE_POINTS ?? 20);
const kSeed = Number(process.env.GEILI_TORTURE_SEED ?? Date.now() % 2 ** 31);
const kBuyers = 12;
const kStock = 60;
const kRushMax_ms = 250;
const kPackers = 3;
// The books that are checked grow from point to point.
const kTimeout_ms = 600_000 + kPoints * 8_000;

let house;
let seller;
let admin;
let state = kSeed;

before(async () => {
  house = await openHouse();
  ({ seller, admin } = house);
});
after(() => house?.server.remove());

// Below `limit`; a linear congruential generator (Knuth, TAOCP 2, 3.3.4), so that a seed repeats the run.
function random(limit) {
  state = Number((BigInt(state) * 6364136223846793005n + 1442695040888963407n) % (1n << 31n));
  return Math.floor((state / 2 ** 31) * limit);
}

const ordersOf = async (show) => (await seller.expect(200, 'GET', `/shops/${house.shop.id}/orders?show_id=${show.id}&limit=100`)).items;

// Buys until there is no more, or no answer. `asked` is what was asked, with its answer once there is one.
async function buyOn(device, order, asked) {
  for (;;) {
    const wish = { device, key: newKey() };
    asked.push(wish);
    try {
      wish.answer = await buy(device, order, wish.key);
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      return;
    }
    if (wish.answer.status !== 201) return;
  }
}

const handOver = async ({ id }) => {
  for (const status of ['packed', 'handed_over']) await seller.expect(200, 'PUT', `/shops/${house.shop.id}/orders/${id}/status`, { status });
};

// Hands over what is placed, for cash at the door, until there is no answer. `handed` is what was answered.
async function packOn(show, handed) {
  try {
    for (;;) {
      const [order] = (await ordersOf(show)).filter(({ id, status }) => status !== 'handed_over' && !handed.begun.has(id));
      if (!order) continue;
      handed.begun.add(order.id);
      await handOver(order);
      handed.over.push(order.number);
    }
  } catch (error) {
    if (error instanceof assert.AssertionError) throw error;
  }
}

async function killDuringRush(crowd, show, order) {
  const asked = [];
  const handed = { begun: new Set(), over: [] };
  const going = [...crowd.map((device) => buyOn(device, order, asked)), ...Array.from({ length: kPackers }, () => packOn(show, handed))];
  await delay(random(kRushMax_ms));
  await house.server.kill();
  await Promise.all(going);
  return { asked, handed };
}

// Each entry of the books sums to zero, after the kill and when the rest is handed over; then every order has its sale.
async function verifyBooks(show, product, handed) {
  const orders = await ordersOf(show);
  for (const number of handed.over) {
    assert.equal(orders.find((one) => one.number === number)?.status, 'handed_over', `order ${number} was handed over, and that is lost`);
  }
  const balance = async () => {
    const { is_whole, findings } = await admin.expect(200, 'GET', '/books/check');
    assert.deepEqual([is_whole, findings], [true, []]);
  };
  await balance();
  for (const order of orders) if (order.status !== 'handed_over') await handOver(order);
  const earned = await seller.expect(200, 'GET', `/shows/${show.id}/earnings`);
  assert.deepEqual([earned.orders, earned.gross_minor], [orders.length, orders.length * product.price.minor]);
  await balance();
  return orders.length;
}

// What stays of an order while it is packed and handed over.
const asPlaced = ({ token, number, lines, total, buyer, placed_at }) => ({ token, number, lines, total, buyer, placed_at });

async function verify(show, product, order, asked) {
  const told = asked.filter(({ answer }) => answer?.status === 201);
  const kept = new Map((await ordersOf(show)).map((o) => [o.number, o]));
  for (const { answer } of told) assert.ok(kept.has(answer.json.number), `order ${answer.json.number} was answered and is lost`);
  assert.ok(kept.size <= kStock);
  assert.equal((await house.visitor.expect(200, 'GET', `/products/${product.id}`)).stock, kStock - kept.size);

  for (const { device, key, answer } of asked) {
    const again = await buy(device, order, key);
    if (answer?.status === 201) assert.deepEqual([again.status, asPlaced(again.json)], [201, asPlaced(answer.json)]);
    else assert.ok(again.status === 201 || again.json.type === '/problems/sold-out', `${again.status} ${again.body}`);
  }
  const orders = await ordersOf(show);
  assert.ok(orders.length <= Math.min(kStock, asked.length));
  assert.deepEqual(orders.map((o) => o.number).sort((a, b) => a - b), Array.from({ length: orders.length }, (_, i) => i + 1));
  assert.equal((await house.visitor.expect(200, 'GET', `/products/${product.id}`)).stock, kStock - orders.length);
  return told.length;
}

test(`killed ${kPoints} times in a rush, seed ${kSeed}`, { timeout: kTimeout_ms }, async (t) => {
  const crowd = await Promise.all(Array.from({ length: kBuyers }, (_, i) => newDevice(house.server.url, `Buyer ${i + 1}`)));
  let answered = 0;
  let unanswered = 0;
  let in_books = 0;
  let slowest_ms = 0;
  for (let point = 0; point < kPoints; point += 1) {
    const product = await newProduct(seller, house.shop.id, { stock: kStock });
    const show = await liveShow(seller, house.shop.id, [product]);
    const order = orderOf(product, { show_id: show.id });
    const { asked, handed } = await killDuringRush(crowd, show, order);
    const from = performance.now();
    await house.server.startAgain();
    slowest_ms = Math.max(slowest_ms, performance.now() - from);
    answered += await verify(show, product, order, asked);
    in_books += await verifyBooks(show, product, handed);
    unanswered += asked.filter(({ answer }) => !answer).length;
  }
  t.diagnostic(JSON.stringify({ bench: 'torture', points: kPoints, seed: kSeed, orders_answered: answered, unanswered, in_books, books_broken: 0, lost: 0, oversold: 0, ready_max_ms: Math.round(slowest_ms) }));
});
