// Other people's players on our LL-HLS, in Chromium: hls.js and Shaka Player, as they come.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { kDesktop } from './support/browser.mjs';
import { House } from './support/house.mjs';

const require = createRequire(import.meta.url);
const kWatched_s = 12;
// Players choose their own distance: by PART-HOLD-BACK it is one second.
const kBehind_s = 4;

let house;
let address;

before(async () => {
  house = await House.open({ isOnAir: true });
  address = `${house.url}/live/${house.village.show.id}/index.m3u8`;
  await playable();
});
after(() => house?.close());

async function playable() {
  const end = Date.now() + 20_000;
  while ((await fetch(address)).status !== 200) {
    if (Date.now() > end) throw new Error('the show cannot be played');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

// An empty page of the server's own origin with a video element and the player's script in it.
async function pageWith(script) {
  const { page, complaints } = await house.visitor({ viewport: kDesktop });
  await page.goto(`${house.url}/api/v1/shops`);
  await page.evaluate(await readFile(require.resolve(script), 'utf8'));
  await page.evaluate(() => {
    const video = document.createElement('video');
    video.muted = true;
    document.body.replaceChildren(video);
  });
  return { page, complaints };
}

// Runs in the page: plays on for a while; how often it stood still, how far it is behind, what was shown and heard.
async function watch(seconds) {
  const video = document.querySelector('video');
  const started = performance.now();
  let stalls = 0;
  video.addEventListener('waiting', () => { stalls += 1; });
  const from = video.currentTime;
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const quality = video.getVideoPlaybackQuality();
  return {
    stalls,
    played_s: video.currentTime - from,
    watched_s: (performance.now() - started) / 1000,
    frames: quality.totalVideoFrames - quality.droppedVideoFrames,
    audioBytes: video.webkitAudioDecodedByteCount,
    error: video.error?.message ?? null,
  };
}

function assertPlayed(seen, complaints) {
  assert.equal(seen.error, null);
  assert.ok(seen.played_s > seen.watched_s - 1.5, `played ${seen.played_s} s in ${seen.watched_s} s`);
  assert.ok(seen.stalls <= 1, `${seen.stalls} stalls`);
  assert.ok(seen.frames > kWatched_s * 15, `${seen.frames} frames`);
  assert.ok(seen.audioBytes > 0, 'no sound');
  // The page is an answer of the API, which has no picture of its own.
  assert.deepEqual(complaints.filter((line) => !line.includes('/favicon.ico')), []);
}

test('hls.js plays part by part, near the edge', async () => {
  const { page, complaints } = await pageWith('hls.js/dist/hls.js');
  await page.evaluate((source) => new Promise((resolve, reject) => {
    const video = document.querySelector('video');
    const hls = new window.Hls({ lowLatencyMode: true, enableWorker: false });
    window.hls = hls;
    window.fatal = [];
    hls.on(window.Hls.Events.ERROR, (event, data) => { if (data.fatal) window.fatal.push(data.details); });
    hls.attachMedia(video);
    hls.loadSource(source);
    video.addEventListener('playing', resolve, { once: true });
    setTimeout(() => reject(new Error(`does not play: ${window.fatal}`)), 20_000);
    void video.play();
  }), address);
  const seen = await page.evaluate(watch, kWatched_s);
  const { latency_s, parts, fatal } = await page.evaluate(() => ({
    latency_s: window.hls.latency,
    parts: window.hls.latestLevelDetails.partList?.length ?? 0,
    fatal: window.fatal,
  }));
  assertPlayed(seen, complaints);
  assert.deepEqual(fatal, []);
  assert.ok(parts > 0, 'no parts were seen in the playlist');
  assert.ok(latency_s > 0 && latency_s < kBehind_s, `${latency_s} s behind`);
});

test('Shaka Player plays it, near the edge', async () => {
  const { page, complaints } = await pageWith('shaka-player/dist/shaka-player.compiled.js');
  await page.evaluate(async (source) => {
    window.shaka.polyfill.installAll();
    const player = new window.shaka.Player();
    window.player = player;
    window.errors = [];
    player.addEventListener('error', (event) => window.errors.push(event.detail.code));
    await player.attach(document.querySelector('video'));
    player.configure({ streaming: { lowLatencyMode: true } });
    await player.load(source);
    await document.querySelector('video').play();
  }, address);
  const seen = await page.evaluate(watch, kWatched_s);
  const { behind_s, isLive, errors } = await page.evaluate(() => ({
    behind_s: (Date.now() - window.player.getPlayheadTimeAsDate().getTime()) / 1000,
    isLive: window.player.isLive(),
    errors: window.errors,
  }));
  assertPlayed(seen, complaints);
  assert.deepEqual(errors, []);
  assert.equal(isLive, true);
  assert.ok(behind_s < 2 * kBehind_s, `${behind_s} s behind`);
});
