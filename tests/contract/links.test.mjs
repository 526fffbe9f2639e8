// Links that are for once and for a while: used, expired and unknown ones open nothing and say why.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { Client } from '../lib/client.mjs';
import { kPassword, setUp, tokenOf } from '../lib/house.mjs';
import { kBinary, Server } from '../lib/server.mjs';

let server, admin;

function run(program, args) {
  const ran = spawnSync(program, args, { encoding: 'utf8' });
  assert.equal(ran.status, 0, `${program}: ${ran.error ?? ran.stderr}`);
  return ran.stdout;
}

// As if all links of this table had been made for another time than now; the server reads it anew.
const kLongAgo = 1;
const kFarAway = 4e15;
const expireAt = (table, time_us) => server.sql(`UPDATE ${table} SET expires_at = ${time_us}`);

async function refuses(path, body, status, problem) {
  const refused = await new Client(server.url).expect(status, 'POST', path, body);
  assert.equal(refused.type, `/problems/${problem}`);
}

const person = (token, login) => ({ token, name: 'Nobody', login, password: kPassword });
const peopleCount = async () => (await admin.expect(200, 'GET', '/people')).items.length;

before(async () => { server = await Server.start(); });
after(() => server?.remove());

test('a link of the first start that has expired makes no administrator; the next start gives another', async () => {
  const expired = tokenOf(server.address.setup_url);
  await expireAt('entry_link', kLongAgo);
  await refuses('/setup', person(expired, 'late.admin'), 410, 'link-expired');
  await server.stop();
  await server.startAgain();
  await refuses('/setup', person(expired, 'late.admin'), 404, 'link-unknown');
  admin = await setUp(server);
  await refuses('/setup', person(tokenOf(server.address.setup_url), 'other.admin'), 410, 'link-used');
  assert.equal(await peopleCount(), 1);
});

test('an invitation that has expired is neither shown nor accepted, and is listed as expired', async () => {
  const made = await admin.expect(201, 'POST', '/invitations', { role: 'manager', name: 'Mei' });
  await expireAt('invitation', kLongAgo);
  await refuses('/invitations/peek', { token: tokenOf(made.url) }, 410, 'link-expired');
  await refuses('/invitations/accept', person(tokenOf(made.url), 'late.manager'), 410, 'link-expired');
  assert.deepEqual((await admin.expect(200, 'GET', '/invitations')).items.map((i) => i.status), ['expired']);
  assert.equal(await peopleCount(), 1);
});

test('a sign-in link opens one session, and none when it has expired', async () => {
  await server.stop();
  const { studio_path } = JSON.parse(run(kBinary, ['demo', 'seed', ...server.dataFlags]));
  await server.startAgain();
  const token = tokenOf(new URL(studio_path, server.url));
  await expireAt('entry_link', kLongAgo);
  await refuses('/session/link', { token }, 410, 'link-expired');
  await refuses('/session/link', { token: token.split('').reverse().join('') }, 404, 'link-unknown');

  await expireAt('entry_link', kFarAway);
  const seller = new Client(server.url);
  assert.equal((await seller.expect(200, 'POST', '/session/link', { token })).person.role, 'seller');
  await refuses('/session/link', { token }, 410, 'link-used');
  await seller.expect(200, 'GET', '/session');
});
