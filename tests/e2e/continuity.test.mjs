// The camera is lost: whoever watches stays in the session, sees the slate and hears silence, and sees the picture
// again without having done anything.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { anyOf, kDesktop, kOutages } from './support/browser.mjs';
import { House } from './support/house.mjs';
import { ShowPage } from './support/show_page.mjs';

const kRefused = /status of (404|409|415)/;

let house;

before(async () => {
  house = await House.open({ isOnAir: true });
});
after(() => house?.close());

// Runs in the page, to be waited for: whether the slate is what is shown. The two bars of the slate's sign stand out against what is between and beside them.
function showsSlate(wanted = true) {
  const video = document.querySelector('video');
  if (!video || video.videoWidth === 0) return false;
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: video.videoWidth, height: video.videoHeight });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.drawImage(video, 0, 0);
  const sign = Math.min(canvas.width, canvas.height) / 5;
  const bright = (x) => context.getImageData(Math.round(x), canvas.height / 2, 1, 1).data[1];
  const middle = canvas.width / 2;
  const bars = [middle - sign / 4, middle + sign / 4].map(bright);
  const others = [middle, middle - sign, middle + sign].map(bright);
  return (Math.min(...bars) > Math.max(...others) + 60) === wanted;
}

async function watcher(protocol) {
  const one = await house.visitor({ viewport: kDesktop });
  await one.page.addInitScript((isHls) => {
    if (isHls) {
      delete window.RTCPeerConnection;
      return;
    }
    window.connections = [];
    const Real = window.RTCPeerConnection;
    window.RTCPeerConnection = function (...options) {
      const made = new Real(...options);
      window.connections.push(made);
      return made;
    };
    window.RTCPeerConnection.prototype = Real.prototype;
  }, protocol === 'hls');
  const sessions = [];
  one.page.on('request', (request) => {
    if (/\/whep$|index\.m3u8$/.test(request.url())) sessions.push(request.url());
  });
  const show = await ShowPage.open(one.page, house.url, house.village.show);
  await one.page.locator(`.stage[data-protocol=${protocol}] video`).waitFor();
  await show.playsOn(1);
  return { ...one, show, sessions };
}

// How much sound was decoded, or came as packets.
const heard = (page) => page.evaluate(async () => {
  if (!window.connections) return document.querySelector('video').webkitAudioDecodedByteCount;
  const stats = await window.connections.at(-1).getStats();
  return [...stats.values()].find(({ type, kind }) => type === 'inbound-rtp' && kind === 'audio').packetsReceived;
});

// Pictures that were decoded.
const seen = (page) => page.evaluate(() => document.querySelector('video').getVideoPlaybackQuality().totalVideoFrames);

for (const protocol of ['webrtc', 'hls']) {
  test(`by ${protocol} the session stays while the camera is lost, with the slate and silence`, async () => {
    const { page, show, sessions, complaints } = await watcher(protocol);
    const begun = sessions.length;
    await house.publisher.kill();
    await page.getByText('Back in a moment…').waitFor();
    await page.waitForFunction(showsSlate, true, { polling: 100 });
    await page.locator('.stage canvas[hidden]').waitFor({ state: 'attached' });
    const before = { heard: await heard(page), seen: await seen(page) };
    await show.playsOn(3);
    assert.ok(await page.evaluate(showsSlate));
    assert.ok(await heard(page) > before.heard, 'no sound');
    const pictures = await seen(page) - before.seen;
    assert.ok(pictures >= 6, `${pictures} pictures of the slate, which has three a second, in three seconds`);

    await page.evaluate(() => {
      window.seeks = 0;
      document.querySelector('video').addEventListener('seeking', () => { window.seeks += 1; });
    });
    house.publisher.start();
    await page.waitForFunction(showsSlate, false, { polling: 100 });
    await page.getByText('Back in a moment…').waitFor({ state: 'hidden' });
    // By LL-HLS the rest of the slate is skipped, where there is a rest by then.
    const seeks = await page.evaluate(() => window.seeks);
    assert.ok(seeks <= (protocol === 'hls' ? 1 : 0), `the picture jumped ${seeks} times`);
    await show.playsOn(3);
    assert.ok(await page.evaluate(showsSlate, false));
    assert.equal(sessions.length, begun, 'the page has begun anew');
    await page.locator(`.stage[data-protocol=${protocol}]`).waitFor();
    const allowed = anyOf(kOutages, kRefused);
    assert.deepEqual(complaints.filter((line) => !allowed.test(line)), []);
    await page.context().close();
  });
}

test('who comes meanwhile sees the slate, and then the picture', async () => {
  const first = await watcher('webrtc');
  await house.publisher.kill();
  await first.page.waitForFunction(showsSlate, true, { polling: 100 });
  const { page } = await house.visitor({ viewport: kDesktop });
  const show = await ShowPage.open(page, house.url, house.village.show);
  await page.getByText('Back in a moment…').waitFor();
  house.publisher.start();
  await show.playsOn(2);
  assert.ok(await page.evaluate(showsSlate, false));
});
