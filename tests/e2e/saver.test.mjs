// Who saves data sees a picture every few seconds, and hears the sound alone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { graveFaults, kAxe } from './support/axe.mjs';
import { kDesktop, kPhone, kOutages } from './support/browser.mjs';
import { House } from './support/house.mjs';
import { ShowPage } from './support/show_page.mjs';

let house;

before(async () => {
  house = await House.open({ isOnAir: true });
});
after(() => house?.close());

/** A visitor, with what the page fetched of the picture and offered by WHEP. */
async function watcher({ viewport = kPhone, prepare = async () => {} } = {}) {
  const one = await house.visitor({ viewport });
  const videos = [];
  const stills = [];
  const offers = [];
  one.page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.endsWith('/whep') && request.method() === 'POST') offers.push(request.postData());
    else if (pathname.endsWith('/still.jpg')) stills.push(pathname);
    else if (/^\/live\/\d+\/(?!cover\.jpg)/.test(pathname) || pathname.includes('hls')) videos.push(pathname);
  });
  await one.page.addInitScript(kAxe);
  await prepare(one.page);
  const show = await ShowPage.open(one.page, house.url, house.village.show);
  return { ...one, show, videos, stills, offers };
}

const still = (page) => page.getByRole('img', { name: 'A picture of the show from a moment ago' });
const shown = (page) => page.waitForFunction(() => {
  const img = document.querySelector('.stage img.still');
  return img?.src.startsWith('blob:') && img.naturalWidth > 0 && img.naturalWidth <= 480 && img.src;
});

test('the switch stops the video, and pictures follow one another', async () => {
  const { page, show, videos, stills, faults } = await watcher();
  await show.playsOn();
  await page.getByRole('button', { name: 'Save data' }).click();
  const first = await (await shown(page)).jsonValue();
  await still(page).waitFor();
  assert.equal(await page.evaluate(() => document.querySelector('video').srcObject), null);
  videos.length = 0;
  const seen = stills.length;
  await page.waitForFunction((before) => document.querySelector('.stage img.still')?.src !== before, first);
  assert.ok(stills.length > seen);
  assert.deepEqual(videos, []);
  assert.deepEqual(await graveFaults(page), []);
  await page.getByRole('button', { name: 'Show the video' }).click();
  await show.playsOn();
  assert.equal(await still(page).count(), 0);
  assert.deepEqual(await faults(kOutages), []);
});

test('the sound comes alone, after a tap', async () => {
  const { page, offers, faults } = await watcher({ prepare: (one) => one.addInitScript(() => localStorage.setItem('geili.saver', 'on')) });
  await shown(page);
  assert.deepEqual(offers, []);
  await page.getByRole('button', { name: 'Tap for sound' }).click();
  await page.waitForFunction(() => {
    const track = document.querySelector('audio')?.srcObject?.getAudioTracks()[0];
    return track && !track.muted && document.querySelector('audio').currentTime > 0.5;
  });
  assert.equal(offers.length, 1);
  assert.match(offers[0], /m=audio/);
  assert.doesNotMatch(offers[0], /m=video/);
  await page.getByRole('button', { name: 'Sound off' }).click();
  await page.waitForFunction(() => document.querySelector('audio').srcObject === null);
  assert.deepEqual(await faults(kOutages), []);
});

test('it is remembered, and begins by itself where the browser saves data', async () => {
  const saveData = (one) => one.addInitScript(() => {
    Object.defineProperty(navigator, 'connection', { value: Object.assign(new EventTarget(), { saveData: true }) });
  });
  const { page, show, videos, offers } = await watcher({ viewport: kDesktop, prepare: saveData });
  await shown(page);
  assert.deepEqual([videos, offers], [[], []]);
  await page.getByRole('button', { name: 'Show the video' }).click();
  for (const isReloaded of [false, true]) {
    if (isReloaded) await page.reload();
    await page.locator('.stage video').waitFor();
    await show.playsOn();
  }
  await page.getByRole('button', { name: 'Save data' }).waitFor();
});

test('where no sound can be had, that is said', async () => {
  const { page } = await watcher({ prepare: (one) => one.addInitScript(() => {
    delete window.RTCPeerConnection;
    localStorage.setItem('geili.saver', 'on');
  }) });
  await shown(page);
  await page.getByRole('button', { name: 'Tap for sound' }).click();
  await page.getByText('Sound is not possible on this connection.').waitFor();
});
