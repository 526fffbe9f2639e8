// Chat in other languages: a stand-in for the server that translates, and what it may do to us.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { liveShow, newDevice, newProduct, openHouse } from '../lib/house.mjs';
import { gate } from '../lib/gate.mjs';
import { TranslatorStub } from '../lib/translator_stub.mjs';
import { until } from '../lib/until.mjs';
import { Room } from '../lib/websocket.mjs';

const kKey = 'key-of-the-translator-7731';
let translator, house, product, show, ana, seat;
let isSpent = false;
let questions = 0;
const open = [];

before(async () => {
  translator = await TranslatorStub.start();
});
after(async () => {
  await away();
  translator?.stop();
});

async function away() {
  for (const room of open.splice(0)) room.drop();
  await house?.server.remove();
  house = undefined;
}

// A server that is left alone for a time stays so: the next test has a house of its own.
beforeEach(async () => {
  if (isSpent) await away();
  isSpent = false;
  for (const room of open.splice(0)) room.drop();
  Object.assign(translator, { calls: [], hold: undefined, answer: undefined });
  house ??= await openHouse({ args: [...translator.args, '--translate-key', kKey] });
  product = await newProduct(house.seller, house.shop.id);
  show = await liveShow(house.seller, house.shop.id, [product]);
  ana = await newDevice(house.server.url, 'Ana');
  seat = await enter(ana);
});

async function enter(client) {
  const room = await Room.join(client, show.id);
  open.push(room);
  return room;
}
async function say(text, lang, room = seat) {
  room.send({ type: 'chat', text, ...(lang && { lang }) });
  return room.event('chat', (e) => e.text === text);
}
// Translations are remembered: each has words of its own.
const question = () => say(`How much is number ${++questions}?`, 'en');
const pathOf = (seq, at = show) => `/shows/${at.id}/messages/${seq}/translation`;
const translated = (seq, to, who = house.visitor) => who.expect(200, 'POST', pathOf(seq), { to });
const refused = async (status, seq, to = 'es', who = house.visitor) => {
  const problem = await who.expect(status, 'POST', pathOf(seq), { to });
  return problem.type.slice('/problems/'.length);
};

async function told(figure) {
  const metrics = await (await fetch(`${house.server.url}/metrics`)).text();
  return Number(new RegExp(`^geili_translation_${figure} (\\d+)$`, 'm').exec(metrics)[1]);
}

test('a message tells its language, as its page and its script do', async () => {
  const cases = [['How much is it?', 'en', 'en'], ['多少钱？', 'en', 'zh'], ['¿Cuánto?', undefined, undefined], ['666 👍', 'fr', 'zxx']];
  for (const [text, lang, told] of cases) assert.equal((await say(text, lang)).lang, told, text);
  const { messages } = (await enter(house.visitor)).snapshot;
  assert.deepEqual(messages.map((m) => m.lang), cases.map(([, , told]) => told));
  for (const lang of ['EN', 'e', 'engl', 'zh-Hans', 7]) {
    const before = seat.refused.length;
    seat.sendText(JSON.stringify({ type: 'chat', text: 'hello', lang }));
    await seat.until(() => seat.refused.length > before, 'a refusal');
    assert.deepEqual([seat.refused.at(-1).code, seat.refused.at(-1).path], ['invalid-field', '/lang'], String(lang));
  }
});

test('the language outlives a restart and is exported', async () => {
  await say('How much is it?', 'en');
  const lines = await until('a line', async () => {
    const { body } = await house.helper.get(`/shows/${show.id}/chat.csv`);
    return body.toString().includes('How much') && body.toString().trim().split('\r\n');
  });
  assert.ok(lines[0].endsWith(',lang'));
  assert.ok(lines[1].endsWith(',en'), lines[1]);
  await house.server.stop();
  await house.server.startAgain();
  const back = await enter(house.visitor);
  assert.deepEqual([back.snapshot.messages[0].lang, back.snapshot.translates], ['en', true]);
  assert.equal((await translated(back.snapshot.messages[0].seq, 'es')).text, '[es] How much is it?');
});

test('a message comes in another language, asked in plain text with the key', async () => {
  const { seq } = await say('<b>How</b> "much"?', 'en');
  assert.deepEqual(await translated(seq, 'es'), { text: '[es] <b>How</b> "much"?', from: 'en', to: 'es' });
  assert.deepEqual(translator.calls, [{ at: 'POST /translate', q: '<b>How</b> "much"?', source: 'en', target: 'es', format: 'text', api_key: kKey }]);
  assert.ok(!house.server.log.includes(kKey));
  const unknown = await say('Hello there');
  assert.deepEqual(await translated(unknown.seq, 'es'), { text: '[es] Hello there', from: 'en', to: 'es' });
  assert.equal(translator.calls.at(-1).source, 'auto');
});

test('what is in that language, or has no words, costs no call', async () => {
  assert.deepEqual(await translated((await say('Hola', 'es')).seq, 'es'), { text: 'Hola', from: 'es', to: 'es' });
  assert.deepEqual(await translated((await say('666 👍', 'es')).seq, 'fr'), { text: '666 👍', from: 'zxx', to: 'fr' });
  assert.deepEqual(translator.calls, []);
});

test('fifty viewers ask the same: one call', async () => {
  const { seq, text } = await question();
  const { opened, open } = gate();
  translator.hold = opened;
  const viewers = await Promise.all(Array.from({ length: 50 }, (_, i) => newDevice(house.server.url, `Viewer ${i}`)));
  const answers = viewers.map((viewer) => translated(seq, 'es', viewer));
  await until('the call', () => translator.calls.length > 0);
  open();
  for (const answer of await Promise.all(answers)) assert.equal(answer.text, `[es] ${text}`);
  await translated(seq, 'es', house.seller);
  assert.equal(translator.calls.length, 1);
});

test('only what the room shows is translated', async () => {
  const { seq } = await say('A secret', 'en');
  await house.helper.expect(204, 'DELETE', `/shows/${show.id}/messages/${seq}`);
  assert.equal(await refused(404, seq), 'message-not-found');
  assert.equal(await refused(404, 9_999), 'message-not-found');
  await house.seller.expect(200, 'PUT', `/shows/${show.id}/pin`, { product_id: product.id });
  const pinned = await seat.event('pinned', () => true);
  assert.equal(await refused(404, pinned.seq), 'message-not-found');
  const other = await liveShow(house.seller, house.shop.id, [product]);
  const mine = await say('Mine', 'en');
  assert.equal((await house.visitor.expect(404, 'POST', pathOf(mine.seq, other), { to: 'es' })).type, '/problems/message-not-found');
  assert.equal((await house.visitor.expect(404, 'POST', '/shows/999999/messages/1/translation', { to: 'es' })).type, '/problems/show-not-found');
  assert.deepEqual(translator.calls, []);
});

test('what is asked wrongly is refused by its path', async () => {
  const { seq } = await question();
  for (const [body, path] of [[{}, '/to'], [{ to: 7 }, '/to'], [{ to: 'ES' }, '/to'], [{ to: 'es-MX' }, '/to'], [{ to: '' }, '/to'], [{ to: 'es', text: 'x' }, '/text']]) {
    const { errors } = await house.visitor.expect(422, 'POST', pathOf(seq), body);
    assert.deepEqual(errors.map((e) => e.path), [path], JSON.stringify(body));
  }
  await house.visitor.expect(403, 'POST', pathOf(seq), { to: 'es' }, { origin: 'https://elsewhere.example' });
  assert.deepEqual(translator.calls, []);
});

const kBadAnswers = [
  ['garbage', [200, '<html>down</html>']],
  ['nothing', [200, '']],
  ['no text', [200, '{"text":"a"}']],
  ['too big', [200, JSON.stringify({ translatedText: 'x'.repeat(200_000) })]],
  ['another charset', [200, Buffer.from('{"translatedText":"caf\xe9"}', 'latin1'), { 'content-type': 'application/json; charset=iso-8859-1' }]],
  ['control signs', [200, '{"translatedText":"a\\u0007b"}']],
  ['a fault', [500, '{"error":"x"}']],
  ['a way elsewhere', [302, '', { location: 'http://127.0.0.1:1/' }]],
];
for (const [name, answer] of kBadAnswers) {
  test(`the server answers ${name}: the message stays as it is, and the chat goes on`, async () => {
    translator.answer = answer;
    const { seq, text } = await question();
    assert.equal(await refused(503, seq), 'translation-unavailable');
    translator.answer = undefined;
    assert.equal((await translated(seq, 'es')).text, `[es] ${text}`);
    await say('the chat goes on', 'en');
  });
}

test('a language that it does not have is said so, and nothing is paused', async () => {
  translator.answer = [400, '{"error":"xx is not supported"}'];
  const { seq } = await question();
  for (const to of ['xx', 'yy', 'xyz', 'xzz']) assert.equal(await refused(422, seq, to), 'translation-language');
  translator.answer = undefined;
  await translated(seq, 'es');
});

test('a server that fails again and again is left alone', async () => {
  isSpent = true;
  const before = await told('failures_total');
  translator.answer = [500, '{}'];
  const { seq } = await question();
  for (const to of ['es', 'fr', 'zh']) assert.equal(await refused(503, seq, to), 'translation-unavailable');
  const calls = translator.calls.length;
  translator.answer = undefined;
  const paused = await house.visitor.post(pathOf(seq), { to: 'de' });
  assert.deepEqual([paused.status, paused.json.type], [503, '/problems/translation-unavailable']);
  assert.ok(Number(paused.headers['retry-after']) > 20 && paused.json.retry_after_s <= 30);
  assert.equal(translator.calls.length, calls);
  await until('a line in the log', () => house.server.log.includes('translation paused'));
  assert.equal(await told('paused'), 1);
  assert.equal(await told('failures_total'), before + 3);
});

test('a server that is too busy is left alone for as long as it asks', async () => {
  isSpent = true;
  translator.answer = [429, '{}', { 'retry-after': '120' }];
  const { seq } = await question();
  await refused(503, seq);
  const paused = await house.visitor.post(pathOf(seq), { to: 'fr' });
  assert.equal(paused.status, 503);
  assert.ok(paused.json.retry_after_s > 100, JSON.stringify(paused.json));
  assert.equal(translator.calls.length, 1);
});

test('a server that does not answer holds up nothing, and is given up', async () => {
  const { opened, open } = gate();
  translator.hold = opened;
  const { seq } = await question();
  const waiting = refused(503, seq);
  await until('the call', () => translator.calls.length > 0);
  await say('the chat goes on', 'en');
  await house.visitor.expect(200, 'GET', `/shows/${show.id}`);
  assert.equal(await waiting, 'translation-unavailable');
  open();
});

test('a device may ask only so often', async () => {
  const { seq } = await say('Hola', 'es');
  const answers = await Promise.all(Array.from({ length: 80 }, () => ana.post(pathOf(seq), { to: 'es' })));
  const late = answers.filter(({ status }) => status === 429);
  assert.ok(late.length > 0 && late.length <= 20, `${late.length} refused`);
  assert.equal(late[0].json.type, '/problems/rate-limited');
  assert.ok(Number(late[0].headers['retry-after']) >= 1);
  await translated(seq, 'es', await newDevice(house.server.url, 'Cai'));
});

test('without a server that translates there is nothing to ask', async () => {
  isSpent = true;
  await away();
  house = await openHouse();
  product = await newProduct(house.seller, house.shop.id);
  show = await liveShow(house.seller, house.shop.id, [product]);
  seat = await enter(await newDevice(house.server.url, 'Ana'));
  assert.equal(seat.snapshot.translates, undefined);
  const { seq, lang } = await say('Hola', 'es');
  assert.equal(lang, 'es');
  assert.equal(await refused(409, seq, 'en'), 'translation-off');
});
