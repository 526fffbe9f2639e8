// A show sent on to another platform: what ffmpeg gets there, and platforms that refuse, stall, go and come back.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { liveShow, newProduct, openHouse } from '../lib/house.mjs';
import { onAir } from '../lib/recorded_show.mjs';
import { checkRecorded, freePort, makeCertificate, passedOnTo, picturesIn, recordingServer, strangeServer } from '../lib/restreams.mjs';
import { kInPostgres } from '../lib/postgres.mjs';
import { kRoot, Server } from '../lib/server.mjs';
import { until } from '../lib/until.mjs';

const kKey = 'stream'; // the path that ffmpeg listens at
const kSecret = 'a-secret-stream-key-0815';
let house, folder, certificates, all, product;
const onAirNow = [];
const strangers = [];

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'geili-restream-'));
  certificates = {
    good: makeCertificate(folder, 'good', 'IP:127.0.0.1'),
    elsewhere: makeCertificate(folder, 'elsewhere', 'DNS:elsewhere.example'),
    unknown: makeCertificate(folder, 'unknown', 'IP:127.0.0.1'),
  };
  const trusted = join(folder, 'trusted.pem');
  await writeFile(trusted, Buffer.concat([certificates.good.cert, certificates.elsewhere.cert]));
  house = await openHouse({ args: ['--webhooks-allow-loopback', 'true'], env: { SSL_CERT_FILE: trusted } });
  all = `/shops/${house.shop.id}/restreams`;
  product = await newProduct(house.seller, house.shop.id);
});
after(async () => {
  for (const { publisher } of onAirNow) await publisher.kill();
  for (const stranger of strangers) stranger.stop();
  await house?.server.remove();
  if (folder) await rm(folder, { recursive: true });
});

async function onlyTarget(server_url, more = {}) {
  const { seller } = house;
  for (const { id } of (await seller.expect(200, 'GET', all)).items) await seller.expect(204, 'DELETE', `${all}/${id}`);
  return seller.expect(201, 'POST', all, { name: 'Elsewhere', server_url, stream_key: kKey, shows: 'all', ...more });
}

// The only show that is sent on: a platform takes one stream at a time.
async function onTheAir() {
  for (const { show, publisher } of onAirNow.splice(0)) {
    await publisher.kill();
    await house.seller.request('POST', `/shows/${show.id}/end`);
  }
  const live = await onAir(house.server, house.seller, house.shop.id, [product]);
  onAirNow.push(live);
  return live;
}

async function strange(talk, certificate) {
  const far = await strangeServer(talk, certificate);
  strangers.push(far);
  return far;
}

// The show's only target, once `is_so` holds of it.
const statusWhen = (show, is_so, caller = house.seller) => until('the state of the restream', async () => {
  const [item] = (await caller.expect(200, 'GET', `/shows/${show.id}/restreams`)).items;
  return item && is_so(item) && item;
});

test('what a camera sends is what another platform records, until the show ends', async () => {
  const port = await freePort();
  const file = join(folder, 'whole.flv');
  const far = recordingServer(port, file);
  await onlyTarget(`rtmp://127.0.0.1:${port}/live`);
  const { show } = await onTheAir();
  const status = await statusWhen(show, ({ state, bitrate_bps }) => state === 'live' && bitrate_bps > 0);
  assert.deepEqual([status.name, status.enabled, status.chosen, status.dropped], ['Elsewhere', true, false, 0]);
  assert.equal((await statusWhen(show, ({ state }) => state === 'live', house.helper)).id, status.id);
  await until('some seconds over there', () => picturesIn(file) > 150);
  const metrics = await (await fetch(`${house.server.url}/metrics`)).text();
  assert.match(metrics, /^geili_restreams_live 1$/m);
  assert.match(metrics, /^geili_restream_sent_bytes_total [1-9]/m);
  await house.seller.expect(200, 'POST', `/shows/${show.id}/end`);
  await far.ended;
  checkRecorded(file, 4);
});

test('a platform that is reached by TLS, and trusted, records the same', async () => {
  const port = await freePort();
  const file = join(folder, 'by-tls.flv');
  const far = recordingServer(port, file);
  const front = await strange(passedOnTo(port), certificates.good);
  await onlyTarget(front.url);
  const { show } = await onTheAir();
  await statusWhen(show, ({ state }) => state === 'live');
  await until('some seconds over there', () => picturesIn(file) > 60);
  await house.seller.expect(200, 'POST', `/shows/${show.id}/end`);
  await far.ended;
  checkRecorded(file, 1);
});

for (const [what, name] of [['that nobody vouches for', 'unknown'], ['for another name', 'elsewhere']]) {
  test(`a certificate ${what} is refused in plain words, and its server told nothing`, async () => {
    let told_bytes = 0;
    const far = await strange((socket) => socket.on('data', (bytes) => { told_bytes += bytes.length; }), certificates[name]);
    await onlyTarget(far.url);
    const { show } = await onTheAir();
    assert.equal((await statusWhen(show, ({ state }) => state === 'failed')).reason, 'certificate');
    assert.equal(told_bytes, 0);
  });
}

test('a show for which nobody chose the target is sent nowhere, and follows when it is chosen', async () => {
  const far = await strange(() => {});
  const target = await onlyTarget(far.url, { shows: 'chosen' });
  const { show } = await onTheAir();
  const [before] = (await house.seller.expect(200, 'GET', `/shows/${show.id}/restreams`)).items;
  assert.equal(before.state, undefined);
  await house.seller.expect(204, 'PUT', `/shows/${show.id}/restreams/${target.id}`, { chosen: true });
  await until('a connection', () => far.connections > 0);
  await house.seller.expect(200, 'PUT', `${all}/${target.id}`, { name: 'Elsewhere', server_url: far.url, shows: 'chosen', enabled: false });
  await statusWhen(show, ({ enabled, state }) => !enabled && state === undefined);
});

// Shakes hands and takes the stream, whatever is asked, and reads nothing of what follows.
async function stalledServer() {
  const answers = await readFile(join(kRoot, 'src/media/egress/rtmp/corpus/publish_client_fuzz/published'));
  const handshake = Buffer.concat([Buffer.from([3]), Buffer.alloc(2 * 1536)]);
  return strange((socket) => socket.pause().write(Buffer.concat([handshake, answers])));
}

test('a platform that takes the stream and reads nothing of it is named, and holds up nobody who watches', async () => {
  const far = await stalledServer();
  await onlyTarget(far.url);
  const { show, publisher } = await onTheAir();
  await statusWhen(show, ({ state }) => state === 'live');
  const { hls } = (await house.visitor.expect(200, 'GET', `/shows/${show.id}`)).video;
  const lastPart = async () => {
    const { body } = await house.visitor.request('GET', house.visitor.at(hls.replace('index.m3u8', 'media.m3u8')));
    return /.*\.m4s|.*\.mp4/g.exec(body.toString().split('\n').reverse().join('\n'))?.[0];
  };
  const before = await until('a part', lastPart);
  const status = await until('the end of patience', async () => {
    const [item] = (await house.seller.expect(200, 'GET', `/shows/${show.id}/restreams`)).items;
    return item.state === 'failed' && item;
  }, 120_000);
  assert.equal(status.reason, 'too_slow');
  assert.ok(Date.parse(status.retry_at) > 0);
  assert.notEqual(await lastPart(), before, 'viewers get new parts');
  await publisher.kill();
});

test('a platform that never answers is named', async () => {
  const far = await strange(() => {});
  await onlyTarget(far.url);
  const { show, publisher } = await onTheAir();
  assert.equal((await statusWhen(show, ({ state }) => state === 'failed')).reason, 'timed_out');
  await publisher.kill();
});

test('a wrong key is refused in plain words; the key is in no answer, log or row', async () => {
  const beyond = await Server.start();
  try {
    await onlyTarget(`${beyond.rtmpUrl}`, { stream_key: kSecret });
    const { show } = await onTheAir();
    const status = await statusWhen(show, ({ state }) => state === 'failed');
    assert.equal(status.reason, 'refused');
    const answers = [all, `/shows/${show.id}/restreams`].map((path) => house.seller.expect(200, 'GET', path));
    answers.push(house.admin.expect(200, 'GET', '/audit'));
    const said = JSON.stringify(await Promise.all(answers));
    assert.match(said, /restream-created/);
    for (const text of [said, house.server.log, beyond.log]) assert.ok(!text.includes(kSecret));
    if (!kInPostgres) {
      for (const name of ['geili.db', 'geili.db-wal']) {
        const bytes = await readFile(join(house.server.dataDir, name)).catch(() => Buffer.alloc(0));
        assert.ok(!bytes.includes(kSecret), `${name} holds the key`);
      }
    }
  } finally {
    await beyond.remove();
  }
});

test('what is no RTMP server, and a name that leads nowhere, are told apart', async () => {
  const far = await strange((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  const target = await onlyTarget(far.url);
  const { show } = await onTheAir();
  assert.equal((await statusWhen(show, ({ state }) => state === 'failed')).reason, 'not_understood');
  const url = `rtmp://127.0.0.1:${await freePort()}/live`;
  await house.seller.expect(200, 'PUT', `${all}/${target.id}`, { name: 'Elsewhere', server_url: url, shows: 'all' });
  await statusWhen(show, ({ reason }) => reason === 'unreachable');
});

test('a platform that comes back is sent to again', async () => {
  const port = await freePort();
  const first = recordingServer(port, join(folder, 'first.flv'));
  await onlyTarget(`rtmp://127.0.0.1:${port}/live`);
  const { show } = await onTheAir();
  await statusWhen(show, ({ state }) => state === 'live');
  first.kill();
  await first.ended;
  await statusWhen(show, ({ state }) => state !== 'live');
  const file = join(folder, 'second.flv');
  const second = recordingServer(port, file);
  await statusWhen(show, ({ state }) => state === 'live');
  await until('some seconds over there', () => picturesIn(file) > 60);
  await house.seller.expect(200, 'POST', `/shows/${show.id}/end`);
  await second.ended;
  checkRecorded(file, 1);
});

test('a show that waits for its start says so', async () => {
  await onlyTarget('rtmp://127.0.0.1:9/live');
  const show = await house.seller.expect(201, 'POST', `/shops/${house.shop.id}/shows`, { title: 'Later', starts_at: '2030-01-02T03:04:05Z' });
  const [item] = (await house.seller.expect(200, 'GET', `/shows/${show.id}/restreams`)).items;
  assert.deepEqual([item.state, item.reason], ['waiting', 'not_live']);
  const live = await liveShow(house.seller, house.shop.id, [product]);
  assert.equal((await statusWhen(live, ({ state }) => state === 'waiting')).reason, 'camera_away');
});
