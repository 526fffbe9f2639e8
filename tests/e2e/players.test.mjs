// Other people's players on our LL-HLS, in Chromium: hls.js and Shaka Player, as they come.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { kept } from '../lib/recorded_show.mjs';
import { House } from './support/house.mjs';
import { pageWith, playByHlsJs, playByShaka, untilPlayable, untilPlaysOn } from './support/player_page.mjs';

const kWatched_s = 12;
// Players choose their own distance: by PART-HOLD-BACK it is one second.
const kBehind_s = 4;

let house;
let address;

before(async () => {
  house = await House.open({ isOnAir: true });
  address = `${house.url}/live/${house.village.show.id}/index.m3u8`;
  await untilPlayable(address);
  // There is more of it than the edge, so that a player that begins elsewhere is seen to.
  await kept(house.village.seller, house.village.show.id, 3_000 * kBehind_s);
});
after(() => house?.close());

async function assertHeard(page, complaints) {
  const { error, audioBytes } = await page.evaluate(() => {
    const video = document.querySelector('video');
    return { error: video.error?.message ?? null, audioBytes: video.webkitAudioDecodedByteCount };
  });
  assert.equal(error, null);
  assert.ok(audioBytes > 0, 'no sound');
  // The page is an answer of the API, which has no picture of its own.
  assert.deepEqual(complaints.filter((line) => !line.includes('/favicon.ico')), []);
}

test('hls.js plays part by part, near the edge', async () => {
  const { page, complaints } = await pageWith(house, 'hls.js/dist/hls.js');
  await playByHlsJs(page, address);
  await untilPlaysOn(page, kWatched_s, kBehind_s);
  const { parts, fatal } = await page.evaluate(() => ({ parts: window.hls.latestLevelDetails.partList?.length ?? 0, fatal: window.fatal }));
  await assertHeard(page, complaints);
  assert.deepEqual(fatal, []);
  assert.ok(parts > 0, 'no parts were seen in the playlist');
});

test('Shaka Player plays it, near the edge', async () => {
  const { page, complaints } = await pageWith(house, 'shaka-player/dist/shaka-player.compiled.js');
  await playByShaka(page, address);
  await untilPlaysOn(page, kWatched_s, 2 * kBehind_s);
  const { isLive, errors } = await page.evaluate(() => ({ isLive: window.player.isLive(), errors: window.errors }));
  await assertHeard(page, complaints);
  assert.deepEqual(errors, []);
  assert.equal(isLive, true);
});
