// A show to watch again: what is kept, who may do what with it, clips, refusals, and the program being killed.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { statSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { liveShow, newProduct, openHouse } from '../lib/house.mjs';
import { kept, onAir, recordedShow, recordingOf } from '../lib/recorded_show.mjs';

const kCallers = ['visitor', 'device', 'helper', 'stranger', 'seller', 'manager', 'admin'];
const nobody = '999999999999';
let house, folder, necklace, earrings, hidden, show, recording, live;

before(async () => {
  house = await openHouse();
  folder = await mkdtemp(join(tmpdir(), 'geili-clips-'));
  necklace = await newProduct(house.seller, house.shop.id);
  earrings = await newProduct(house.seller, house.shop.id, { title: 'Pearl earrings' });
  hidden = await newProduct(house.seller, house.shop.id, { title: 'Not shown' });
  ({ show, recording } = await recordedShow(house.server, house.seller, house.shop.id, [necklace, earrings]));
  live = await onAir(house.server, house.seller, house.shop.id, [necklace]);
  await kept(house.visitor, live.show.id, 1000);
});
after(async () => {
  await live?.publisher.kill();
  await house?.server.remove();
  if (folder) await rm(folder, { recursive: true });
});

const probe = (file, ...options) =>
  execFileSync('ffprobe', ['-v', 'error', ...options, '-of', 'csv=p=0', file], { encoding: 'utf8' }).trim();
const seconds = (file) => Number(probe(file, '-show_entries', 'format=duration'));
const startOf = (file, track) => Number(probe(file, '-select_streams', track, '-show_entries', 'stream=start_time').split(',')[0]);

async function saved(address) {
  const { status, body } = await house.visitor.request('GET', house.visitor.at(address));
  assert.equal(status, 200);
  const file = join(folder, address.split('/').at(-1));
  await writeFile(file, body);
  return file;
}

test('the chapters are the pins, in their order and inside the recording', () => {
  assert.deepEqual(recording.chapters.map((c) => c.product.id), [necklace.id, earrings.id]);
  const [first, second] = recording.chapters;
  assert.ok(first.from_ms > 0 && first.to_ms - first.from_ms >= 2000, JSON.stringify(first));
  assert.ok(Math.abs(second.from_ms - first.to_ms) <= 1, 'the second begins where the first ends');
  assert.ok(second.to_ms <= recording.duration_ms);
});

test('everybody may see it; only who runs the show sees its size', async () => {
  for (const caller of kCallers) {
    const { bytes } = await house[caller].expect(200, 'GET', `/shows/${show.id}/recording`);
    assert.equal(bytes > 0, ['seller', 'manager', 'admin'].includes(caller), caller);
  }
});

test('the playlist plays: every second of it, sound and picture together', async () => {
  const url = new URL(recording.hls, house.server.url).href;
  assert.ok(Math.abs(seconds(url) * 1000 - recording.duration_ms) < 100);
  const frames = Number(/\d+/.exec(probe(url, '-count_frames', '-select_streams', 'v', '-show_entries', 'stream=nb_read_frames')));
  const [, per, time] = /(\d+)\/(\d+)/.exec(probe(url, '-select_streams', 'v', '-show_entries', 'stream=r_frame_rate'));
  const expected = recording.duration_ms / 1000 * per / time;
  assert.ok(Math.abs(frames - expected) <= 2, `${frames} frames, ${expected} expected`);
  assert.equal(execFileSync('ffmpeg', ['-v', 'error', '-i', url, '-f', 'null', '-'], { encoding: 'utf8' }), '');
});

test('its files may be kept by caches and read in parts', async () => {
  const list = await house.visitor.request('GET', house.visitor.at(recording.hls));
  assert.equal(list.headers['content-type'], 'application/vnd.apple.mpegurl');
  assert.equal(list.headers['cache-control'], 'public, max-age=60');
  assert.equal(list.headers['access-control-allow-origin'], '*');
  const [, length, offset] = /#EXT-X-BYTERANGE:(\d+)@(\d+)\n1\.mp4/.exec(list.body.toString());
  const range = `bytes=${offset}-${Number(offset) + Number(length) - 1}`;
  const section = house.visitor.at(recording.hls.replace('index.m3u8', '1.mp4'));
  const part = await house.visitor.request('GET', section, { headers: { range } });
  assert.equal(part.status, 206);
  assert.equal(part.body.length, Number(length));
  assert.equal(part.headers['content-type'], 'video/mp4');
  assert.match(part.headers['cache-control'], /^public, max-age=\d+$/);
  const again = await house.visitor.request('GET', section, { headers: { 'if-none-match': part.headers.etag } });
  assert.equal(again.status, 304);
});

test('a clip of a product is a file that plays everywhere', async () => {
  const clip = await house.seller.expect(201, 'POST', `/shows/${show.id}/recording/clips`, { product_id: earrings.id });
  const [, chapter] = recording.chapters;
  assert.ok(clip.from_ms <= chapter.from_ms && clip.to_ms >= chapter.to_ms, JSON.stringify({ clip, chapter }));
  assert.ok(chapter.from_ms - clip.from_ms < 2100 && clip.to_ms - chapter.to_ms < 2100, 'at most a group of pictures more');
  const file = await saved(clip.url);
  assert.equal(statSync(file).size, clip.bytes);
  assert.ok(Math.abs(seconds(file) * 1000 - (clip.to_ms - clip.from_ms)) < 100);
  assert.ok(Math.abs(startOf(file, 'v') - startOf(file, 'a')) <= 0.022);
  const download = await house.visitor.request('GET', house.visitor.at(`${clip.url}?download`));
  assert.match(download.headers['content-disposition'], /^attachment; filename="[\w.]+\.mp4"$/);
  const again = await house.seller.expect(201, 'POST', `/shows/${show.id}/recording/clips`, { product_id: earrings.id });
  assert.deepEqual(again, clip);
});

test('a clip by time', async () => {
  const clip = await house.manager.expect(201, 'POST', `/shows/${show.id}/recording/clips`, { from_ms: 1500, to_ms: 3500 });
  assert.ok(clip.from_ms <= 1500 && clip.to_ms >= 3500);
  assert.ok(seconds(await saved(clip.url)) >= 2);
});

const clips = (body, id = () => show.id, caller = 'seller') => () => [caller, 'POST', `/shows/${id()}/recording/clips`, { json: body }];
// [name, ask, status, problem, path of the fault]
const kRefusals = [
  ['a clip of nothing', clips({}), 422, 'invalid-field', '/from_ms'],
  ['a clip that ends before it begins', clips({ from_ms: 3000, to_ms: 2000 }), 422, 'invalid-field', '/to_ms'],
  ['a clip without a length', clips({ from_ms: 2000, to_ms: 2000 }), 422, 'invalid-field', '/to_ms'],
  ['a clip from before the beginning', clips({ from_ms: -1, to_ms: 2000 }), 422, 'invalid-field', '/from_ms'],
  ['a clip of eleven minutes', clips({ from_ms: 0, to_ms: 660_000 }), 422, 'invalid-field', '/to_ms'],
  ['a clip beyond the end', clips({ from_ms: 0, to_ms: 300_000 }), 422, 'clip-outside'],
  ['a clip far beyond the end', clips({ from_ms: 604_000_000, to_ms: 604_000_001 }), 422, 'clip-outside'],
  ['a clip of a time in words', clips({ from_ms: 'soon', to_ms: 2000 }), 422, 'invalid-field', '/from_ms'],
  ['a clip of a product and a time', () => clips({ product_id: necklace.id, from_ms: 0 })(), 422, 'invalid-field', '/from_ms'],
  ['a clip of a product that was not shown', () => clips({ product_id: hidden.id })(), 422, 'invalid-field', '/product_id'],
  ['a clip of no product', clips({ product_id: 'pearl' }), 422, 'invalid-field', '/product_id'],
  ['a clip as text', () => ['seller', 'POST', `/shows/${show.id}/recording/clips`, { body: '{}', type: 'text/plain' }], 415, 'media-type-unsupported'],
  ['a clip of a show that is live', clips({ from_ms: 0, to_ms: 1 }, () => live.show.id), 409, 'recording-live'],
  ['a clip of no show', clips({ from_ms: 0, to_ms: 1 }, () => nobody), 404, 'show-not-found'],
  ["a clip of another's show", clips({ from_ms: 0, to_ms: 1 }, undefined, 'stranger'), 403, 'forbidden'],
  ['deleting what is live', () => ['seller', 'DELETE', `/shows/${live.show.id}/recording`], 409, 'recording-live'],
  ["deleting another's", () => ['stranger', 'DELETE', `/shows/${show.id}/recording`], 403, 'forbidden'],
  ['deleting as a helper', () => ['helper', 'DELETE', `/shows/${show.id}/recording`], 403, 'forbidden'],
  ['deleting signed out', () => ['visitor', 'DELETE', `/shows/${show.id}/recording`], 401, 'signed-out'],
  ['the recording of no show', () => ['visitor', 'GET', `/shows/${nobody}/recording`], 404, 'show-not-found'],
  ['the recording of a name', () => ['visitor', 'GET', '/shows/pearl/recording'], 404, 'not-found'],
];
for (const [name, ask, status, problem, path] of kRefusals) {
  test(`${name}: ${status} ${problem}`, async () => {
    const [caller, method, target, options] = ask();
    const answer = await house[caller].request(method, target, options);
    assert.deepEqual([answer.status, answer.json?.type], [status, `/problems/${problem}`], answer.body.toString());
    assert.equal(answer.json.errors?.[0]?.path, path, answer.body.toString());
  });
}

test('a show without a picture has no recording', async () => {
  const silent = await liveShow(house.seller, house.shop.id, [necklace]);
  const { type } = await house.visitor.expect(404, 'GET', `/shows/${silent.id}/recording`);
  assert.equal(type, '/problems/recording-not-found');
});

test('a show that is live is not replayed yet', async () => {
  const running = await house.visitor.expect(200, 'GET', `/shows/${live.show.id}/recording`);
  assert.deepEqual([running.state, running.hls], ['recording', undefined]);
  const { status } = await house.visitor.request('GET', house.visitor.at(`/live/${live.show.id}/replay/index.m3u8`));
  assert.equal(status, 409);
});

test('no other file comes out of the folder', async () => {
  const replay = `/live/${show.id}/replay`;
  for (const path of [`${replay}/0.mp4`, `${replay}/2.mp4`, `${replay}/s0001.mp4`, `${replay}/s0001.idx`, `${replay}/..%2f1.mp4`,
    `/live/${show.id}/clips/1.mp4`, `/live/${show.id}/clips/..%2fs0001.mp4`, `/live/${nobody}/replay/1.mp4`]) {
    const { status } = await house.visitor.request('GET', house.visitor.at(path));
    assert.ok(status === 404 || status === 400, `${path}: ${status}`);
  }
});

test('what is deleted is gone, with its clips and its files', async () => {
  const clip = await house.seller.expect(201, 'POST', `/shows/${show.id}/recording/clips`, { from_ms: 0, to_ms: 1000 });
  await house.seller.expect(204, 'DELETE', `/shows/${show.id}/recording`);
  for (const path of [recording.hls, recording.hls.replace('index.m3u8', '1.mp4'), clip.url]) {
    const { status } = await house.visitor.request('GET', house.visitor.at(path));
    assert.ok(status === 404 || status === 410, `${path}: ${status}`);
  }
  assert.ok(!readdirSync(join(house.server.dataDir, 'recordings')).includes(show.id));
  for (const [method, path, json] of [['GET', ''], ['DELETE', ''], ['POST', '/clips', { from_ms: 0, to_ms: 1 }]]) {
    const { type } = await house.seller.expect(410, method, `/shows/${show.id}/recording${path}`, json);
    assert.equal(type, '/problems/recording-gone');
  }
});

test('a program that is killed in the midst of a show has kept it to the last group of pictures', async () => {
  const before = await kept(house.visitor, live.show.id, 3000);
  await house.server.kill();
  await live.publisher.ended();
  await house.server.startAgain();
  const after = await house.visitor.expect(200, 'GET', `/shows/${live.show.id}/recording`);
  assert.ok(after.duration_ms >= before.duration_ms, `${after.duration_ms} of ${before.duration_ms} ms`);
  live.publisher.start();
  const more = await kept(house.visitor, live.show.id, after.duration_ms + 2000);
  await house.seller.expect(200, 'POST', `/shows/${live.show.id}/end`);
  const ready = await recordingOf(house.visitor, live.show.id);
  const url = new URL(ready.hls, house.server.url).href;
  assert.ok(Math.abs(seconds(url) * 1000 - ready.duration_ms) < 100, `${seconds(url)} s`);
  assert.ok(ready.duration_ms >= more.duration_ms);
  assert.equal(execFileSync('ffmpeg', ['-v', 'error', '-i', url, '-f', 'null', '-'], { encoding: 'utf8' }), '');
});
