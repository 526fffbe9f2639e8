// The show's page plays by WebRTC where that works, else by LL-HLS, and comes back to WebRTC.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gate } from '../lib/gate.mjs';
import { anyOf, kDesktop, kOutages } from './support/browser.mjs';
import { House } from './support/house.mjs';
import { ShowPage } from './support/show_page.mjs';

// What the console notes of an answer that refuses.
const kRefused = /status of (404|409|415|500|502|503)|ERR_FAILED/;

let house;

before(async () => {
  house = await House.open({ isOnAir: true });
});
after(() => house?.close());

const playsBy = (page, protocol) => page.locator(`.stage[data-protocol=${protocol}] video`).waitFor();

async function watcher(prepare = async () => {}) {
  const one = await house.visitor({ viewport: kDesktop });
  await prepare(one.page);
  const show = await ShowPage.open(one.page, house.url, house.village.show);
  return { ...one, show };
}

test('WebRTC is the first choice: picture and sound, and the picture stays where it is', async () => {
  const { page, show, faults } = await watcher();
  await playsBy(page, 'webrtc');
  const boxBefore = await page.locator('.stage video').boundingBox();
  await show.playsOn(2);
  assert.deepEqual(await page.locator('.stage video').boundingBox(), boxBefore);
  const seen = await page.evaluate(async () => {
    const video = document.querySelector('video');
    const frames = () => video.getVideoPlaybackQuality().totalVideoFrames;
    const from = frames();
    await new Promise((resolve) => { const timer = setInterval(() => frames() > from + 20 && resolve(clearInterval(timer)), 50); });
    return { width: video.videoWidth, tracks: video.srcObject.getTracks().map(({ kind, muted }) => [kind, muted]).sort() };
  });
  assert.ok(seen.width > 100);
  assert.deepEqual(seen.tracks, [['audio', false], ['video', false]]);
  assert.deepEqual(await faults(kRefused), []);
});

for (const [protocol, prepare] of [['webrtc', () => {}], ['hls', () => { delete window.RTCPeerConnection; }]]) {
  test(`the picture does not wait for the show to be fetched: ${protocol}`, async () => {
    const { village } = house;
    const { page } = await house.visitor({ viewport: kDesktop });
    await page.addInitScript(prepare);
    const { opened, open } = gate();
    await page.route(`**/api/v1/shows/${village.show.id}`, async (route) => { await opened; await route.continue(); });
    await page.goto(`${house.url}/shows/${village.show.id}`);
    await playsBy(page, protocol);
    await page.waitForFunction(() => document.querySelector('video').getVideoPlaybackQuality().totalVideoFrames > 10);
    open();
    await page.getByText(village.show.title).first().waitFor();
    await playsBy(page, protocol);
  });
}

test('a browser without WebRTC watches by LL-HLS', async () => {
  const { page, show, faults } = await watcher((one) => one.addInitScript(() => { delete window.RTCPeerConnection; }));
  await playsBy(page, 'hls');
  await show.playsOn(2);
  assert.equal(await page.evaluate(() => document.querySelector('video').srcObject), null);
  assert.deepEqual(await faults(), []);
});

test('a browser whose codecs do not fit watches by LL-HLS', async () => {
  const { page, show } = await watcher((one) => one.addInitScript(() => {
    const add = RTCPeerConnection.prototype.addTransceiver;
    RTCPeerConnection.prototype.addTransceiver = function (kind, options) {
      const transceiver = add.call(this, kind, options);
      if (kind === 'video') {
        const codecs = RTCRtpReceiver.getCapabilities('video').codecs;
        transceiver.setCodecPreferences(codecs.filter(({ mimeType }) => mimeType === 'video/VP9'));
      }
      return transceiver;
    };
  }));
  const refused = page.waitForResponse((response) => response.url().endsWith('/whep'));
  assert.equal((await refused.catch(() => undefined))?.status() ?? 415, 415);
  await playsBy(page, 'hls');
  await show.playsOn(2);
});

test('where no path is found LL-HLS begins soon, and WebRTC takes over when there is one', async () => {
  let isCut = true;
  const { page, show } = await watcher((one) => one.route('**/whep', async (route) => {
    if (!isCut) return route.continue();
    // The server's answer, with candidates that lead nowhere.
    const answer = await route.fetch();
    const body = (await answer.text()).replace(/^(a=candidate:.* )(\S+) (\d+) typ/gm, '$1192.0.2.1 9 typ');
    return route.fulfill({ response: answer, body });
  }));
  await playsBy(page, 'hls');
  await show.playsOn(1);
  isCut = false;
  await playsBy(page, 'webrtc');
  await show.playsOn(2);
});

test('a session that the server forgot is made anew', async () => {
  const { page, show, complaints } = await watcher();
  await playsBy(page, 'webrtc');
  await show.playsOn(1);
  await house.server.kill();
  await house.publisher.ended();
  await house.server.startAgain();
  house.publisher.start();
  await show.connected();
  await page.locator('.stage[data-protocol=webrtc] canvas[hidden]').waitFor({ state: 'attached' });
  await show.playsOn(2);
  const allowed = anyOf(kOutages, kRefused);
  assert.deepEqual(complaints.filter((line) => !allowed.test(line)), []);
});
