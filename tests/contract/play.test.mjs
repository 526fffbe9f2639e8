// What is played in a show: orders that are written into the chat, red packets, and a crowd that cheers.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, beforeEach, afterEach, test } from 'node:test';
import { buy, liveShow, newDevice, newProduct, newVariant, openHouse, orderOf, setChatRules } from '../lib/house.mjs';
import { packetOf } from '../lib/packets.mjs';
import { Room } from '../lib/websocket.mjs';

let house, show, necklace, ring;
let rooms = [];
before(async () => {
  house = await openHouse({ args: ['--server-connections-per-address-max', '4000', '--server-trusted-proxies', '127.0.0.1'] });
});
after(() => house?.server.remove());
beforeEach(async () => {
  [necklace, ring] = await Promise.all([12, 30].map((stock) => newProduct(house.seller, house.shop.id, { stock })));
  show = await liveShow(house.seller, house.shop.id, [necklace, ring]);
});
afterEach(() => {
  for (const room of rooms) room.drop();
  rooms = [];
});

const guest = (name = 'Ana') => newDevice(house.server.url, name);
let addresses = 0;
async function enter(client, address) {
  addresses += 1;
  const room = await Room.join(client, show.id, { address: address ?? `10.1.${addresses >> 8}.${addresses & 255}` });
  rooms.push(room);
  return room;
}
// What comes back to the writer alone.
async function written(room, text) {
  const [wanted, refused] = [room.wanted.length, room.refused.length];
  room.chat(text, 'r');
  await room.until(() => room.wanted.length > wanted || room.refused.length > refused, `an answer to ${text}`);
  return room.wanted[wanted] ?? room.refused[refused];
}
const holdsOf = async (device) => (await device.expect(200, 'GET', `/device/holds?show_id=${show.id}`)).holds;
const stockOf = async ({ id }) => (await house.visitor.expect(200, 'GET', `/products/${id}`)).stock;
const rules = (more) => setChatRules(house.seller, house.shop.id, more);
const numbers = async () => (await house.visitor.expect(200, 'GET', `/shows/${show.id}`)).products.map(({ id, number }) => [id, number]);
async function rebag(products) {
  const { headers } = await house.seller.get(`/shows/${show.id}`);
  const { status } = await house.seller.patch(`/shows/${show.id}`, { product_ids: products.map(({ id }) => id) }, headers.etag);
  assert.equal(status, 200);
}

test('"3 x 1" in the chat holds three, as a tap does, and everybody hears who takes them', async () => {
  const ana = await guest();
  const [seat, other] = [await enter(ana), await enter(await guest('Bo'))];
  assert.deepEqual(await written(seat, '3 x 1'), { product_id: necklace.id, number: 1, quantity: 3 });
  const [held] = await holdsOf(ana);
  assert.deepEqual([held.product_id, held.quantity, held.place, held.offered], [necklace.id, 3, 1, false]);
  const { name, product_id, number, quantity } = await other.event('taken');
  assert.deepEqual([name, product_id, number, quantity], ['Ana', necklace.id, 1, 3]);
  const tapped = await ana.expect(201, 'POST', '/device/holds', { product_id: necklace.id, show_id: show.id, quantity: 3 });
  assert.equal(tapped.hold.id, held.id, 'a tap on the same finds the same hold');
  other.chat('hello');
  await other.event('chat', ({ text }) => text === 'hello');
  assert.deepEqual(other.events.filter(({ type }) => type === 'chat').map(({ text }) => text), ['hello'], 'an order is not said');
  assert.equal(other.wanted.length, 0, 'the writer alone is answered');

  const order = orderOf(necklace, { show_id: show.id, lines: [{ product_id: necklace.id, quantity: 3 }], expected_total: { ...necklace.price, minor: 3 * necklace.price.minor } });
  assert.equal((await buy(ana, order)).status, 201);
  assert.equal(await stockOf(necklace), 9);
});

test('what cannot be held says why, and changes nothing', async () => {
  const parent = await newProduct(house.seller, house.shop.id, { stock: 0 });
  await newVariant(house.seller, parent);
  await rebag([necklace, ring, parent]);
  await house.seller.expect(200, 'PUT', `/shows/${show.id}/products/${ring.id}/limit`, { units_per_buyer_max: 2 });
  const codes = [];
  for (const text of ['13 x 1', '3 x 2', '#3', '#9']) {
    const { refused, code } = await written(await enter(await guest()), text);
    codes.push(refused ?? code);
  }
  assert.deepEqual(codes, ['sold-out', 'buyer-limit', 'variant-required', 'number-not-in-bag']);
  assert.deepEqual([await stockOf(necklace), await stockOf(ring)], [12, 30]);
  assert.equal(rooms[0].events.some(({ type }) => type === 'taken'), false);
});

test('500 write for 20: 20 have one, and nobody is told another thing', async () => {
  const few = await newProduct(house.seller, house.shop.id, { stock: 20 });
  show = await liveShow(house.seller, house.shop.id, [few]);
  const crowd = await Promise.all(Array.from({ length: 500 }, (_, i) => guest(`Buyer ${i}`)));
  const seats = await Promise.all(crowd.map(enter));
  const answers = await Promise.all(seats.map((seat) => written(seat, '1 x 1')));
  assert.equal(answers.filter(({ refused }) => refused === undefined).length, 20);
  assert.deepEqual([...new Set(answers.map(({ refused = 'held' }) => refused))].sort(), ['held', 'sold-out']);
  assert.equal(await stockOf(few), 0);
  const [seat] = seats;
  await seat.until(() => seat.events.filter(({ type }) => type === 'taken').length === 20, 'twenty that were taken');
  const held = await Promise.all(crowd.map(async (device) => (await holdsOf(device)).length));
  assert.equal(held.reduce((sum, one) => sum + one, 0), 20);
});

test('the rules of the chat hold for orders, and the shop may take none', async () => {
  const [ana, bo] = [await guest(), await guest('Bo')];
  const [seat, other] = [await enter(ana), await enter(bo)];
  other.chat('cheaper at mine');
  const { seq } = await seat.event('chat');
  const { id } = await house.seller.expect(201, 'POST', `/shows/${show.id}/messages/${seq}/sanction`, { kind: 'timeout', seconds: 60 });
  assert.equal((await written(other, '3 x 1')).code, 'chat-timeout');
  await house.seller.expect(204, 'DELETE', `/shops/${house.shop.id}/chat-sanctions/${id}`);
  await rules({ slow_mode_s: 60 });
  await seat.until(() => seat.state.chat?.slow_mode_s === 60, 'slow mode');
  assert.deepEqual(await written(seat, '1 x 1'), { product_id: necklace.id, number: 1, quantity: 1 });
  assert.equal((await written(seat, '2 x 1')).code, 'rate-limited');
  await rules({ takes_orders: false });
  await seat.until(() => seat.state.chat?.takes_orders === false, 'no orders');
  const cai = await enter(await guest('Cai'));
  cai.chat('3 x 1');
  await seat.event('chat', ({ text }) => text === '3 x 1');
  assert.equal((await house.seller.expect(200, 'GET', `/shops/${house.shop.id}/chat-rules`)).takes_orders, false);
  await rules({});
});

test('numbers stay while the show is on', async () => {
  assert.deepEqual(await numbers(), [[necklace.id, 1], [ring.id, 2]]);
  const earrings = await newProduct(house.seller, house.shop.id);
  await rebag([earrings, ring]);
  assert.deepEqual(await numbers(), [[earrings.id, 3], [ring.id, 2]]);
  await rebag([ring, necklace, earrings]);
  assert.deepEqual(await numbers(), [[ring.id, 2], [necklace.id, 1], [earrings.id, 3]]);
});

const open = (more) => house.seller.expect(201, 'POST', `/shows/${show.id}/red-packets`, packetOf(more));
const tear = (device, packet) => device.request('POST', `/red-packets/${packet.id}/envelope`);

test('500 open 50 envelopes: 50 have one, which sum up, and are spent', async () => {
  const crowd = await Promise.all(Array.from({ length: 500 }, (_, i) => guest(`Guest ${i}`)));
  const seat = await enter(crowd[0]);
  const packet = await open({ total: { minor: 10_000, currency: 'CNY' }, envelopes: 50 });
  assert.deepEqual((await seat.event('red_packet')).packet.left, 50);
  const answers = await Promise.all(crowd.map((device) => tear(device, packet)));
  const won = answers.filter(({ status }) => status === 201).map(({ json }) => json.mine);
  assert.equal(won.length, 50);
  assert.ok(answers.every(({ status, json }) => status === 201 || json.type === '/problems/packet-gone'));
  assert.equal(won.reduce((sum, { amount }) => sum + amount.minor, 0), 10_000);
  assert.ok(won.every(({ amount }) => amount.minor >= 20));
  assert.deepEqual(won.map(({ number }) => number).sort((a, b) => a - b), Array.from({ length: 50 }, (_, i) => i + 1));
  await seat.event('red_packet', ({ packet: { state, left } }) => state === 'over' && left === 0);
  assert.equal(seat.state.packet.left, 0);

  const log = (await house.visitor.get(`/red-packets/${packet.id}/log`)).json;
  assert.deepEqual(log.opened.map(({ amount_minor }) => amount_minor), amountsOf(log));
  assert.equal(createHash('sha256').update(canon(Buffer.from(log.seed, 'hex'))).digest('hex'), packet.commitment);

  const winner = crowd[answers.findIndex(({ status }) => status === 201)];
  const [coupon] = (await winner.expect(200, 'GET', `/device/coupons?shop_id=${house.shop.id}`)).items;
  const off = coupon.amount.minor;
  const order = orderOf(ring, { show_id: show.id, coupon_id: coupon.id, expected_total: { ...ring.price, minor: ring.price.minor - off } });
  const placed = await buy(winner, order);
  const seen = await winner.expect(200, 'GET', `/orders/${placed.json.token}`);
  assert.deepEqual([seen.discount.minor, seen.coupon], [off, 'Luck']);
  assert.deepEqual((await house.seller.expect(200, 'GET', `/shops/${house.shop.id}/coupons`)).items, []);
});

// The rule once more, from its words in the contract alone.
const canon = (bytes) => Buffer.concat([Buffer.from(`${bytes.length};`), bytes]);
function amountsOf({ total: { minor: total }, envelopes, seed }) {
  const least = Math.max(1, Math.floor(Math.floor(total / envelopes) / 10));
  const rest = BigInt(total - least * envelopes);
  const cuts = [];
  for (let t = 1; cuts.length < envelopes - 1; t += 1) {
    const hash = createHash('sha256').update(canon(Buffer.from(seed, 'hex'))).update(`${t};`).digest();
    const bits = hash.readBigUInt64BE();
    if (bits < 2n ** 64n - (2n ** 64n) % (rest + 1n)) cuts.push(Number(bits % (rest + 1n)));
  }
  cuts.sort((a, b) => a - b).push(Number(rest));
  return cuts.map((cut, i) => least + cut - (i === 0 ? 0 : cuts[i - 1]));
}

test('a device has one envelope; a packet ends early, alone, and with its show', async () => {
  const [ana, bo] = [await guest(), await guest('Bo')];
  const packet = await open({ split: 'even' });
  const first = (await tear(ana, packet)).json;
  assert.deepEqual([first.mine.amount.minor, first.left], [400, 4]);
  assert.deepEqual((await tear(ana, packet)).json.mine, first.mine);
  const second = await house.seller.request('POST', `/shows/${show.id}/red-packets`, { json: packetOf() });
  assert.equal(second.json.type, '/problems/packet-open');
  assert.equal((await house.visitor.request('GET', `/red-packets/${packet.id}/log`)).json.type, '/problems/packet-open');
  assert.equal((await house.seller.expect(200, 'DELETE', `/red-packets/${packet.id}`)).state, 'over');
  assert.equal((await tear(bo, packet)).json.type, '/problems/packet-over');
  assert.equal((await ana.expect(200, 'GET', `/device/coupons?shop_id=${house.shop.id}`)).items.length, 1);
  const next = await open();
  await house.seller.expect(200, 'POST', `/shows/${show.id}/end`);
  assert.equal((await tear(bo, next)).json.type, '/problems/packet-over');
  const { items } = await house.admin.expect(200, 'GET', '/audit?limit=100');
  for (const action of ['red-packet-opened', 'red-packet-ended']) assert.ok(items.some((one) => one.action === action), action);
});

test('a packet whose time is over is over for everybody', async () => {
  const seat = await enter(await guest());
  const packet = await open({ length_s: 10 });
  await seat.until(() => seat.events.some((one) => one.type === 'red_packet' && one.packet.state === 'over'), 'its end', 20_000);
  assert.equal((await tear(await guest(), packet)).json.type, '/problems/packet-over');
});

test('a crowd that cheers makes one burst', async () => {
  const seats = await Promise.all(['Ana', 'Bo', 'Cai', 'Dan'].map(async (name) => enter(await guest(name))));
  seats[0].chat('geili!');
  seats[1].chat('给力！');
  seats[2].hearts(3);
  assert.equal((await seats[3].event('burst')).cheers, 3);
  seats[3].hearts(1);
  seats[3].chat('done');
  await seats[3].event('chat', ({ text }) => text === 'done');
  assert.equal(seats[3].events.filter(({ type }) => type === 'burst').length, 1);
});

test('a household has one pace, however many of its addresses it comes from', async () => {
  const neighbour = await enter(await guest('Bo'), '2001:db8:1:3::1');
  // Five a person in five seconds, fifty a household.
  const limited = (room) => room.refused.some(({ code }) => code === 'rate-limited');
  let people = 0;
  let last;
  while (people < 40 && !(last && limited(last))) {
    people += 1;
    last = await enter(await guest(), `2001:db8:1:2::${people.toString(16)}`);
    for (let i = 1; i <= 5; i += 1) last.chat(`${people}, ${i}`);
    last.chat(`${people}, 5`, 'again');
    await last.until(() => last.refused.some(({ ref }) => ref === 'again'), 'the answer to what is said twice');
  }
  assert.ok(people > 10 && limited(last), `${people} people were never held up`);
  neighbour.chat('hello');
  await neighbour.event('chat', ({ text }) => text === 'hello');
});
