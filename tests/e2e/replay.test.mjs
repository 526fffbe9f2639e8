// A show from the air to being watched again: the replay plays, a chapter is gone to, a clip is taken home, and a
// server that was killed in the midst still has it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { gate } from '../lib/gate.mjs';
import { kept, recordingOf } from '../lib/recorded_show.mjs';
import { kDesktop, kOutages, kPhone } from './support/browser.mjs';
import { House } from './support/house.mjs';
import { ShowPage } from './support/show_page.mjs';
import { pin } from './support/village.mjs';

let house, viewer, host, recording;

before(async () => {
  house = await House.open({ isOnAir: true });
  viewer = await house.visitor({ viewport: kPhone });
  host = await house.signedIn(house.village.seller, { viewport: kDesktop });
});
after(() => house?.close());

const plays = (page, from_s) => page.waitForFunction((from) => {
  const video = document.querySelector('video');
  return video && video.videoWidth > 0 && !video.paused && video.currentTime > from + 0.5 && video.currentTime < from + 8;
}, from_s);

test('who saw the end is asked whether to watch again', async () => {
  const { village } = house;
  const { page } = viewer;
  const show = await ShowPage.open(page, house.url, village.show);
  await show.playsOn();
  // The server dies in the midst of it, and the camera comes back.
  await kept(village.seller, village.show.id, 2000);
  await house.server.kill();
  await house.publisher.ended();
  await house.server.startAgain();
  house.publisher.start();
  let { duration_ms } = await kept(village.seller, village.show.id, 4000);
  for (const product of village.products.slice(0, 2)) {
    await pin(village, product);
    ({ duration_ms } = await kept(village.seller, village.show.id, duration_ms + 3000));
  }
  await village.seller.expect(200, 'POST', `/shows/${village.show.id}/end`);
  recording = await recordingOf(village.seller, village.show.id);
  assert.deepEqual(recording.chapters.map(({ product }) => product.title), ['Pearl necklace', 'Drop earrings']);
  await page.getByText('The show is over').waitFor();
  await page.getByRole('button', { name: 'Watch again' }).click();
  await page.getByRole('heading', { name: 'What was shown' }).waitFor();
});

test('search engines are told the chapters', async () => {
  const { page } = await house.visitor({ viewport: kDesktop });
  const answer = await page.goto(`${house.url}/shows/${house.village.show.id}`);
  const linked = [...(await answer.text()).matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/g)].map(([, text]) => JSON.parse(text));
  const video = linked.find((one) => one['@type'] === 'VideoObject');
  assert.equal(video.contentUrl, house.url + recording.hls);
  assert.equal(video.duration, `PT${Math.floor(recording.duration_ms / 1000)}S`);
  assert.deepEqual(video.hasPart.map(({ '@type': type, name, startOffset, url }) => [type, name, startOffset, url]), recording.chapters.map(({ product, from_ms }) => {
    const from_s = Math.floor(from_ms / 1000);
    return ['Clip', product.title, from_s, `${house.url}/shows/${house.village.show.id}#t=${from_s}`];
  }));
});

test('the replay plays, through the place where the server was killed', async () => {
  const { page } = viewer;
  const box = () => page.locator('.stage video').boundingBox();
  const { opened, open } = gate();
  await page.route(`**${recording.hls}`, async (route) => { await opened; await route.continue(); });
  await page.goto(`${house.url}/shows/${house.village.show.id}`);
  await page.getByRole('heading', { name: 'What was shown' }).waitFor();
  const before = await box();
  open();
  await page.waitForFunction(() => document.querySelector('video')?.readyState >= 2);
  assert.deepEqual(await box(), before, 'nothing moves when the video is there');
  await page.evaluate(() => document.querySelector('video').play());
  await plays(page, 0);
  const { duration, seekable } = await page.evaluate(() => {
    const video = document.querySelector('video');
    return { duration: video.duration, seekable: video.seekable.end(0) };
  });
  assert.ok(Math.abs(duration * 1000 - recording.duration_ms) < 150, `${duration} s of ${recording.duration_ms} ms`);
  assert.ok(seekable > duration - 0.5);
  await page.evaluate(() => { document.querySelector('video').playbackRate = 4; });
  await page.waitForFunction((end) => document.querySelector('video').currentTime > end - 0.5, duration);
});

test('a chapter is gone to with the keyboard, and its product can be bought', async () => {
  const { page } = viewer;
  const [, earrings] = recording.chapters;
  const chapter = page.getByRole('button', { name: /^Drop earrings/ });
  await page.evaluate(() => { document.querySelector('video').playbackRate = 1; });
  await chapter.focus();
  await page.keyboard.press('Enter');
  await plays(page, earrings.from_ms / 1000);
  assert.equal(await chapter.getAttribute('aria-current'), 'true');
  const now = page.getByRole('article', { name: 'Shown right now' });
  await now.getByText('Drop earrings').waitFor();
  await now.getByRole('button', { name: 'Buy' }).click();
  await page.getByRole('dialog').getByText('Drop earrings').first().waitFor();
  await page.keyboard.press('Escape');
});

test('a shared address begins at its moment', async () => {
  const { page } = await house.visitor({ viewport: kDesktop });
  const at_s = Math.floor(recording.chapters[1].from_ms / 1000) + 1;
  await page.goto(`${house.url}/shows/${house.village.show.id}#t=${at_s}`);
  const shown = await page.waitForFunction(() => {
    const video = document.querySelector('video');
    return video?.readyState >= 2 && { at_s: video.currentTime };
  });
  const first_s = (await shown.jsonValue()).at_s;
  assert.ok(Math.abs(first_s - at_s) < 0.5, `${first_s} s`);
  await page.getByRole('article', { name: 'Shown right now' }).getByText('Drop earrings').waitFor();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'nothing is wider than the window');
});

test('the seller takes a clip home', async () => {
  const { page } = host;
  await page.goto(`${house.url}/studio/shows/${house.village.show.id}`);
  await page.getByRole('button', { name: 'Make a clip Drop earrings' }).click();
  const link = page.getByRole('link', { name: 'Download Drop earrings' });
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  assert.match(download.suggestedFilename(), /^clip_[\w.]+\.mp4$/);
  const file = await download.path();
  const seconds = Number(execFileSync('ffprobe', ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', file], { encoding: 'utf8' }));
  const { from_ms, to_ms } = recording.chapters[1];
  assert.ok(seconds * 1000 >= to_ms - from_ms && seconds * 1000 < to_ms - from_ms + 4500, `${seconds} s`);
});

test('the seller deletes the recording, and nobody sees it any more', async () => {
  const { page } = host;
  await page.getByRole('button', { name: 'Delete the recording' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete the recording' }).click();
  await page.getByText('The recording is no longer kept.').waitFor();
  await viewer.page.goto(`${house.url}/shows/${house.village.show.id}`);
  await viewer.page.getByText('The show is over').waitFor();
  assert.equal(await viewer.page.getByRole('heading', { name: 'What was shown' }).count(), 0);
});

test('no page complained, and every exchange fits the documents', async () => {
  const gone = /410 \(Gone\)/;
  for (const one of house.visitors) assert.deepEqual(await one.faults(new RegExp(`${kOutages.source}|${gone.source}`)), []);
});
