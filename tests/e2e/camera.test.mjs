// The seller's phone as the camera: one tap, viewers by WebRTC and by LL-HLS, and what may go wrong.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { anyOf, kDesktop, kOutages } from './support/browser.mjs';
import { House } from './support/house.mjs';
import { draws, ShowPage } from './support/show_page.mjs';

const kRefused = /status of (401|404|409|500|502|503)/;

let house;
let show;
let phone;
const watchers = [];

before(async () => {
  house = await House.open({ hasCamera: true });
  const { seller, shop, products } = house.village;
  show = await seller.expect(201, 'POST', `/shops/${shop.id}/shows`, {
    title: 'From my phone', starts_at: new Date().toISOString(), product_ids: products.map(({ id }) => id),
  });
});
after(() => house?.close());
// Each decodes a picture of its own: too much for a small machine when they pile up.
afterEach(() => Promise.all(watchers.splice(0).map(({ context }) => context.close())));

const button = (page, name) => page.getByRole('button', { name, exact: true });

async function cameraPage(prepare = async () => {}) {
  const one = await house.signedIn(house.village.seller);
  await prepare(one.page);
  await one.page.goto(`${house.url}/studio/shows/${show.id}/camera`);
  return one;
}

async function watcher(protocol) {
  const one = await house.visitor({ viewport: kDesktop });
  watchers.push(one);
  if (protocol === 'hls') await one.page.addInitScript(() => { delete window.RTCPeerConnection; });
  const page = await ShowPage.open(one.page, house.url, show);
  await one.page.locator(`.stage[data-protocol=${protocol}] video`).waitFor();
  await page.playsOn(1);
  await one.page.waitForFunction(() => document.querySelector('.stage canvas').hidden);
  return { ...one, show: page };
}

test('a preview, one tap, and the show is live', async () => {
  phone = await cameraPage();
  await draws(phone.page);
  // Here, not while live: Chromium's encoder does not take the time of another invented camera.
  const camera = () => phone.page.evaluate(() => document.querySelector('video').srcObject.getVideoTracks()[0]?.getSettings().deviceId);
  const first = await camera();
  for (const isOther of [true, false]) {
    await button(phone.page, 'Other camera').click();
    await phone.page.locator('button:enabled[aria-label="Other camera"]').waitFor();
    assert.equal((await camera()) !== first, isOther);
    await draws(phone.page);
  }
  await button(phone.page, 'Go live').click();
  await phone.page.getByText('LIVE', { exact: true }).waitFor();
  assert.equal((await house.village.seller.expect(200, 'GET', `/shows/${show.id}`)).status, 'live');
});

test('one watches by WebRTC, one by LL-HLS, with picture and sound', async () => {
  for (const protocol of ['webrtc', 'hls']) {
    const { show: page, faults } = await watcher(protocol);
    const picture = await page.picture();
    assert.ok(picture.width > 0 && picture.height > picture.width, `${protocol}, upright: ${JSON.stringify(picture)}`);
    assert.ok(picture.hasSound, protocol);
    assert.deepEqual(await faults(kRefused), []);
    if (protocol !== 'webrtc') continue;
    const stats = await house.village.seller.expect(200, 'GET', `/shows/${show.id}/ingest`);
    assert.equal(stats.viewers_webrtc, 1);
    assert.equal(stats.loss_permille, 0);
  }
});

test('another shape reaches the viewers in the same session, and the microphone can be switched off', async () => {
  const { page } = await watcher('webrtc');
  const posts = [];
  phone.page.on('request', (request) => /whip/.test(request.url()) && posts.push(request.method()));
  await button(phone.page, 'Wide picture').click();
  await page.waitForFunction(() => document.querySelector('video').videoWidth > document.querySelector('video').videoHeight);
  await button(phone.page, 'Upright picture').click();
  await page.waitForFunction(() => document.querySelector('video').videoWidth < document.querySelector('video').videoHeight);
  await draws(page);
  const isHeard = () => phone.page.evaluate(() => document.querySelector('video').srcObject.getAudioTracks()[0].enabled);
  await button(phone.page, 'Microphone off').click();
  assert.equal(await isHeard(), false);
  await button(phone.page, 'Microphone off').click();
  assert.equal(await isHeard(), true);
  assert.deepEqual(posts, []);
});

test('pins and chat are under the thumb while live', async () => {
  const { show: viewer } = await watcher('webrtc');
  await button(phone.page, 'Bag').click();
  await button(phone.page, 'Pin Pearl necklace').click();
  await viewer.pinned.getByText('Pearl necklace').waitFor();
  await button(phone.page, 'Close').click();
  await phone.page.getByPlaceholder('Say something…').fill('Good morning!');
  await button(phone.page, 'Send').click();
  await viewer.hears('Good morning!');
});

test('a changed network restarts ICE in the same session', async () => {
  const { page } = await watcher('webrtc');
  const answered = phone.page.waitForResponse((response) => response.request().method() === 'PATCH');
  await phone.page.evaluate(() => window.dispatchEvent(new Event('online')));
  assert.equal((await answered).status(), 200);
  await phone.page.getByText('LIVE', { exact: true }).waitFor();
  await draws(page, 60);
});

test('after the server was away the phone is live again by itself', async () => {
  await house.server.kill();
  await phone.page.getByText(/Reconnecting… keep this page open/).waitFor();
  await house.server.startAgain();
  await phone.page.getByText('LIVE', { exact: true }).waitFor();
  await watcher('webrtc');
});

test('a second phone is told of the first, and may take over', async () => {
  const { page } = await watcher('webrtc');
  const second = await cameraPage();
  await button(second.page, 'Go on with this phone').click();
  await second.page.getByText('Another camera is live in this show.').waitFor();
  await button(second.page, 'Use this camera instead').click();
  await second.page.getByText('LIVE', { exact: true }).waitFor();
  await draws(page, 60);
  await button(phone.page, 'Use this camera instead').waitFor();
  await phone.page.close();
  phone = second;
});

test('the end is asked for, and closes the show', async () => {
  await button(phone.page, 'End').click();
  await button(phone.page, 'End the show').click();
  await phone.page.waitForURL(`**/studio/shows/${show.id}`);
  assert.equal((await house.village.seller.expect(200, 'GET', `/shows/${show.id}`)).status, 'ended');
  const allowed = anyOf(kOutages, kRefused);
  assert.deepEqual(phone.complaints.filter((line) => !allowed.test(line)), []);
});

const kFaults = {
  NotAllowedError: 'The camera is not allowed here', NotFoundError: 'No camera or microphone was found', NotReadableError: 'The camera is taken',
};
for (const [name, words] of Object.entries(kFaults)) {
  test(`${name} is explained, and can be tried again`, async () => {
    const { page } = await cameraPage((one) => one.addInitScript((fault) => {
      const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      let isFirst = true;
      navigator.mediaDevices.getUserMedia = (wanted) => {
        if (!isFirst) return real(wanted);
        isFirst = false;
        return Promise.reject(new DOMException('no', fault));
      };
    }, name));
    await page.getByRole('alert').getByRole('heading', { name: words }).waitFor();
    await button(page, 'Try again').click();
    await draws(page);
    assert.equal(await page.getByRole('alert').count(), 0);
  });
}

test('a page without TLS, and a browser without WebRTC, say so', async () => {
  const insecure = await cameraPage((one) => one.addInitScript(() => Object.defineProperty(window, 'isSecureContext', { value: false })));
  await insecure.page.getByRole('heading', { name: 'This page has no secure connection' }).waitFor();
  const old = await cameraPage((one) => one.addInitScript(() => { delete window.RTCPeerConnection; }));
  await old.page.getByRole('heading', { name: 'This browser cannot go live' }).waitFor();
});
