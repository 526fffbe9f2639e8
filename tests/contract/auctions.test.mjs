// Auctions: bids that rise in time, a winner who pays the bid, a runner-up, and a log that anybody can check.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { auctionFault } from '../lib/auction_log.mjs';
import { auctionOf, cny } from '../lib/auctions.mjs';
import { Client } from '../lib/client.mjs';
import { buy, liveShow, newDevice, newKey, newProduct, openHouse, orderOf } from '../lib/house.mjs';
import { kBinary } from '../lib/server.mjs';
import { until } from '../lib/until.mjs';
import { Room } from '../lib/websocket.mjs';

let house, show, product, folder;
before(async () => {
  house = await openHouse();
  folder = await mkdtemp(path.join(tmpdir(), 'geili-auction-'));
  product = await newProduct(house.seller, house.shop.id, { stock: 20 });
  show = await liveShow(house.seller, house.shop.id, [product]);
});
after(async () => {
  await house?.server.remove();
  await rm(folder, { recursive: true, force: true });
});

const open = (more = {}) => house.helper.expect(201, 'POST', `/shows/${show.id}/auctions`, auctionOf(product, more));
const close = (auction) => house.helper.expect(200, 'POST', `/auctions/${auction.id}/close`);
const see = (client, auction) => client.expect(200, 'GET', `/auctions/${auction.id}`);
const bid = (client, auction, amount_minor, status = 201, key = newKey()) =>
  client.expect(status, 'POST', `/auctions/${auction.id}/bids`, { amount_minor }, { headers: { 'idempotency-key': key } });
const left = async () => (await house.visitor.expect(200, 'GET', `/products/${product.id}`)).stock;
const logOf = async (auction) => JSON.parse((await house.visitor.get(`/auctions/${auction.id}/log`)).body.toString());
const buyers = (...names) => Promise.all(names.map((name) => newDevice(house.server.url, name)));
const orderFor = (minor) => orderOf(product, { show_id: show.id, expected_total: cny(minor) });

async function verify(log) {
  const file = path.join(folder, 'log.json');
  await writeFile(file, typeof log === 'string' ? log : JSON.stringify(log));
  const ran = spawnSync(kBinary, ['verify-show', file], { encoding: 'utf8' });
  return { status: ran.status, said: ran.stdout + ran.stderr };
}

test('the highest bid buys at its price, and two checkers find that it went by the rules', async () => {
  const before = await left();
  const auction = await open();
  assert.equal(await left(), before - 1, 'a piece is set apart');
  assert.equal((await house.visitor.get(`/auctions/${auction.id}/log`)).status, 409);
  const [ana, luis] = await buyers('Ana', 'Luis');
  const seat = await Room.join(ana, show.id);
  const first = await bid(ana, auction, 1_000);
  assert.deepEqual([first.lead.name, first.lead.price, first.mine.bid], ['Ana', cny(1_000), first.lead.bid]);
  await bid(luis, auction, 1_500);
  const told = await seat.event('auction', (event) => event.auction.bids === 2);
  assert.deepEqual([told.auction.news, told.auction.lead.name], ['bid', 'Luis']);
  seat.drop();
  const last = await bid(ana, auction, 1_600);
  assert.equal(last.mine.mark, first.mine.mark);

  const closed = await close(auction);
  assert.deepEqual([closed.state, closed.offer.name, closed.offer.price, closed.offer.state], ['closed', 'Ana', cny(1_600), 'held']);
  const { mine } = await see(ana, auction);
  assert.equal(closed.offer.bid, mine.bid, 'the winner knows the offer by the own bid');
  const { holds } = await ana.expect(200, 'GET', '/device/holds');
  assert.deepEqual(holds.map((hold) => [hold.id, hold.price, hold.won_by]), [[mine.hold_id, cny(1_600), 'auction']]);
  assert.equal((await see(luis, auction)).mine.hold_id, undefined);
  assert.equal((await buy(luis, orderFor(1_500))).status, 409);
  const bought = await buy(ana, orderFor(1_600));
  assert.equal(bought.status, 201, bought.body.toString());
  assert.equal((await see(luis, auction)).offer.state, 'bought');

  const log = await logOf(auction);
  assert.equal(auctionFault(log), undefined);
  assert.deepEqual(log.lines.map(({ what }) => what), ['bid', 'bid', 'bid', 'closed', 'offered']);
  assert.equal(log.lines.at(-1).mark, mine.mark);
  const fair = await verify(log);
  assert.equal(fair.status, 0, fair.said);
  assert.match(fair.said, /^Fair: 3 bids/);
  assert.ok(fair.said.includes(`Winner: mark ${mine.mark}, at 1600`), fair.said);
});

test('what was changed afterwards is found by both', async () => {
  const auction = await open();
  const [ana, luis] = await buyers('Ana', 'Luis');
  await bid(ana, auction, 1_000);
  await bid(luis, auction, 1_200);
  await close(auction);
  const log = await logOf(auction);
  const changes = {
    'another amount': (one) => { one.lines[0].amount_minor = 1_100; },
    'a bid less': (one) => one.lines.splice(0, 1),
    'another winner': (one) => { one.lines.at(-1).mark = one.lines[0].mark; },
    'another start': (one) => { one.start_minor = 900; },
    'a later close': (one) => { one.first_close_at_us += 1; },
  };
  for (const [name, change] of Object.entries(changes)) {
    const forged = structuredClone(log);
    change(forged);
    assert.equal((await verify(forged)).status, 1, name);
    assert.ok(auctionFault(forged), name);
  }
  const { status, said } = await verify('{"auction_id": "4"}');
  assert.equal(status, 2);
  assert.match(said, /is no log of a draw or an auction/);
});

test('a late bid extends, the clock closes it, and what the winner gives back is the runner-up\'s', async () => {
  const auction = await open({ length_s: 10, extend_s: 10 });
  const [ana, luis] = await buyers('Ana', 'Luis');
  await bid(ana, auction, 1_000);
  const late = await bid(luis, auction, 1_100);
  assert.ok(Date.parse(late.closes_at) > Date.parse(auction.closes_at));
  const closed = await until('the close', async () => {
    const now = await see(luis, auction);
    return now.state === 'closed' && now;
  }, 60_000);
  assert.equal(closed.offer.name, 'Luis');
  assert.equal((await bid(ana, auction, 5_000, 409)).type, '/problems/auction-closed');
  await luis.expect(204, 'DELETE', `/device/holds/${closed.mine.hold_id}`);
  const next = await see(ana, auction);
  assert.deepEqual([next.offer.name, next.offer.price, next.offer.state], ['Ana', cny(1_000), 'held']);
  assert.equal((await buy(ana, orderFor(1_000))).status, 201);
  const log = await logOf(auction);
  assert.ok(log.lines.some(({ what }) => what === 'extended'));
  assert.equal(auctionFault(log), undefined);
  assert.equal((await verify(log)).status, 0);
});

test('bids count once, in turn, in time and only so often', async () => {
  const auction = await open();
  const [ana, luis] = await buyers('Ana', 'Luis');
  const low = await bid(ana, auction, 999, 409);
  assert.deepEqual([low.type, low.least_minor], ['/problems/bid-too-low', 1_000]);
  await bid(ana, auction, 1_000, 201, 'the-same-key');
  assert.equal((await bid(ana, auction, 1_000, 201, 'the-same-key')).bids, 1);
  assert.equal((await bid(ana, auction, 2_000, 422, 'the-same-key')).type, '/problems/idempotency-key-reused');
  assert.equal((await bid(ana, auction, 2_000, 409)).type, '/problems/bid-is-yours');
  let amount = 1_000;
  for (let i = 0; i < 4; i += 1) {
    await bid(luis, auction, amount += 100);
    await bid(ana, auction, amount += 100);
  }
  await bid(luis, auction, amount += 100);
  assert.equal((await bid(ana, auction, amount + 100, 429)).type, '/problems/bids-too-often');
  const nameless = new Client(house.server.url);
  await nameless.expect(201, 'POST', '/device', {});
  assert.equal((await bid(nameless, auction, amount + 100, 409)).type, '/problems/name-needed');
  await house.helper.expect(200, 'DELETE', `/auctions/${auction.id}`);
  assert.equal((await bid(ana, auction, amount + 200, 409)).type, '/problems/auction-closed');
  const log = await logOf(auction);
  assert.equal(auctionFault(log), undefined);
  assert.match((await verify(log)).said, /Called off/);
});

test('refusals say what is wrong', async () => {
  const asked = (status, body) => house.helper.expect(status, 'POST', `/shows/${show.id}/auctions`, body);
  const auction = await open();
  assert.equal((await asked(409, auctionOf(product))).type, '/problems/auction-open');
  await house.helper.expect(200, 'DELETE', `/auctions/${auction.id}`);
  for (const [method, address] of [['DELETE', ''], ['POST', '/close']]) {
    assert.equal((await house.helper.expect(409, method, `/auctions/${auction.id}${address}`)).type, '/problems/auction-closed');
  }
  for (const [more, field] of [[{ start: cny(0) }, '/start/minor'], [{ start: { minor: 100, currency: 'MXN' } }, '/start/currency'], [{ step_minor: 0 }, '/step_minor'],
    [{ length_s: 9 }, '/length_s'], [{ length_s: 1_801 }, '/length_s'], [{ mode: 'dutch' }, '/mode'], [{ extend_s: 2 }, '/extend_s']]) {
    assert.equal((await asked(422, auctionOf(product, more))).errors[0].path, field);
  }
  const other = await newProduct(house.seller, house.shop.id);
  assert.equal((await asked(409, auctionOf(other))).type, '/problems/product-not-in-bag');
  assert.equal((await house.visitor.expect(404, 'GET', '/auctions/999999')).type, '/problems/auction-not-found');
});

test('an auction goes on when the server comes back', async () => {
  const auction = await open({ length_s: 10, mode: 'sudden_death' });
  const [ana] = await buyers('Ana');
  await bid(ana, auction, 1_000);
  await house.server.kill();
  await house.server.startAgain();
  const closed = await until('the close', async () => {
    const now = await see(ana, auction);
    return now.state === 'closed' && now;
  });
  assert.equal(closed.offer.name, 'Ana');
});

test('the winner of a draw orders the prize for nothing, once', async () => {
  const draw = await house.helper.expect(201, 'POST', `/shows/${show.id}/draws`, { prize: 'A necklace', product_id: product.id, length_s: 600 });
  const [ana, luis] = await buyers('Ana', 'Luis');
  await ana.expect(200, 'POST', `/draws/${draw.id}/entry`);
  assert.equal((await ana.expect(409, 'POST', `/draws/${draw.id}/prize`)).type, '/problems/draw-open');
  await house.helper.expect(200, 'POST', `/draws/${draw.id}/winners`);
  assert.equal((await luis.expect(403, 'POST', `/draws/${draw.id}/prize`)).type, '/problems/not-a-winner');
  const { hold } = await ana.expect(201, 'POST', `/draws/${draw.id}/prize`);
  assert.deepEqual([hold.won_by, hold.price], ['draw', cny(0)]);
  const before = await left();
  const bought = await buy(ana, orderFor(0));
  assert.equal(bought.status, 201, bought.body.toString());
  assert.equal(bought.json.total.minor, 0);
  assert.equal(await left(), before);
  assert.equal((await ana.expect(409, 'POST', `/draws/${draw.id}/prize`)).type, '/problems/prize-taken');
  assert.equal((await buy(ana, orderFor(0))).status, 409);
});

test('who opened, closed and called off is in the audit', async () => {
  const { items } = await house.admin.expect(200, 'GET', '/audit?limit=100');
  for (const action of ['auction-opened', 'auction-closed', 'auction-cancelled']) assert.ok(items.some((one) => one.action === action), action);
});
