// The host's desk over the wire: questions that are answered, raised hands, and a script that tells what its beats brought in.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { buy, liveShow, newDevice, newProduct, openHouse, orderOf, setChatRules } from '../lib/house.mjs';
import { until } from '../lib/until.mjs';
import { Room } from '../lib/websocket.mjs';

let house, necklace, ring, show, ana;
const open = [];

before(async () => { house = await openHouse(); });
after(() => {
  for (const room of open) room.drop();
  return house?.server.remove();
});

beforeEach(async () => {
  for (const room of open.splice(0)) room.drop();
  necklace = await newProduct(house.seller, house.shop.id, { stock: 20 });
  ring = await newProduct(house.seller, house.shop.id, { stock: 20 });
  show = await liveShow(house.seller, house.shop.id, [necklace, ring]);
  ana = await guest('Ana');
});

async function enter(client) {
  const room = await Room.join(client, show.id);
  room.client = client;
  open.push(room);
  return room;
}
const guest = async (name) => enter(await newDevice(house.server.url, name));
const at = (path) => `/shows/${show.id}${path}`;
const asked = async (room, text, more) => {
  room.send({ type: 'chat', text, ...more });
  return ana.event('chat', (e) => e.text === text);
};
const questions = async () => (await house.helper.expect(200, 'GET', at('/questions'))).items;
// Once the store has written them down.
const known = (count) => until(`${count} questions`, async () => {
  const items = await questions();
  return items.length === count && items;
});
const answer = (seq, status = 204) => house.helper.expect(status, 'POST', at(`/messages/${seq}/answer`));
const hand = (room, product, isUp = true) => room.send({ type: isUp ? 'raise_hand' : 'lower_hand', ref: 'h', product_id: product.id });
const handsOf = (room, product, count) => room.until(() => (room.state.hands?.[product.id] ?? 0) === count, `${count} hands`);

test('what reads as a question or is called one waits for an answer, and everybody sees that it came', async () => {
  const luis = await guest('Luis');
  const read = await asked(ana, '¿Cuánto mide');
  const called = await asked(luis, 'Tell me the length', { question: true });
  const talk = await asked(ana, 'Lovely');
  assert.deepEqual([read.question, called.question, talk.question], [true, true, undefined]);
  const [first, second] = await known(2);
  assert.deepEqual([first.seq, first.name, first.text, second.seq], [read.seq, 'Ana', '¿Cuánto mide', called.seq]);

  await answer(read.seq);
  const told = await luis.event('answered');
  assert.equal(told.answered_seq, read.seq);
  const [open_, done] = await questions();
  assert.deepEqual([open_.seq, done.seq, typeof done.answered_by], [called.seq, read.seq, 'string']);
  assert.ok(done.answered_at);
  await answer(read.seq);
  assert.equal((await answer(talk.seq, 409)).type, '/problems/not-a-question');
  assert.equal((await answer(999_999, 404)).type, '/problems/message-not-found');

  const late = await guest('Wei');
  const seen = Object.fromEntries(late.snapshot.messages.map((one) => [one.seq, one]));
  assert.deepEqual([seen[read.seq].answered, seen[called.seq].question, seen[called.seq].answered], [true, true, undefined]);
  assert.equal(luis.events.filter(({ type }) => type === 'answered').length, 1);
  const { items } = await house.admin.expect(200, 'GET', '/audit?limit=5');
  assert.equal(items.filter(({ action }) => action === 'question-answered').length, 1);
  const report = await house.seller.expect(200, 'GET', at('/report'));
  assert.deepEqual([report.questions, report.questions_answered], [2, 1]);
});

test('a message that was hidden is no question, and what people of the shop say is none', async () => {
  const { seq } = await asked(ana, 'Is it cheap?');
  await known(1);
  const host = await enter(house.seller);
  assert.equal((await asked(host, 'Who wants it?', { question: true })).question, undefined);
  await house.helper.expect(204, 'DELETE', at(`/messages/${seq}`));
  await known(0);
  assert.equal((await answer(seq, 404)).type, '/problems/message-not-found');
});

test('hands are counted for everybody until the product is shown', async () => {
  const luis = await guest('Luis');
  for (const room of [ana, luis]) hand(room, necklace);
  hand(ana, ring);
  hand(ana, ring);
  await handsOf(luis, necklace, 2);
  await handsOf(luis, ring, 1);
  hand(luis, necklace, false);
  await handsOf(ana, necklace, 1);
  const late = await guest('Wei');
  await handsOf(late, necklace, 1);
  await house.helper.expect(200, 'PUT', at('/pin'), { product_id: necklace.id });
  for (const room of [ana, luis, late]) await handsOf(room, necklace, 0);
  await handsOf(late, ring, 1);
  const foreign = await newProduct(house.seller, house.shop.id);
  hand(ana, foreign);
  await ana.until(() => ana.refused.length > 0, 'a refusal');
  assert.deepEqual(ana.refused, [{ ref: 'h', code: 'product-not-in-bag' }]);
});

test('a hand of somebody who is banned does nothing', async () => {
  await setChatRules(house.helper, house.shop.id);
  const bad = await guest('Bad');
  const { seq } = await asked(bad, 'Mine is cheaper');
  await until('the message', async () => (await house.helper.get(at('/chat.csv'))).body.includes('Mine is cheaper'));
  await house.helper.expect(201, 'POST', at(`/messages/${seq}/sanction`), { kind: 'ban' });
  hand(bad, necklace);
  hand(ana, necklace);
  await handsOf(ana, necklace, 1);
  assert.deepEqual(bad.refused, []);
});

const beat = (kind, more = {}) => ({ kind, text: `${kind} {price}`, ...more });
const setScript = (beats, status = 200) => house.helper.expect(status, 'PUT', at('/script'), { beats });
const begin = (id, json = {}, status = 200) => house.helper.expect(status, 'POST', at(`/script/${id}/begin`), json);

test('a script keeps its beats, is gone through with its products, and the report tells what each brought in', async () => {
  const { beats } = await setScript([beat('opening'), beat('price', { product_id: necklace.id }), beat('close')]);
  assert.deepEqual(beats.map(({ kind, text, product_id }) => [kind, text, product_id]),
    [['opening', 'opening {price}', undefined], ['price', 'price {price}', necklace.id], ['close', 'close {price}', undefined]]);
  assert.equal((await house.seller.expect(200, 'GET', at('/script'))).under_way, undefined);
  await begin(beats[0].id);
  const second = await begin(beats[1].id, { pin: true });
  assert.equal(second.under_way.beat_id, beats[1].id);
  assert.equal((await ana.event('pinned')).product.product_id, necklace.id);
  assert.deepEqual(await begin(beats[1].id, { pin: true }), second, 'a beat under way goes on');
  assert.equal((await buy(ana.client, orderOf(necklace, { show_id: show.id }))).status, 201);

  const kept = await setScript([{ ...beats[2], text: 'Good night' }, beats[1]]);
  assert.deepEqual(kept.beats.map(({ id }) => id), [beats[2].id, beats[1].id]);
  assert.equal((await begin(beats[0].id, {}, 404)).type, '/problems/beat-not-found');
  const { beats: rows } = await house.seller.expect(200, 'GET', at('/report'));
  assert.deepEqual(rows.map(({ beat_id, kind, times, orders }) => [beat_id, kind, times, orders]),
    [[beats[1].id, 'price', 1, 1], [beats[0].id, 'opening', 1, 0]]);
  assert.equal(rows[0].takings_minor, necklace.price.minor);
  const csv = (await house.seller.get(at('/report-beats.csv'))).body.toString();
  assert.match(csv, /^\ufeffbeat_id,kind,product_id,title,text,times,length_s,orders,units,takings,takings_per_minute,currency\r\n/);
  assert.equal(csv.trim().split('\r\n').length, 3);
  const deeds = (await house.admin.expect(200, 'GET', '/audit?limit=20')).items.map(({ action }) => action);
  assert.deepEqual([deeds.filter((one) => one === 'beat-begun').length, deeds.filter((one) => one === 'script-changed').length], [2, 2]);
});

test('what does not fit a script is refused by its path', async () => {
  const foreign = await newProduct(house.seller, house.shop.id);
  const { beats: [one] } = await setScript([beat('opening')]);
  for (const [beats, path] of [
    [[beat('intermission')], '/beats/0/kind'], [[{ kind: 'close' }], '/beats/0/text'], [[beat('close', { text: ' ' })], '/beats/0/text'],
    [[beat('close', { text: 'x'.repeat(1001) })], '/beats/0/text'], [Array(101).fill(beat('close')), '/beats'],
    [[one, one], '/beats/1/id'], [[beat('close', { id: '999999' })], '/beats/0/id'], [[beat('price', { product_id: foreign.id })], '/beats/0/product_id'],
    [[beat('close', { price: 1 })], '/beats/0/price'], ['none', '/beats'],
  ]) {
    assert.equal((await setScript(beats, 422)).errors[0].path, path, JSON.stringify(beats).slice(0, 80));
  }
  assert.equal((await begin(one.id, { pin: 'yes' }, 422)).errors[0].path, '/pin');
  await house.seller.expect(200, 'POST', at('/end'));
  assert.equal((await begin(one.id, {}, 409)).type, '/problems/show-not-live');
  assert.equal((await setScript([], 409)).type, '/problems/show-ended');
});
