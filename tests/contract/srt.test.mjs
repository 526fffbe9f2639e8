// SRT as sellers use it: ffmpeg and srt-live-transmit send, LL-HLS and the recording are looked at, and who may
// not send comes in nowhere.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { liveShow, openHouse } from '../lib/house.mjs';
import { Publisher } from '../lib/publisher.mjs';
import { kept, recordingOf } from '../lib/recorded_show.mjs';
import { SrtGreeter } from '../lib/srt.mjs';
import { until } from '../lib/until.mjs';

const kPassphrase = 'pearls-and-stone';
const kGreeters = 100;
const kRounds = 20;  // together more callers than the server takes, many times over
let house;

before(async () => { house = await openHouse({ args: ['--srt-passphrase', kPassphrase, '--srt-latency-ms', '120'] }); });
after(() => house?.server.remove());

const newShow = () => liveShow(house.seller, house.shop.id, []);
const ingest = (show) => house.seller.expect(200, 'GET', `/shows/${show.id}/ingest`);
const addressOf = ({ srt_url, stream_key }, { key = stream_key, secret = kPassphrase } = {}) =>
  `${srt_url}?streamid=${key}${secret ? `&passphrase=${secret}` : ''}`;
const hasState = (show, state) => until(`state ${state}`, async () => (await ingest(show)).state === state);
const playlistOf = (show) => new URL(`/live/${show.id}/index.m3u8`, house.server.url).href;
const metrics = async () => (await house.visitor.request('GET', house.visitor.at('/metrics'))).body.toString();
// What ffmpeg has to complain about.
const complaints = (...options) => execFileSync('ffmpeg', ['-v', 'error', ...options, '-f', 'null', '-'], { encoding: 'utf8' });
const count = (url, track) => Number(/\d+/.exec(execFileSync('ffprobe', ['-v', 'error', '-count_frames', '-select_streams', track,
  '-show_entries', 'stream=nb_read_frames', '-of', 'csv=p=0', url], { encoding: 'utf8' })));

// Two seconds of a picture from ffmpeg; how it ended.
async function sendShortly(address, options = ['-c:v', 'libx264', '-preset', 'ultrafast']) {
  const child = spawn('ffmpeg', ['-v', 'quiet', '-nostdin', '-re', '-f', 'lavfi', '-i', 'testsrc2=size=160x120:rate=25:duration=2',
    ...options, '-f', 'mpegts', address], { stdio: 'ignore' });
  const [status] = await once(child, 'exit');
  return status;
}

test('ffmpeg by SRT: it plays, every frame is kept, and the seller sees how it arrives', async () => {
  const show = await newShow();
  const sent = await ingest(show);
  assert.match(sent.srt_url, /^srt:\/\/127\.0\.0\.1:\d+$/);
  assert.equal(sent.srt_passphrase, kPassphrase);
  const camera = new Publisher(addressOf(sent));
  try {
    await kept(house.seller, show.id, 1000);
    assert.equal(complaints('-i', playlistOf(show), '-t', '2'), '');
    const now = await until('figures', async () => {
      const found = await ingest(show);
      return found.round_trip_ms !== undefined && found;
    });
    assert.deepEqual([now.state, now.loss_permille, now.warnings], ['live', 0, []]);
    await kept(house.seller, show.id, 4000);
    await house.seller.expect(200, 'POST', `/shows/${show.id}/end`);
  } finally {
    await camera.kill();
  }
  const recording = await recordingOf(house.seller, show.id);
  const url = new URL(recording.hls, house.server.url).href;
  assert.equal(complaints('-i', url), '');
  const rate = await count(url, 'v') / (recording.duration_ms / 1000);
  assert.ok(Math.abs(rate - Math.round(rate)) < 0.3, `${rate} frames a second`);
  const text = await metrics();
  assert.match(text, /^geili_srt_received_packets_total [1-9]/m);
  assert.match(text, /^geili_srt_damaged_units_total 0$/m);
});

test('srt-live-transmit passes on what comes to it by UDP', async () => {
  const show = await newShow();
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const udp = `udp://127.0.0.1:${socket.address().port}`;
  socket.close();
  const transmitter = spawn('srt-live-transmit', ['-q', udp, addressOf(await ingest(show))], { stdio: 'ignore' });
  const camera = new Publisher(`${udp}?pkt_size=1316`);
  try {
    await hasState(show, 'live');
    await kept(house.seller, show.id, 2000);
    assert.equal(complaints('-i', playlistOf(show), '-t', '1'), '');
  } finally {
    await camera.kill();
    transmitter.kill('SIGKILL');
  }
});

test('wrong keys, wrong passphrases and those who want to watch come in nowhere', async () => {
  const show = await newShow();
  const old = await ingest(show);
  const ended = await newShow();
  const endedKey = (await ingest(ended)).stream_key;
  await house.seller.expect(200, 'POST', `/shows/${ended.id}/end`);
  const sent = await house.seller.expect(200, 'POST', `/shows/${show.id}/ingest`);
  for (const wrong of [{ key: 'AAAAAAAAAAAAAAAAAAAAAA' }, { key: sent.stream_key.slice(0, -1) }, { key: old.stream_key }, { key: endedKey },
    { key: show.id }, { key: "'OR 1=1--" }, { key: `#!::r=${sent.stream_key},m=request` }, { secret: 'pearls-and-sand' }, { secret: '' }]) {
    assert.notEqual(await sendShortly(addressOf(sent, wrong)), 0, JSON.stringify(wrong));
    assert.equal((await ingest(show)).state, 'none', JSON.stringify(wrong));
  }
  assert.equal(await sendShortly(addressOf(sent, { key: `#!::r=${sent.stream_key},m=publish` })), 0);
});

test('a second camera is refused while the first sends, and the first goes on', async () => {
  const show = await newShow();
  const sent = await ingest(show);
  const first = new Publisher(addressOf(sent));
  try {
    await hasState(show, 'live');
    await kept(house.seller, show.id, 1000);
    assert.notEqual(await sendShortly(addressOf(sent)), 0);
    assert.equal((await ingest(show)).state, 'live');
  } finally {
    await first.kill();
  }
  await hasState(show, 'away');
});

test('callers who greet and say nothing more keep nobody out, and disturb nobody', async () => {
  const show = await newShow();
  const greeters = Array.from({ length: kGreeters }, () => new SrtGreeter(house.server.srtUrl));
  const greet = async () => {
    for (let i = 0; i < kRounds; i += 1) await Promise.all(greeters.map((one) => one.greet()));
  };
  let camera;
  try {
    await greet();
    camera = new Publisher(addressOf(await ingest(show)));
    await hasState(show, 'live');
    await greet();
    await kept(house.seller, show.id, 1000);
    // Cameras of other tests may be missed for a while yet.
    await until('the camera alone', async () => /^geili_srt_connections 1$/m.test(await metrics()));
  } finally {
    await camera?.kill();
    for (const one of greeters) one.close();
  }
});

test('a picture that browsers do not play is refused, and the seller is told', async () => {
  const show = await newShow();
  await sendShortly(addressOf(await ingest(show)), ['-c:v', 'mpeg2video']);
  assert.deepEqual(await until('a warning', async () => {
    const { warnings } = await ingest(show);
    return warnings.length > 0 && warnings;
  }), ['video-codec']);
});
