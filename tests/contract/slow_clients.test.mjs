// Hundreds of connections that send a byte now and then, or do not read, are each cut within their limit, and nobody
// else notices: requests are answered and a room works all the while.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { liveShow, newProduct, openHouse } from '../lib/house.mjs';
import { kPublishOffer } from '../lib/offers.mjs';
import { slowClient } from '../lib/slow_client.mjs';
import { until } from '../lib/until.mjs';
import { Room } from '../lib/websocket.mjs';

// The limits of src/net/server.hpp, src/net/tls_front.hpp, src/media/engine.hpp and src/media/webrtc.
const kHead_ms = 10_000;
const kBody_ms = 60_000;
const kUnread_ms = 30_000;
const kIdle_ms = 60_000;
const kMessage_ms = 10_000;
const kFarewell_ms = 2_000;  // for an answer, a close frame or a close_notify to be taken
const kPings_ms = 2 * 25_000;
const kTlsHandshake_ms = 10_000;
const kRtmpHandshake_ms = 5_000;
const kIceStranger_ms = 10_000;
const kLate_ms = 2_000;      // what a busy machine adds
const kAnswerMax_ms = 5_000;
const kEach = 24;

let house, show, ports, seat;

before(async () => {
  house = await openHouse({ args: ['--lan', '--lan-address', '127.0.0.1', '--lan-port', '0'] });
  const { seller, shop, server } = house;
  const goods = [];
  for (let i = 0; i < 10; i += 1) goods.push(await newProduct(seller, shop.id, { description: 'pearls '.repeat(100) }));
  show = await liveShow(seller, shop.id, goods);
  show.goods = goods;
  seat = await Room.join(house.device, show.id);
  const answer = await seller.request('POST', `/shows/${show.id}/whip`, kPublishOffer);
  const [, iceHost, icePort] = /a=candidate:\S+ 1 tcp \d+ (\S+) (\d+) typ host/i.exec(answer.body.toString());
  ports = { http: { port: Number(new URL(server.url).port) }, tls: { port: Number(new URL(server.address.lan_url).port) },
    rtmp: { port: Number(new URL(server.rtmpUrl).port) }, ice: { host: iceHost, port: Number(icePort) } };
});
after(() => {
  seat?.drop();
  return house?.server.remove();
});

const kLong = 'a'.repeat(1_000);
const upgrade = () => `GET /api/v1/shows/${show.id}/room HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n`
  + 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n';
const listing = () => `GET /api/v1/shops/${house.shop.id}/products HTTP/1.1\r\nHost: x\r\n\r\n`;
// Long, and never a matter of the store: the line is full at once.
const long = () => 'GET /api/openapi.yaml HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(100);
// A masked frame of a text of 1,000 bytes, and one byte as the first or a later fragment of a message.
const kFrame = `\x81\xfe\x03\xe8\0\0\0\0${kLong}`;
const fragment = (opcode) => Buffer.from(`${opcode}\x81\0\0\0\0a`, 'latin1');
const kFragments = [fragment('\x01'), ...Array(200).fill(fragment('\0'))];

// [name, how, limit, how many, what is answered].
const kinds = () => [
  ['nothing said', { ...ports.http }, kHead_ms],
  ['empty lines', { ...ports.http, trickle: '\r\n'.repeat(500) }, kHead_ms],
  ['a head byte by byte', { ...ports.http, first: 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ', trickle: kLong }, kHead_ms, kEach, /^HTTP\/1\.1 408 /],
  ['a handshake of a room byte by byte', { ...ports.http, trickle: upgrade() }, kHead_ms, kEach, /^HTTP\/1\.1 408 /],
  ['a body byte by byte', { ...ports.http, first: 'POST /api/v1/device HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n',
    trickle: kLong.slice(0, 800) }, kBody_ms, kEach, /^HTTP\/1\.1 408 /],
  ['nothing more after an answer', { ...ports.http, first: listing() }, kIdle_ms, kEach, /^HTTP\/1\.1 200 /],
  ['answers that are not read', { ...ports.http, first: long(), trickle: kLong, deaf: true }, kUnread_ms, 8],
  ['a message of a room byte by byte', { ...ports.http, first: upgrade(), trickle: kFrame }, kMessage_ms + kFarewell_ms, kEach, /^HTTP\/1\.1 101 /],
  ['a message of a room in fragments without end', { ...ports.http, first: upgrade(), trickle: kFragments }, kMessage_ms + kFarewell_ms, kEach, /^HTTP\/1\.1 101 /],
  ['TLS: nothing said', { ...ports.tls }, kTlsHandshake_ms],
  ['TLS: a hello byte by byte', { ...ports.tls, trickle: `\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03${kLong}` }, kTlsHandshake_ms],
  ['TLS: a head byte by byte', { ...ports.tls, tls: true, first: 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ', trickle: kLong }, kHead_ms + kFarewell_ms, kEach, /^HTTP\/1\.1 408 /],
  ['TLS: answers that are not read', { ...ports.tls, tls: true, first: long(), trickle: kLong, deaf: true }, kUnread_ms + kFarewell_ms, 8],
  ['RTMP: nothing said', { ...ports.rtmp }, kRtmpHandshake_ms],
  ['RTMP: a handshake byte by byte', { ...ports.rtmp, trickle: `\x03${kLong}` }, kRtmpHandshake_ms],
  ['ICE by TCP: nothing said', { ...ports.ice }, kIceStranger_ms],
  ['ICE by TCP: a packet byte by byte', { ...ports.ice, trickle: `\x01\0${kLong}` }, kIceStranger_ms],
];

async function figure(name) {
  const text = (await house.visitor.request('GET', house.visitor.at('/metrics'))).body.toString();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)[1]);
}

// A request answered, and a pin that is seen in the room. Each time it is the next product: what is
// pinned already is not told again.
let rounds = 0;
async function goShopping() {
  const began = performance.now();
  const good = show.goods[rounds % show.goods.length];
  rounds += 1;
  await house.visitor.expect(200, 'GET', `/products/${good.id}`);
  const known = seat.seq;
  await house.seller.expect(200, 'PUT', `/shows/${show.id}/pin`, { product_id: good.id });
  await seat.event('pinned', (event) => event.seq > known);
  return performance.now() - began;
}

test('the slow are cut in time, and the shop goes on', async () => {
  const slow = kinds().flatMap(([name, how, limit_ms, count = kEach, answer]) =>
    Array.from({ length: count }, () => ({ name, limit_ms, answer, ...slowClient(how) })));
  await Promise.all(slow.map((one) => one.opened));
  const open = new Set(slow);
  for (const one of slow) {
    void one.closed.then((took_ms) => {
      one.took_ms = took_ms;
      open.delete(one);
    });
  }
  assert.ok((await figure('geili_connections')) >= 6 * kEach, 'they are there at the same time');

  let slowest_ms = 0;
  const longest_ms = Math.max(...slow.map(({ limit_ms }) => limit_ms)) + kLate_ms;
  await until('all of them cut', async () => {
    slowest_ms = Math.max(slowest_ms, await goShopping());
    return open.size === 0;
  }, longest_ms + kAnswerMax_ms).catch(() => {});

  const left = [...open].map(({ name }) => name);
  for (const one of open) one.drop();
  assert.deepEqual([...new Set(left)], [], 'never cut');
  const late = slow.filter(({ took_ms, limit_ms }) => took_ms > limit_ms + kLate_ms);
  assert.deepEqual([...new Set(late.map(({ name, took_ms }) => `${name}: ${Math.round(took_ms)} ms`))], [], 'cut too late');
  for (const { name, answer, seen } of slow) if (answer) assert.match(seen(), answer, name);
  assert.ok(slowest_ms < kAnswerMax_ms, `others waited ${Math.round(slowest_ms)} ms`);
  assert.doesNotMatch(house.server.log, /handler failed/);
});

test('who sits in a room, says nothing and answers no ping, is let go', async () => {
  const before = await figure('geili_websockets');
  const silent = Array.from({ length: kEach }, () => slowClient({ ...ports.http, first: upgrade(), deaf: true }));
  await until('they are in', async () => (await figure('geili_websockets')) === before + kEach);
  await until('they are let go', async () => {
    await goShopping();
    return (await figure('geili_websockets')) === before;
  }, kPings_ms + kLate_ms + kAnswerMax_ms);
  for (const one of silent) one.drop();
});
