// Other people's players on our LL-HLS, in Chromium: hls.js and Shaka Player, as they come.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { House } from './support/house.mjs';
import { pageWith, playByHlsJs, playByShaka, untilPlayable } from './support/player_page.mjs';

const kWatched_s = 12;
// Players choose their own distance: by PART-HOLD-BACK it is one second.
const kBehind_s = 4;

let house;
let address;

before(async () => {
  house = await House.open({ isOnAir: true });
  address = `${house.url}/live/${house.village.show.id}/index.m3u8`;
  await untilPlayable(address);
});
after(() => house?.close());

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
  const { page, complaints } = await pageWith(house, 'hls.js/dist/hls.js');
  await playByHlsJs(page, address);
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
  const { page, complaints } = await pageWith(house, 'shaka-player/dist/shaka-player.compiled.js');
  await playByShaka(page, address);
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
