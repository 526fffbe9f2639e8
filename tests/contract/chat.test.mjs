// A safe chat, over the wire: rules that hold at once, people who are kept quiet in every show of a shop, what is
// announced, and what is kept of it all.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { buy, kChatRules, liveShow, newDevice, newProduct, openHouse, orderOf, setChatRules } from '../lib/house.mjs';
import { until } from '../lib/until.mjs';
import { Room } from '../lib/websocket.mjs';

let house, product, show, host, ana;
const open = [];

before(async () => { house = await openHouse(); });
after(() => {
  for (const room of open) room.drop();
  return house?.server.remove();
});

beforeEach(async () => {
  for (const room of open.splice(0)) room.drop();
  await setRules({});
  product = await newProduct(house.seller, house.shop.id);
  show = await liveShow(house.seller, house.shop.id, [product]);
  host = await enter(house.seller);
  ana = await guest('Ana');
});

async function enter(client, at = show) {
  const room = await Room.join(client, at.id);
  room.client = client;
  open.push(room);
  return room;
}
const guest = async (name) => enter(await newDevice(house.server.url, name));
const setRules = (more, who = house.helper) => setChatRules(who, house.shop.id, more);
const sanction = (seq, body, who = house.helper, at = show) =>
  who.expect(201, 'POST', `/shows/${at.id}/messages/${seq}/sanction`, body);
const said = async (room, text) => {
  room.chat(text, 'said');
  return (await host.event('chat', (e) => e.text === text)).seq;
};
async function refusal(room, text) {
  const before = room.refused.length;
  room.chat(text, 'r');
  await room.until(() => room.refused.length > before, `a refusal of ${text}`);
  return room.refused.at(-1);
}
// Once the store has written all of it down.
const exported = (lines) => until(`${lines} lines of chat`, async () => {
  const answer = await house.helper.get(`/shows/${show.id}/chat.csv`);
  return answer.body.toString().split('\r\n').length === lines + 2 && answer;
});
const newestDeeds = async (limit) => (await house.admin.expect(200, 'GET', `/audit?limit=${limit}`)).items
  .map(({ action, subject, detail }) => `${action} ${subject} ${detail}`.trim());

test('rules are told at once, hold for viewers, and are in the audit without their words', async () => {
  await setRules({ slow_mode_s: 30, links: 'off', muted_words: ['plastic'] });
  assert.deepEqual(await newestDeeds(1), [`chat-rules-changed shop/${house.shop.id} slow 30 s, everyone, links off, orders on, common words on, own words 1`]);
  await ana.until(() => ana.state.chat?.slow_mode_s === 30, 'slow mode');
  assert.deepEqual(ana.state.chat, { slow_mode_s: 30, who: 'everyone', links: 'off', takes_orders: true });
  assert.deepEqual(await refusal(ana, 'p.l.a.s.t.i.c'), { code: 'chat-muted-word', ref: 'r', path: '/text' });
  assert.equal((await refusal(ana, 'you idiot')).code, 'chat-muted-word');
  assert.deepEqual(await refusal(ana, 'see pearls.com'), { code: 'chat-link', ref: 'r', path: '/text' });
  await said(ana, 'hello');
  const slow = await refusal(ana, 'hello again');
  assert.equal(slow.code, 'rate-limited');
  assert.ok(slow.retry_after_ms > 20_000 && slow.retry_after_ms <= 30_000, JSON.stringify(slow));
  for (const text of ['no plastic', 'see pearls.com', 'as I said']) await said(host, text);
  const { slow_mode_s, muted_words } = await house.helper.expect(200, 'GET', `/shops/${house.shop.id}/chat-rules`);
  assert.deepEqual([slow_mode_s, muted_words], [30, ['plastic']]);
});

test('rules that do not fit are refused by their path', async () => {
  const cases = [
    [{ slow_mode_s: 301 }, '/slow_mode_s'], [{ slow_mode_s: -1 }, '/slow_mode_s'], [{ who: 'friends' }, '/who'],
    [{ links: true }, '/links'], [{ takes_orders: 'yes' }, '/takes_orders'], [{ mutes_common: 'yes' }, '/mutes_common'], [{ muted_words: 'a' }, '/muted_words'],
    [{ muted_words: ['a', ''] }, '/muted_words/1'], [{ muted_words: ['x'.repeat(41)] }, '/muted_words/0'],
    [{ muted_words: [1] }, '/muted_words/0'], [{ muted_words: Array(201).fill('a') }, '/muted_words'], [{ more: 1 }, '/more'],
  ];
  for (const [more, path] of cases) {
    const { errors } = await setChatRules(house.seller, house.shop.id, more, 422);
    assert.deepEqual(errors.map((e) => e.path), [path], JSON.stringify(more));
  }
});

test('two people who change the rules do not overwrite each other', async () => {
  const path = `/shops/${house.shop.id}/chat-rules`;
  const { etag } = (await house.helper.get(path)).headers;
  const put = (more, tag, who = house.seller) => who.put(path, { ...kChatRules, ...more }, { headers: tag ? { 'if-match': tag } : {} });
  const bare = await put({ slow_mode_s: 10 });
  assert.deepEqual([bare.status, bare.json.type], [428, '/problems/if-match-missing']);
  const first = await put({ slow_mode_s: 10 }, etag);
  assert.equal(first.status, 200);
  const late = await put({ slow_mode_s: 60 }, etag, house.helper);
  assert.deepEqual([late.status, late.json.type], [412, '/problems/version-mismatch']);
  const kept = await house.helper.get(path);
  assert.deepEqual([kept.json.slow_mode_s, kept.headers.etag], [10, first.headers.etag]);
  assert.equal((await put({ slow_mode_s: 60 }, kept.headers.etag, house.helper)).status, 200);
});

test('members only: who buys may write, without joining again', async () => {
  await setRules({ who: 'members' });
  await ana.until(() => ana.state.chat?.who === 'members', 'the rule');
  assert.equal(ana.snapshot.you.member, undefined);
  const cai = await guest('Cai');
  assert.equal((await refusal(ana, 'hello')).code, 'chat-members-only');
  assert.equal((await buy(cai.client, orderOf(product))).status, 201);
  await said(cai, 'I have bought one');
  assert.equal((await enter(cai.client)).snapshot.you.member, true);
  await said(await enter(house.helper), 'helpers write');
});

test('a timeout holds in every show of the shop, survives a restart, and is lifted', async () => {
  const bad = await guest('Bad');
  const seq = await said(bad, 'Mine is cheaper');
  const made = await sanction(seq, { kind: 'timeout', seconds: 600 });
  assert.deepEqual([made.kind, made.name, made.text, made.made_by, made.show_id, made.seq], ['timeout', 'Bad', 'Mine is cheaper', 'Hua', show.id, seq]);
  assert.deepEqual(await newestDeeds(1), [`chat-author-sanctioned show/${show.id} message/${seq} timeout 600 s`]);
  const refused = await refusal(bad, 'hello?');
  assert.equal(refused.code, 'chat-timeout');
  assert.ok(refused.retry_after_ms > 590_000 && refused.retry_after_ms <= 600_000);
  const other = await liveShow(house.seller, house.shop.id, [product]);
  assert.equal((await refusal(await enter(bad.client, other), 'here?')).code, 'chat-timeout');
  await house.server.stop();
  await house.server.startAgain();
  assert.equal((await refusal(await enter(bad.client), 'and now?')).code, 'chat-timeout');
  const { items } = await house.seller.expect(200, 'GET', `/shops/${house.shop.id}/chat-sanctions`);
  assert.deepEqual(items.find(({ id }) => id === made.id), made);
  await house.helper.expect(204, 'DELETE', `/shops/${house.shop.id}/chat-sanctions/${made.id}`);
  assert.deepEqual(await newestDeeds(1), [`chat-sanction-lifted show/${show.id} message/${seq} timeout`]);
  host = await enter(house.seller);
  await said(await enter(bad.client), 'thank you');
  assert.equal((await house.helper.expect(404, 'DELETE', `/shops/${house.shop.id}/chat-sanctions/${made.id}`)).type, '/problems/sanction-not-found');
});

test('a ban hides all that was said, and hearts count no more', async () => {
  const bad = await guest('Bad');
  const first = await said(bad, 'one');
  const second = await said(bad, 'two');
  await said(ana, 'three');
  await sanction(first, { kind: 'ban' });
  for (const seq of [first, second]) await ana.event('hidden', (e) => e.hidden_seq === seq);
  assert.equal((await refusal(bad, 'three')).code, 'chat-banned');
  bad.hearts(20);
  ana.hearts(1);
  await host.until(() => host.state.hearts === 1, 'one heart');
  assert.deepEqual((await enter(house.visitor)).snapshot.messages.map((m) => m.text), ['three']);
});

test('a shadow is heard by itself alone', async () => {
  const bad = await guest('Bad');
  await sanction(await said(bad, 'one'), { kind: 'shadow' });
  bad.chat('two <img src=x>');
  await bad.until(() => bad.own.length === 1, 'its own message');
  assert.deepEqual([bad.own[0].text, bad.own[0].name, bad.refused.length], ['two <img src=x>', 'Bad', 0]);
  await said(ana, 'three');
  for (const room of [host, ana, bad]) assert.ok(!room.events.some((e) => e.text?.startsWith('two')));
  assert.deepEqual((await enter(house.visitor)).snapshot.messages.map((m) => m.text), ['one', 'three']);
  assert.match((await exported(3)).body.toString(), /Z,,Bad,viewer,two <img src=x>,,,shadow,\r\n/);
});

test('nobody is kept quiet who cannot be, and by whom it may not be', async () => {
  const seq = await said(host, 'welcome');
  const problem = async (status, at, body, who = house.seller) => (await who.expect(status, 'POST', at, body)).type;
  const of = (number) => `/shows/${show.id}/messages/${number}/sanction`;
  assert.equal(await problem(409, of(seq), { kind: 'ban' }), '/problems/chat-author-of-shop');
  assert.equal(await problem(404, of(999), { kind: 'ban' }), '/problems/message-not-found');
  const mine = await said(ana, 'hello');
  assert.equal(await problem(403, of(mine), { kind: 'ban' }, house.stranger), '/problems/forbidden');
  for (const [body, path] of [[{ kind: 'kick' }, '/kind'], [{}, '/kind'], [{ kind: 'timeout' }, '/seconds'],
    [{ kind: 'timeout', seconds: 9 }, '/seconds'], [{ kind: 'timeout', seconds: 86401 }, '/seconds'], [{ kind: 'ban', seconds: 60 }, '/seconds']]) {
    const { errors } = await house.seller.expect(422, 'POST', of(mine), body);
    assert.deepEqual(errors.map((e) => e.path), [path], JSON.stringify(body));
  }
  await said(ana, 'still here');
});

test('an announcement stands for all who come, until it is withdrawn', async () => {
  const path = `/shows/${show.id}/announcement`;
  await house.helper.expect(204, 'PUT', path, { text: 'Free <b>shipping</b>' });
  await ana.until(() => ana.state.announcement === 'Free <b>shipping</b>', 'the announcement');
  await house.helper.expect(204, 'PUT', path, { text: 'Free shipping tonight' });
  assert.deepEqual(await newestDeeds(1), [`announcement-made show/${show.id}`]);
  await ana.until(() => ana.state.announcement === 'Free shipping tonight', 'the next one');
  await house.server.stop();
  await house.server.startAgain();
  const late = await enter(house.device);
  assert.equal(late.state.announcement, 'Free shipping tonight');
  await house.seller.expect(204, 'DELETE', path);
  await late.until(() => late.state.announcement === '', 'nothing');
  for (const text of ['', 'x'.repeat(201), 'a\nb']) await house.seller.expect(422, 'PUT', path, { text });
  await house.seller.expect(200, 'POST', `/shows/${show.id}/end`);
  assert.equal((await house.seller.expect(409, 'PUT', path, { text: 'Late' })).type, '/problems/show-ended');
});

test('what was said is exported, safe for a spreadsheet', async () => {
  await said(ana, '=HYPERLINK("http://x","y")');
  const hidden = await said(ana, 'away, with "quotes"');
  await house.helper.expect(204, 'DELETE', `/shows/${show.id}/messages/${hidden}`);
  await said(host, '珍珠');
  const { headers, body } = await exported(3);
  assert.equal(headers['content-type'], 'text/csv; charset=utf-8');
  assert.deepEqual([...body.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
  const lines = body.subarray(3).toString().split('\r\n');
  assert.equal(lines[0], 'said_at,number,name,role,text,hidden_at,hidden_by,sanction,lang');
  const untimed = lines.slice(1).map((line) => line.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'T'));
  const number = (n) => Number(untimed[n].split(',')[1]);
  assert.deepEqual(untimed, [
    `T,${number(0)},Ana,viewer,"'=HYPERLINK(""http://x"",""y"")",,,,`,
    `T,${hidden},Ana,viewer,"away, with ""quotes""",T,Hua,,`,
    `T,${number(2)},Lin,host,珍珠,,,,zh`,
    '',
  ]);
});
