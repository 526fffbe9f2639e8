// Getting in again after a forgotten password: the link, the new password, and what they end.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { Client } from '../lib/client.mjs';
import { join, kPassword, openHouse, tokenOf } from '../lib/house.mjs';
import { kBinary } from '../lib/server.mjs';
import { kInPostgres } from '../lib/postgres.mjs';

const kFresh = 'eight shells in a row';

let house;

before(async () => { house = await openHouse(); });
after(() => house?.server.remove());

const newClient = () => new Client(house.server.url);
const sessionOf = (client) => client.expect(200, 'GET', '/session');

async function newHelper() {
  const client = await join(house.admin, { role: 'helper', name: 'Hua', shop_id: house.shop.id });
  client.id = (await sessionOf(client)).person.id;
  return client;
}

const linkFor = (maker, person) => maker.expect(201, 'POST', `/people/${person.id}/sign-in-link`);

async function enter(link) {
  const client = newClient();
  client.session = await client.expect(200, 'POST', '/session/link', { token: tokenOf(link.url) });
  return client;
}

async function refusesLink(link, problem) {
  const refused = await newClient().expect(410, 'POST', '/session/link', { token: tokenOf(link.url) });
  assert.equal(refused.type, `/problems/${problem}`);
}

async function signIn(person, password, status = 200) {
  const client = newClient();
  await client.expect(status, 'POST', '/session', { login: person.login, password });
  return client;
}

test('a link lets somebody in once, for a quarter of an hour, and says where', async () => {
  const person = await newHelper();
  const asked = Date.now();
  const link = await linkFor(house.manager, person);
  assert.ok(link.url.startsWith(`${house.server.url}/signin/link#`), link.url);
  assert.match(link.qr_svg, /^data:image\/svg\+xml/);
  const left_ms = Date.parse(link.expires_at) - asked;
  assert.ok(left_ms > 14 * 60_000 && left_ms < 16 * 60_000, `${left_ms} ms`);
  const client = await enter(link);
  assert.equal(client.session.person.id, person.id);
  assert.equal(client.session.may_reset_password, true);
  await refusesLink(link, 'link-used');
  assert.equal((await sessionOf(person)).may_reset_password, false, 'the session of before');
});

test('a new link ends the one before, and so many may not be made', async () => {
  const person = await newHelper();
  const first = await linkFor(house.admin, person);
  const second = await linkFor(house.manager, person);
  await refusesLink(first, 'link-expired');
  await enter(second);
  for (let i = 0; i < 3; i++) await linkFor(house.admin, person);
  const answer = await house.admin.post(`/people/${person.id}/sign-in-link`);
  assert.deepEqual([answer.status, answer.json.type, answer.json.limit], [429, '/problems/too-many-sign-in-links', 5]);
  assert.equal(Number(answer.headers['retry-after']), answer.json.retry_after_s);
  await linkFor(house.admin, await newHelper());
});

test('after a link a new password needs no old one, once; it ends the other sessions and the open link', async () => {
  const person = await newHelper();
  const client = await enter(await linkFor(house.manager, person));
  const open = await linkFor(house.manager, person);
  await client.expect(204, 'PUT', '/session/password', { password: kFresh });
  assert.equal((await sessionOf(client)).may_reset_password, false);
  await person.expect(401, 'GET', '/session');
  await refusesLink(open, 'link-expired');
  await signIn(person, kPassword, 401);
  await signIn(person, kFresh);
  await client.expect(422, 'PUT', '/session/password', { password: 'nine shells in a row' });
});

test('who knows the old password changes it, and stays signed in here alone', async () => {
  const person = await newHelper();
  const elsewhere = await signIn(person, kPassword);
  await person.expect(204, 'PUT', '/session/password', { current_password: kPassword, password: kFresh });
  await sessionOf(person);
  await elsewhere.expect(401, 'GET', '/session');
  await signIn(person, kPassword, 401);
  await signIn(person, kFresh);
});

test('after a link, an old password that is given must still be right', async () => {
  const person = await newHelper();
  const client = await enter(await linkFor(house.manager, person));
  const refused = await client.expect(422, 'PUT', '/session/password', { current_password: 'wrong wrong', password: kFresh });
  assert.equal(refused.type, '/problems/current-password-wrong');
  await client.expect(204, 'PUT', '/session/password', { current_password: kPassword, password: kFresh });
});

test('guessing the old password is bounded like signing in', async () => {
  const strict = await openHouse({ args: ['--sign-in-attempts-per-account-max', '4'] });
  try {
    const tries = [];
    for (let i = 0; i < 12 && tries.at(-1)?.status !== 429; i++) {
      tries.push(await strict.helper.put('/session/password', { current_password: `wrong ${i}`, password: kFresh }));
    }
    assert.equal(tries.at(0).json.type, '/problems/current-password-wrong');
    assert.deepEqual([tries.at(-1).status, tries.at(-1).json.type], [429, '/problems/sign-in-too-often']);
    assert.equal(Number(tries.at(-1).headers['retry-after']), tries.at(-1).json.retry_after_s);
    const right = await strict.helper.put('/session/password', { current_password: kPassword, password: kFresh });
    assert.equal(right.status, 429);
  } finally {
    await strict.server.remove();
  }
});

const personLink = (login) => spawnSync(kBinary,
  ['person', 'link', login, ...house.server.dataFlags, '--server-public-url', house.server.url], { encoding: 'utf8' });

test("the host's command prints a link while the server is down, and says so while it is up", async () => {
  const up = personLink('admin');
  if (kInPostgres) {  // which has room for two
    assert.equal(up.status, 0, up.stderr);
    assert.equal((await enter({ url: up.stdout.trim() })).session.person.login, 'admin');
  } else {
    assert.equal(up.status, 1);
    assert.match(up.stderr, /The server is running.*\n.*New sign-in link/);
    assert.equal(up.stdout, '');
  }

  await house.server.stop();
  const unknown = personLink('nobody.at.all');
  assert.deepEqual([unknown.status, unknown.stdout], [1, '']);
  assert.match(unknown.stderr, /no such person/);
  const made = personLink('ADMIN');
  assert.equal(made.status, 0, made.stderr);
  await house.server.startAgain();
  const client = await enter({ url: made.stdout.trim() });
  assert.equal(client.session.person.login, 'admin');
  assert.equal(client.session.may_reset_password, true);
});
