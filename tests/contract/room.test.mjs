// The room of a show, as those in it see it: every frame is held to live-events.yaml and every event follows
// the one before (lib/websocket.mjs).
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { buy, liveShow, newDevice, newProduct, openHouse, orderOf } from '../lib/house.mjs';
import { Room } from '../lib/websocket.mjs';

let house, product, show;
const open = [];

before(async () => { house = await openHouse(); });
after(() => house?.server.remove());

// A show of its own for each test; who was in the last one is gone.
beforeEach(async () => {
  for (const room of open.splice(0)) room.drop();
  product = await newProduct(house.seller, house.shop.id);
  show = await liveShow(house.seller, house.shop.id, [product]);
});

async function enter(client, options) {
  const room = await Room.join(client, show.id, options);
  open.push(room);
  return room;
}

const guest = async (name) => enter(await newDevice(house.server.url, name));
const pin = () => house.seller.expect(200, 'PUT', `/shows/${show.id}/pin`, { product_id: product.id });

test('each is told who they are and what there is', async () => {
  await pin();
  const roles = [];
  for (const who of ['seller', 'manager', 'helper', 'stranger', 'device', 'visitor']) {
    const { snapshot } = await enter(house[who]);
    assert.deepEqual([snapshot.status, snapshot.video, snapshot.pinned.product_id, snapshot.pinned.available], ['live', 'none', product.id, 12]);
    roles.push(`${who}: ${snapshot.you.role} ${snapshot.you.name}`.trim());
  }
  assert.deepEqual(roles, ['seller: host Lin', 'manager: host Mei', 'helper: helper Hua', 'stranger: viewer', 'device: viewer Ana', 'visitor: viewer']);
});

test('what one says, all hear, and newcomers find it', async () => {
  const [host, ana] = [await enter(house.seller), await enter(house.device)];
  ana.chat('Is it real?', 'a1');
  const heard = await host.event('chat');
  assert.deepEqual([heard.name, heard.role, heard.text], ['Ana', 'viewer', 'Is it real?']);
  host.chat('Every pearl of it');
  assert.equal((await ana.event('chat', (e) => e.role === 'host')).name, 'Lin');
  const { snapshot } = await enter(house.visitor);
  assert.deepEqual(snapshot.messages.map((m) => m.text), ['Is it real?', 'Every pearl of it']);
  assert.deepEqual([ana.refused, host.refused], [[], []]);
});

test('a hidden message is gone for all and for those who come', async () => {
  const [host, bad] = [await enter(house.seller), await guest('Bad')];
  bad.chat('Buy mine at elsewhere.example');
  const { seq } = await host.event('chat');
  await house.helper.expect(204, 'DELETE', `/shows/${show.id}/messages/${seq}`);
  assert.equal((await bad.event('hidden')).hidden_seq, seq);
  assert.deepEqual((await enter(house.visitor)).snapshot.messages, []);
  const refused = await house.helper.expect(404, 'DELETE', `/shows/${show.id}/messages/${seq}`);
  assert.equal(refused.type, '/problems/message-not-found');
});

test('hearts are counted', async () => {
  const [host, ana, bo] = [await enter(house.seller), await enter(house.device), await guest('Bo')];
  ana.hearts(3);
  bo.hearts(20);
  await host.until(() => host.state.hearts === 23, '23 hearts');
});

test('viewers are counted as they come and go', async () => {
  const first = await enter(house.device);
  await first.until(() => first.state.viewers === 1, 'one viewer');
  const others = [await guest('Bo'), await guest('Cai'), await enter(house.visitor)];
  await first.until(() => first.state.viewers === 4, 'four viewers');
  assert.equal((await house.visitor.expect(200, 'GET', `/shows/${show.id}`)).viewer_count, 4);
  for (const other of others) other.drop();
  await first.until(() => first.state.viewers === 1, 'one viewer again');
});

test('pins, changes, stock and sales are told as they happen', async () => {
  const [host, ana] = [await enter(house.seller), await enter(house.device)];
  await pin();
  assert.deepEqual((await ana.event('pinned')).product,
    { product_id: product.id, title: product.title, price: product.price, available: 12 });
  const { headers } = await house.seller.get(`/products/${product.id}`);
  await house.seller.patch(`/products/${product.id}`, { title: 'Long necklace' }, headers.etag);
  assert.equal((await ana.event('product')).product.title, 'Long necklace');
  await house.seller.expect(200, 'POST', `/products/${product.id}/stock-changes`, { change: 3 });
  await ana.until(() => ana.state.stock?.[product.id] === 15, 'fifteen left');

  const sale = await buy(house.device, orderOf(product, { show_id: show.id }));
  assert.equal(sale.status, 201);
  for (const room of [host, ana]) {
    const { number, name, product_id, title, quantity } = await room.event('sold');
    assert.deepEqual({ number, name, product_id, title, quantity },
      { number: sale.json.number, name: 'Ana', product_id: product.id, title: 'Long necklace', quantity: 1 });
    await room.until(() => room.state.sold === 1 && room.state.stock[product.id] === 14, 'one sold, fourteen left');
  }
  await house.seller.expect(200, 'DELETE', `/shows/${show.id}/pin`);
  await ana.event('unpinned');
  assert.equal((await enter(house.visitor)).snapshot.pinned, undefined);
});

test('who comes back hears what was missed, once and in order', async () => {
  const [host, ana] = [await enter(house.seller), await enter(house.device)];
  host.chat('one');
  await ana.event('chat');
  const { seq } = ana;
  const { epoch } = ana.snapshot;
  ana.drop();
  for (const text of ['two', 'three']) host.chat(text);
  await pin();
  await host.event('pinned');
  const back = await enter(house.device, { since: seq, epoch });
  await back.event('pinned');
  assert.equal(back.snapshot, undefined);
  assert.deepEqual(back.events.map((e) => e.text ?? e.type), ['two', 'three', 'pinned']);
});

test('who cannot be caught up is told all anew', async () => {
  const host = await enter(house.seller);
  host.chat('one');
  const { seq } = await host.event('chat');
  const { epoch } = host.snapshot;
  for (const options of [{ since: seq, epoch: 'another' }, { since: seq + 1000, epoch }, { since: 2 ** 53, epoch: 'x'.repeat(33) }]) {
    const { snapshot } = await enter(house.device, options);
    assert.deepEqual([snapshot?.epoch, snapshot?.messages.map((m) => m.text)], [epoch, ['one']], JSON.stringify(options));
  }
});

test('an end is told, and then nobody chats', async () => {
  const ana = await enter(house.device);
  await house.seller.expect(200, 'POST', `/shows/${show.id}/end`);
  assert.equal((await ana.event('status')).status, 'ended');
  ana.chat('Already?', 'late');
  await ana.until(() => ana.refused.length > 0 || ana.closed, 'a refusal');
  if (ana.closed) assert.equal(ana.closed.code, 4001);
  else assert.deepEqual(ana.refused, [{ ref: 'late', code: 'show-not-live' }]);
});

test('when the server stops, those in the room are told to come back', async () => {
  const ana = await enter(house.device);
  await house.server.stop();
  await ana.until(() => ana.closed, 'a close');
  assert.equal(ana.closed.code, 1001);
  await house.server.startAgain();
  assert.equal((await enter(house.device, { since: ana.seq, epoch: ana.snapshot.epoch })).snapshot.status, 'live');
});
