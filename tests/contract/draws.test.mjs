// Lucky draws: opened with a commitment, entered once a device, drawn by the clock or by hand, and checked by anybody.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Client } from '../lib/client.mjs';
import { drawFault } from '../lib/draw_log.mjs';
import { buy, liveShow, newDevice, newProduct, newVariant, openHouse, orderOf } from '../lib/house.mjs';
import { kBinary } from '../lib/server.mjs';
import { until } from '../lib/until.mjs';

let house, show, product, folder;
before(async () => {
  house = await openHouse();
  folder = await mkdtemp(path.join(tmpdir(), 'geili-draw-'));
  product = await newProduct(house.seller, house.shop.id);
  show = await liveShow(house.seller, house.shop.id, [product]);
});
after(async () => {
  await house?.server.remove();
  await rm(folder, { recursive: true, force: true });
});

const open = (more = {}) => house.helper.expect(201, 'POST', `/shows/${show.id}/draws`, { prize: 'A bracelet', length_s: 600, ...more });
const logOf = async (draw) => JSON.parse((await house.visitor.get(`/draws/${draw.id}/log`)).body.toString());
async function verify(log) {
  const file = path.join(folder, 'log.json');
  await writeFile(file, typeof log === 'string' ? log : JSON.stringify(log));
  const ran = spawnSync(kBinary, ['verify-show', file], { encoding: 'utf8' });
  return { status: ran.status, said: ran.stdout + ran.stderr };
}

test('a draw is fair as two checkers find that trust its log alone', async () => {
  const draw = await open({ winners: 2, product_id: product.id });
  assert.deepEqual([draw.state, draw.entries, draw.winners, draw.product_id], ['open', 0, [], product.id]);
  const crowd = await Promise.all(Array.from({ length: 12 }, (_, i) => newDevice(house.server.url, `Buyer ${i}`)));
  const tickets = await Promise.all(crowd.map((device) => device.expect(200, 'POST', `/draws/${draw.id}/entry`)));
  assert.deepEqual(tickets.map(({ mine }) => mine.number).sort((a, b) => a - b), Array.from({ length: 12 }, (_, i) => i + 1));
  const again = await crowd[3].expect(200, 'POST', `/draws/${draw.id}/entry`);
  assert.deepEqual(again.mine, tickets[3].mine);
  assert.equal((await house.visitor.get(`/draws/${draw.id}/log`)).status, 409);

  const drawn = await house.helper.expect(200, 'POST', `/draws/${draw.id}/winners`);
  assert.deepEqual([drawn.state, drawn.entries, drawn.winners.length], ['drawn', 12, 2]);
  const log = await logOf(draw);
  assert.equal(log.commitment, draw.commitment, 'the commitment that was told before anybody entered');
  assert.deepEqual(log.winners, drawn.winners.map(({ number }) => String(number)));
  assert.deepEqual(new Set(log.entries.map(({ mark }) => mark)), new Set(tickets.map(({ mine }) => mine.mark)));
  assert.equal(drawFault(log), undefined);
  const fair = await verify(log);
  assert.equal(fair.status, 0, fair.said);
  assert.match(fair.said, /^Fair: 12 entries/);

  const places = await Promise.all(crowd.map(async (device) => (await device.expect(200, 'GET', `/draws/${draw.id}`)).mine.place));
  assert.deepEqual(places.filter(Boolean).sort(), [1, 2]);
});

test('what was changed afterwards is found', async () => {
  const draw = await open();
  for (const name of ['Ana', 'Luis', 'Wei']) await (await newDevice(house.server.url, name)).expect(200, 'POST', `/draws/${draw.id}/entry`);
  await house.helper.expect(200, 'POST', `/draws/${draw.id}/winners`);
  const log = await logOf(draw);
  const changes = {
    'another winner': (one) => { one.winners = [String(Number(one.winners[0]) % 3 + 1)]; },
    'an entry less': (one) => one.entries.splice(1, 1),
    'another seed': (one) => { one.seed = '0'.repeat(64); },
    'another prize': (one) => { one.prize = 'A ring'; },
  };
  for (const [name, change] of Object.entries(changes)) {
    const forged = structuredClone(log);
    change(forged);
    assert.equal((await verify(forged)).status, 1, name);
    assert.ok(drawFault(forged), name);
  }
  const { status, said } = await verify('{"show_id": 4}');
  assert.equal(status, 2);
  assert.match(said, /is no log of a draw/);
});

test('a draw whose time is over is drawn by itself', async () => {
  const draw = await open({ length_s: 10 });
  await house.device.expect(200, 'POST', `/draws/${draw.id}/entry`);
  const drawn = await until('the draw', async () => {
    const now = await house.visitor.expect(200, 'GET', `/draws/${draw.id}`);
    return now.state === 'drawn' && now;
  });
  assert.deepEqual(drawn.winners, [{ number: 1, name: 'Ana' }]);
});

test('a draw for buyers takes buyers alone', async () => {
  const draw = await open({ who: 'buyers' });
  const [buyer, other] = await Promise.all(['Ana', 'Luis'].map((name) => newDevice(house.server.url, name)));
  assert.equal((await buy(buyer, orderOf(product, { show_id: show.id }))).status, 201);
  await buyer.expect(200, 'POST', `/draws/${draw.id}/entry`);
  assert.equal((await other.expect(403, 'POST', `/draws/${draw.id}/entry`)).type, '/problems/draw-for-buyers');
  await house.helper.expect(200, 'DELETE', `/draws/${draw.id}`);
  const log = await logOf(draw);
  assert.deepEqual([log.is_cancelled, log.winners, drawFault(log)], [true, [], undefined]);
  assert.equal((await verify(log)).status, 0);
});

test('refusals say what is wrong', async () => {
  const draw = await open();
  const asked = (client, status, method, address, json) => client.expect(status, method, address, json);
  assert.equal((await asked(house.helper, 409, 'POST', `/shows/${show.id}/draws`, { prize: 'X', length_s: 60 })).type, '/problems/draw-open');
  const nameless = new Client(house.server.url);
  await nameless.expect(201, 'POST', '/device', {});
  assert.equal((await asked(nameless, 409, 'POST', `/draws/${draw.id}/entry`)).type, '/problems/name-needed');
  await house.helper.expect(200, 'DELETE', `/draws/${draw.id}`);
  for (const [method, address] of [['DELETE', ''], ['POST', '/winners']]) {
    assert.equal((await asked(house.helper, 409, method, `/draws/${draw.id}${address}`)).type, '/problems/draw-closed');
  }
  assert.equal((await asked(house.device, 409, 'POST', `/draws/${draw.id}/entry`)).type, '/problems/draw-closed');
  for (const [body, field] of [[{ length_s: 60 }, '/prize'], [{ prize: 'X', length_s: 9 }, '/length_s'], [{ prize: 'X', length_s: 1801 }, '/length_s'],
    [{ prize: 'X', length_s: 60, winners: 51 }, '/winners'], [{ prize: 'X', length_s: 60, who: 'friends' }, '/who']]) {
    assert.equal((await asked(house.helper, 422, 'POST', `/shows/${show.id}/draws`, body)).errors[0].path, field);
  }
  const foreign = await newProduct(house.stranger, house.otherShop.id, { price: { minor: 100, currency: 'MXN' } });
  assert.equal((await asked(house.helper, 409, 'POST', `/shows/${show.id}/draws`, { prize: 'X', length_s: 60, product_id: foreign.id })).type, '/problems/product-not-in-bag');
  assert.equal((await asked(house.visitor, 404, 'GET', '/draws/999999')).type, '/problems/draw-not-found');
});

const stockOf = async ({ id }) => (await house.visitor.expect(200, 'GET', `/products/${id}`)).stock;

test('a prize is set apart from a rush, and kept for its winner', async () => {
  const few = await newProduct(house.seller, house.shop.id, { title: 'Ring', stock: 5 });
  const evening = await liveShow(house.seller, house.shop.id, [few]);
  const opening = (more) => house.helper.request('POST', `/shows/${evening.id}/draws`, { json: { prize: 'A ring', length_s: 600, product_id: few.id, ...more } });
  assert.equal((await opening({ winners: 6 })).json.type, '/problems/sold-out');
  assert.equal(await stockOf(few), 5);
  const crowd = await Promise.all(Array.from({ length: 8 }, (_, i) => newDevice(house.server.url, `Buyer ${i}`)));
  const [opened, ...answers] = await Promise.all([opening({ winners: 2 }), ...crowd.map((device) => buy(device, orderOf(few, { show_id: evening.id })))]);
  const sold = answers.filter(({ status }) => status === 201).length;
  // Whoever came first has it: the draw in whole, or not at all.
  assert.deepEqual([opened.status, sold], opened.status === 201 ? [201, 3] : [409, 5]);
  assert.equal(await stockOf(few), 0);
  if (opened.status !== 201) return;
  const draw = opened.json;
  await crowd[0].expect(200, 'POST', `/draws/${draw.id}/entry`);
  await house.helper.expect(200, 'POST', `/draws/${draw.id}/winners`);
  assert.equal(await stockOf(few), 1, 'what nobody has won is on sale again');
  assert.equal((await buy(crowd[1], orderOf(few, { show_id: evening.id }))).status, 201);
  assert.equal((await buy(crowd[2], orderOf(few, { show_id: evening.id }))).json.type, '/problems/sold-out');
  assert.equal((await crowd[0].expect(201, 'POST', `/draws/${draw.id}/prize`)).hold.won_by, 'draw');
});

test('of a product in variants one is named', async () => {
  const chain = await newProduct(house.seller, house.shop.id, { title: 'Chain' });
  const long = await newVariant(house.seller, chain, { name: '60 cm', stock: 2 });
  const evening = await liveShow(house.seller, house.shop.id, [chain]);
  const opening = (status, product_id) => house.helper.expect(status, 'POST', `/shows/${evening.id}/draws`, { prize: 'A chain', length_s: 600, product_id });
  const refused = await opening(409, chain.id);
  assert.deepEqual([refused.type, String(refused.product_id)], ['/problems/variant-required', chain.id]);
  assert.equal((await opening(201, long.id)).product_id, long.id);
  assert.equal(await stockOf(chain), 1);
});

test('who opened and drew is in the audit', async () => {
  const { items } = await house.admin.expect(200, 'GET', '/audit?limit=100');
  for (const action of ['draw-opened', 'draw-drawn', 'draw-cancelled']) assert.ok(items.some((one) => one.action === action), action);
});
