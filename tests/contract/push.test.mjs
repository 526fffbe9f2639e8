// Reminders as a browser gets them by a push service: encrypted for it alone, each once, and given up with their sense. On
// PostgreSQL two servers share one database and its keys.
import assert from 'node:assert/strict';
import { copyFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { newDevice, openHouse } from '../lib/house.mjs';
import { kInPostgres } from '../lib/postgres.mjs';
import { Browser, claimsOf, PushService } from '../lib/push_service.mjs';
import { Server } from '../lib/server.mjs';
import { until } from '../lib/until.mjs';

const kArgs = ['--webhooks-allow-loopback', 'true', '--push-contact', 'mailto:host@example.org'];
const kMinute_ms = 60_000;

let house, service, key;
let servers = [];
before(async () => {
  house = await openHouse({ args: kArgs });
  servers = [house.server];
  if (kInPostgres) servers.push(await secondServer());
  service = await PushService.start();
  ({ key } = await house.visitor.expect(200, 'GET', '/push-key'));
});
after(async () => {
  service?.stop();
  await Promise.all(servers.map((server) => server.remove()));
});

async function secondServer() {
  const dataDir = await mkdtemp(join(tmpdir(), 'geili-test-'));
  for (const name of ['payment.key', 'push.key']) await copyFile(join(house.server.dataDir, name), join(dataDir, name));
  return Server.start({ beside: house.server, dataDir, args: kArgs });
}

const inMinutes = (minutes) => new Date(Date.now() + minutes * kMinute_ms).toISOString();
const plan = (starts_at = inMinutes(120), title = 'Pearls of the evening') =>
  house.seller.expect(201, 'POST', `/shops/${house.shop.id}/shows`, { title, starts_at });
const start = (show) => house.seller.expect(200, 'POST', `/shows/${show.id}/start`);
async function move(show, starts_at) {
  const { headers } = await house.seller.get(`/shows/${show.id}`);
  assert.equal((await house.seller.patch(`/shows/${show.id}`, { starts_at }, headers.etag)).status, 200);
}
// A device whose browser is subscribed.
async function subscribed(language) {
  const device = await newDevice(house.server.url, 'Ana');
  const browser = new Browser(service, language);
  assert.deepEqual(await device.expect(200, 'PUT', '/device/push-subscription', browser.subscription),
    { is_on: true, language: language ?? 'en', show_ids: [], shop_ids: [] });
  return { device, browser };
}
async function reminded(show, language) {
  const one = await subscribed(language);
  assert.deepEqual((await one.device.expect(200, 'PUT', `/shows/${show.id}/reminder`)).show_ids, [show.id]);
  return one;
}
// Plans a show that begins soon, and reads what the device is told of it. It asks for the shop first: of the show alone
// it might ask when a round of the server has told all who asked.
async function toldSoon({ device, browser }) {
  const ofShop = `/shops/${house.shop.id}/reminder`;
  await device.expect(200, 'PUT', ofShop);
  const show = await plan(inMinutes(10));
  const [soon] = await service.read(browser);
  await device.expect(200, 'PUT', `/shows/${show.id}/reminder`);
  await device.expect(200, 'DELETE', ofShop);
  return { show, soon };
}
// Once a whole round has gone by, which another shop's show makes sure of, and nothing waits.
async function settled() {
  const show = await house.stranger.expect(201, 'POST', `/shops/${house.otherShop.id}/shows`, { title: 'Elsewhere', starts_at: inMinutes(120) });
  const { browser } = await reminded(show);
  await house.stranger.expect(200, 'POST', `/shows/${show.id}/start`);
  await service.read(browser);
  await until('every delivery is over', async () => (await figureOf('geili_push_waiting')) === 0);
}
async function nothingMore(browser, count) {
  await settled();
  assert.equal(service.sentTo(browser).length, count);
}
async function figureOf(name) {
  const texts = await Promise.all(servers.map(async ({ url }) => (await fetch(new URL('/metrics', url))).text()));
  return texts.map((text) => Number(new RegExp(`^${name} (\\d+)`, 'm').exec(text)[1])).reduce((sum, one) => sum + one, 0);
}

test('a show that begins within a quarter of an hour is told once, and once more when it is live', async () => {
  const one = await subscribed('es');
  const { browser } = one;
  const { show, soon } = await toldSoon(one);
  assert.deepEqual([soon.title, soon.body, soon.url, soon.tag, soon.lang], ['Lin Pearls', '«Pearls of the evening» empieza a las {time}',
    `/shows/${show.id}`, `show-${show.id}`, 'es']);
  assert.equal(Date.parse(soon.at), Date.parse(show.starts_at));
  const { headers } = soon;
  assert.deepEqual([headers['content-encoding'], headers['content-type'], headers.urgency, headers.topic],
    ['aes128gcm', 'application/octet-stream', 'high', `show-${show.id}`]);
  assert.ok(Number(headers.ttl) > 8 * 60 && Number(headers.ttl) <= 10 * 60, `TTL ${headers.ttl} ends with the start`);
  const claims = claimsOf(headers.authorization, key);
  assert.deepEqual([claims.aud, claims.sub], [service.origin, 'mailto:host@example.org']);
  assert.ok(claims.exp > Date.now() / 1000 && claims.exp < Date.now() / 1000 + 24 * 3600);

  await start(show);
  const [, live] = await service.read(browser, 2);
  assert.equal(live.body, '«Pearls of the evening» está en vivo');
  assert.equal(live.at, undefined);
  claimsOf(live.headers.authorization, key);
  await nothingMore(browser, 2);
});

test('a server sends what comes one after another over one connection', async () => {
  const before_it = service.connections;
  for (let i = 0; i < 2; i += 1) {
    const one = await subscribed();
    const { show } = await toldSoon(one);
    await start(show);
    await service.read(one.browser, 2);
  }
  const made = service.connections - before_it;
  assert.ok(made <= servers.length, `${made} connections for 4 reminders`);
});

test('who asked for no show, or thought better of it, is told nothing', async () => {
  const show = await plan();
  const silent = await subscribed();
  const { device, browser } = await reminded(show);
  const other = await reminded(show);
  assert.deepEqual((await device.expect(200, 'DELETE', `/shows/${show.id}/reminder`)).show_ids, []);
  const off = await reminded(show);
  assert.deepEqual(await off.device.expect(200, 'DELETE', '/device/push-subscription'), { is_on: false, show_ids: [], shop_ids: [] });
  assert.deepEqual(await house.seller.expect(200, 'GET', `/shows/${show.id}/reminders`), { devices: 1 });
  await start(show);
  await service.read(other.browser);
  await nothingMore(other.browser, 1);
  for (const one of [silent.browser, browser, off.browser]) assert.equal(service.sentTo(one).length, 0);
});

test('a show that is moved is told to who asked for it, as it stands then', async () => {
  const show = await plan();
  const { browser } = await reminded(show, 'zh');
  await move(show, inMinutes(150));
  const later = inMinutes(180);
  await move(show, later);
  const [moved] = await service.read(browser);
  assert.deepEqual([moved.body, moved.headers.urgency], ['“Pearls of the evening”改到 {time}', 'normal']);
  assert.equal(Date.parse(moved.at), Date.parse(later));
  await nothingMore(browser, 1);
});

test('a show that is called off is told to who asked for it, without a time', async () => {
  const show = await plan();
  const { device, browser } = await reminded(show, 'es');
  await house.seller.expect(200, 'POST', `/shows/${show.id}/call-off`);
  const [off] = await service.read(browser);
  assert.deepEqual([off.body, off.at, off.headers.urgency], ['«Pearls of the evening» se canceló', undefined, 'normal']);
  assert.deepEqual((await device.expect(200, 'GET', '/device/push-subscription')).show_ids, []);
  assert.equal((await device.expect(409, 'PUT', `/shows/${show.id}/reminder`)).type, '/problems/show-status-conflict');
  await nothingMore(browser, 1);
});

test('who follows a shop with reminders hears of all of its shows, and of a move once it was told of the show', async () => {
  const one = await subscribed('fr');
  const { shop } = house;
  assert.deepEqual((await one.device.expect(200, 'PUT', `/shops/${shop.id}/reminder`)).shop_ids, [shop.id]);
  assert.equal((await one.device.expect(200, 'GET', `/shops/${shop.id}/follow`)).is_following, true);
  const far = await plan();
  const asked = await reminded(far);
  await move(far, inMinutes(240));
  await service.read(asked.browser);
  await nothingMore(one.browser, 0);

  const near = await plan(inMinutes(5), 'Près du lac');
  const [soon] = await service.read(one.browser);
  assert.equal(soon.body, '« Près du lac » commence à {time}');
  await move(near, inMinutes(60));
  const [, moved] = await service.read(one.browser, 2);
  assert.equal(moved.body, '« Près du lac » change d’horaire : {time}');

  await one.device.expect(200, 'DELETE', `/shops/${shop.id}/follow`);
  assert.deepEqual((await one.device.expect(200, 'GET', '/device/push-subscription')).shop_ids, [], 'unfollowing ends reminders');
  await start(near);
  await nothingMore(one.browser, 2);
});

test('what a push service cannot take now is sent again, and no earlier than it asks', async () => {
  const show = await plan();
  const { browser } = await reminded(show);
  service.answers.set(browser.path, [[429, { 'retry-after': '7' }], [503]]);
  await start(show);
  const told_at = [];
  for (let count = 1; count <= 3; count += 1) {
    await service.read(browser, count);
    told_at.push(Date.now());
  }
  assert.ok(told_at[1] - told_at[0] >= 6_000, `${told_at[1] - told_at[0]} ms`);
  await nothingMore(browser, 3);
});

for (const status of [404, 410]) {
  test(`a subscription of which a push service says ${status} is deleted`, async () => {
    const show = await plan();
    const { device, browser } = await reminded(show);
    service.answers.set(browser.path, [[status]]);
    await start(show);
    await until('it is gone', async () => !(await device.expect(200, 'GET', '/device/push-subscription')).is_on);
    await nothingMore(browser, 1);
  });
}

test('what is refused for good is not sent again', async () => {
  const show = await plan();
  const { device, browser } = await reminded(show);
  service.answers.set(browser.path, [[403]]);
  const before_it = await figureOf('geili_push_given_up_total');
  await start(show);
  await until('it is given up', async () => (await figureOf('geili_push_given_up_total')) === before_it + 1);
  await nothingMore(browser, 1);
  assert.equal((await device.expect(200, 'GET', '/device/push-subscription')).is_on, true);
});

test('a reminder whose sense is gone is not sent', async () => {
  const one = await subscribed();
  const { browser } = one;
  service.answers.set(browser.path, [[503]]);
  const { show } = await toldSoon(one);
  await start(show);
  await house.seller.expect(200, 'POST', `/shows/${show.id}/end`);
  await settled();
  const bodies = (await service.read(browser)).map(({ body }) => body);
  assert.equal(bodies.filter((body) => body.includes('begins')).length, 1, 'that it begins is not said of a show that is over');
});

test('fifty devices are each told once, by whichever server', async () => {
  const show = await plan();
  const all = await Promise.all(Array.from({ length: 50 }, () => reminded(show)));
  assert.deepEqual(await house.manager.expect(200, 'GET', `/shows/${show.id}/reminders`), { devices: 50 });
  await start(show);
  await Promise.all(all.map(({ browser }) => service.read(browser)));
  await settled();
  for (const { browser } of all) assert.equal(service.sentTo(browser).length, 1);
});

test('a subscription takes the place of the one before, and goes with its endpoint to another device', async () => {
  const show = await plan();
  const { device, browser } = await reminded(show);
  const next = new Browser(service);
  await device.expect(200, 'PUT', '/device/push-subscription', next.subscription);
  const heir = await newDevice(house.server.url, 'Luis');
  const other = await reminded(show);
  await heir.expect(200, 'PUT', '/device/push-subscription', other.browser.subscription);
  assert.equal((await other.device.expect(200, 'GET', '/device/push-subscription')).is_on, false);
  await start(show);
  await service.read(next);
  await nothingMore(next, 1);
  for (const one of [browser, other.browser]) assert.equal(service.sentTo(one).length, 0);
});

test('a reminder needs a subscription, a show that is planned, and room', async () => {
  const show = await plan();
  const stranger = await newDevice(house.server.url, 'Rosa');
  const refused = async (device, path, type) => assert.equal((await device.expect(409, 'PUT', path)).type, `/problems/${type}`);
  await refused(stranger, `/shows/${show.id}/reminder`, 'push-not-subscribed');
  await refused(stranger, `/shops/${house.shop.id}/reminder`, 'push-not-subscribed');
  assert.equal((await stranger.expect(200, 'GET', `/shops/${house.shop.id}/follow`)).is_following, false);
  await start(show);
  const { device } = await subscribed();
  await refused(device, `/shows/${show.id}/reminder`, 'show-status-conflict');
  for (let i = 0; i < 100; i += 1) await device.expect(200, 'PUT', `/shows/${(await plan(inMinutes(10_000))).id}/reminder`);
  await refused(device, `/shows/${(await plan()).id}/reminder`, 'reminders-limit');
});

test('the log and the figures tell how many, and no endpoint', async () => {
  assert.ok((await figureOf('geili_push_sent_total')) >= 60);
  assert.ok((await figureOf('geili_push_failed_total')) >= 3);
  assert.ok((await figureOf('geili_push_gone_total')) >= 2);
  for (const { log } of servers) {
    assert.match(log, /reminders/);
    assert.doesNotMatch(log, /\/send\/|p256dh/);
  }
});

test('subscribing again and again from one address is slowed down', async () => {
  const { device, browser } = await subscribed();
  const answers = [];
  for (let i = 0; i < 250 && answers.at(-1)?.status !== 429; i += 1) {
    answers.push(await device.request('PUT', '/device/push-subscription', { json: browser.subscription }));
  }
  const { status, json, headers } = answers.at(-1);
  assert.deepEqual([status, json.type], [429, '/problems/push-too-often']);
  assert.ok(Number(headers['retry-after']) >= 1);
});
