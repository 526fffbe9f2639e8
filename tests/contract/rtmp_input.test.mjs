// Garbage and wrong keys at the RTMP port end their own connection and nothing else.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { liveShow, openHouse } from '../lib/house.mjs';
import { amf, chunkHead, command, connectTo, createStream, hello, keyFrame, kType, message, pictureSets, publishing, RtmpClient } from '../lib/rtmp.mjs';
import { until } from '../lib/until.mjs';

let house, show, world;

const u8 = (...bytes) => Buffer.from(bytes);
const later = (...bytes) => Buffer.concat([hello, ...bytes]);
const connected = (...bytes) => later(connectTo('live'), ...bytes);
const random = (length, seed) => Buffer.from(Array.from({ length }, () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) >> 16 & 255));
const deepObject = (levels) => Buffer.concat([...Array(levels).fill(u8(3, 0, 1, 0x61)), amf(null), ...Array(levels).fill(u8(0, 0, 9))]);
const url = () => house.server.rtmpUrl;

const kConnected = 'NetConnection.Connect.Success';
const kRefused = 'NetStream.Publish.BadName';
const kFailed = 'NetStream.Failed';
const kStarted = 'NetStream.Publish.Start';

// [name, bytes, the codes that are answered before the connection ends]
const kGarbage = [
  ['a web browser', () => Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')],
  ['the hello of TLS', () => Buffer.from('16030100a5010000a10303', 'hex')],
  ['encrypted RTMP', () => Buffer.concat([u8(6), hello.subarray(1)])],
  ['version 0', () => u8(0)],
  ['ones behind the handshake', () => later(Buffer.alloc(4096, 255))],
  ['a chunk that continues nothing', () => later(u8(0xc3, 1, 2, 3))],
  ['a message of 16 MB', () => later(chunkHead(3, 0xffffff, kType.command))],
  ['a chunk size of nothing', () => later(message(kType.chunkSize, u8(0, 0, 0, 0)))],
  ['a chunk size of 2 GB', () => later(message(kType.chunkSize, u8(0xff, 0xff, 0xff, 0xff)))],
  ['forty chunk streams', () => later(...Array.from({ length: 40 }, (_, i) => Buffer.concat([chunkHead(3 + i, 200, kType.command), Buffer.alloc(128)])))],
  ['a message inside another', () => later(chunkHead(3, 200, kType.command), Buffer.alloc(128), chunkHead(3, 200, kType.command), Buffer.alloc(128))],
  ['a command of nothing', () => later(chunkHead(3, 0, kType.command))],
  ['a command without a name', () => later(command([1, 2, null]))],
  ['a command of an unknown type', () => later(message(kType.command, u8(7, 7, 7)))],
  ['a string longer than its message', () => later(message(kType.command, u8(2, 0xff, 0xff, 0x61)))],
  ['an object without an end', () => later(message(kType.command, Buffer.concat([amf('connect'), amf(1), u8(3, 0, 3)])))],
  ['an object of a hundred levels', () => later(message(kType.command, Buffer.concat([amf('connect'), amf(1), deepObject(100)])))],
  ['a list of four billion', () => later(message(kType.command, Buffer.concat([amf('connect'), u8(10, 0xff, 0xff, 0xff, 0xff)])))],
  ['a stream before the connection', () => later(createStream)],
  ['a connection to nothing', () => later(command(['connect', 1, null]))],
  ['a connection to a number', () => later(command(['connect', 1, { app: 7 }]))],
  ['a name of 600', () => later(connectTo('a'.repeat(600)))],
  ['two connections', () => connected(connectTo('live')), kConnected],
  ['somebody who wants to watch', () => connected(createStream, command(['play', 3, null, 'x'], { streamId: 1 })), kConnected],
  ['a message of 70 kB before the key', () => connected(message(18, Buffer.alloc(70_000, 'x'))), kConnected],
  ['a wrong key', () => publishing('AAAAAAAAAAAAAAAAAAAAAA'), kConnected, kRefused],
  ['no key', () => publishing(''), kConnected, kRefused],
  ['a key of 600', () => publishing('k'.repeat(600)), kConnected, kRefused],
  ['a key with a quote', () => publishing("' OR 1=1 --"), kConnected, kRefused],
  ['a key that is not UTF-8', () => publishing('\xc3\x28'), kConnected, kRefused],
  ['the number of the show for a key', (w) => publishing(w.show.id), kConnected, kRefused],
  ['the key at another application', (w) => publishing(w.key, 'vod'), kConnected, kRefused],
  ['the key without its last letter', (w) => publishing(w.key.slice(0, -1)), kConnected, kRefused],
  ['the key before it was renewed', (w) => publishing(w.oldKey), kConnected, kRefused],
  ['the key of a show that has ended', (w) => publishing(w.endedKey), kConnected, kRefused],
];

const ingest = (of = show) => house.seller.expect(200, 'GET', `/shows/${of.id}/ingest`);
const keyOf = async (of) => (await ingest(of)).stream_key;
const newShow = () => liveShow(house.seller, house.shop.id, []);

async function waitForState(wanted, of = show) {
  for (const until = Date.now() + 10_000; Date.now() < until;) if ((await ingest(of)).state === wanted) return;
  throw new Error(`the state is never ${wanted}: ${JSON.stringify(await ingest(of))}`);
}

// Hangs up, and waits until the server knows.
async function leave(camera, of = show) {
  camera.drop();
  await waitForState('away', of);
}

async function makeWorld({ seller }) {
  const ended = await newShow();
  const endedKey = await keyOf(ended);
  await seller.expect(200, 'POST', `/shows/${ended.id}/end`);
  const oldKey = await keyOf(show);
  const { stream_key: key } = await seller.expect(200, 'POST', `/shows/${show.id}/ingest`);
  return { show, key, oldKey, endedKey };
}

before(async () => {
  house = await openHouse({ args: ['--rtmp-publishers-max', '2'] });
  show = await liveShow(house.seller, house.shop.id, []);
  world = await makeWorld(house);
});
after(() => house?.server.remove());

for (const [name, bytes, ...codes] of kGarbage) {
  test(`${name}: ${codes.at(-1) ?? 'hung up on'}`, async () => {
    const before = await ingest();
    assert.deepEqual(await RtmpClient.talk(url(), bytes(world)), codes);
    assert.deepEqual(await ingest(), before);
  });
}

test('noise of any kind ends by itself or by its sender', async () => {
  const talks = Array.from({ length: 60 }, async (_, seed) => {
    const client = new RtmpClient(url());
    client.send(seed % 2 ? later(random(3000, seed)) : connected(random(3000, seed)));
    await client.until(() => client.isClosed || client.receivedBytes > 3000, 'an answer');
    client.drop();
  });
  await Promise.all(talks);
  assert.equal((await ingest()).state, 'none');
});

test('a second camera is refused while the first sends, and the first goes on', async () => {
  const first = await RtmpClient.publish(url(), world.key);
  assert.deepEqual(first.codes, [kConnected, kStarted]);
  first.send(Buffer.concat([pictureSets(), keyFrame(), keyFrame(1000)]));
  await waitForState('live');
  first.send(keyFrame(2000));
  assert.deepEqual(await RtmpClient.talk(url(), publishing(world.key)), [kConnected, kRefused]);
  assert.equal(first.isClosed, false);
  assert.equal((await ingest()).state, 'live');
  await leave(first);
});

test('a picture that is none ends its camera; the same key then sends a better one', async () => {
  const broken = [
    message(kType.video, Buffer.from('1700000000ff', 'hex'), { streamId: 1 }),
    Buffer.concat([pictureSets(), message(kType.video, Buffer.from('17010000007fffffff65', 'hex'), { streamId: 1 })]),
    message(kType.audio, Buffer.from('af00', 'hex'), { streamId: 1 }),
  ];
  for (const bytes of broken) {
    const codes = await RtmpClient.talk(url(), Buffer.concat([publishing(world.key), bytes]));
    assert.deepEqual(codes, [kConnected, kStarted, kFailed], bytes.toString('hex'));
  }
  const good = await RtmpClient.publish(url(), world.key);
  good.send(Buffer.concat([pictureSets(), keyFrame()]));
  await waitForState('live');
  await leave(good);
});

test('an end of the show ends its camera, and the key opens nothing more', async () => {
  const camera = await RtmpClient.publish(url(), world.key);
  assert.deepEqual(camera.codes, [kConnected, kStarted]);
  await house.seller.expect(200, 'POST', `/shows/${show.id}/end`);
  await camera.until(() => camera.isClosed, 'the end of the camera');
  assert.deepEqual(await RtmpClient.talk(url(), publishing(world.key)), [kConnected, kRefused]);
});

test('those who connect and say nothing keep no camera out', async () => {
  const next = await newShow();
  const silent = Array.from({ length: 300 }, () => new RtmpClient(url()));
  await silent[0].until(() => silent[0].isClosed, 'the first to be crowded out');
  assert.equal(silent.at(-1).isClosed, false);
  const camera = await RtmpClient.publish(url(), await keyOf(next));
  assert.deepEqual(camera.codes, [kConnected, kStarted]);
  for (const client of silent) client.drop();
  await leave(camera, next);
});

test('more cameras than the host allows: the next is told, and comes in when one has left', async () => {
  const shows = [await newShow(), await newShow(), await newShow()];
  const keys = await Promise.all(shows.map(keyOf));
  const cameras = [await RtmpClient.publish(url(), keys[0]), await RtmpClient.publish(url(), keys[1])];
  assert.deepEqual(cameras.map((c) => c.codes.at(-1)), [kStarted, kStarted]);
  assert.deepEqual(await RtmpClient.talk(url(), publishing(keys[2])), [kConnected, kRefused]);
  assert.deepEqual(cameras.map((c) => c.isClosed), [false, false]);
  await leave(cameras[0], shows[0]);
  // Its show is told of it a little before its place is free.
  const third = await until('a place for the third', async () => {
    const camera = await RtmpClient.publish(url(), keys[2]);
    return camera.codes.at(-1) === kStarted && camera;
  });
  for (const client of [cameras[1], third]) client.drop();
});
