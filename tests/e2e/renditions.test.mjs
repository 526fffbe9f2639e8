// Pictures that the server makes of others: H.264 of a phone's VP8 for LL-HLS, and a lower one that players change to
// and back from.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { kDesktop } from './support/browser.mjs';
import { House } from './support/house.mjs';
import { pageWith, playByHlsJs, playByShaka, untilPlayable } from './support/player_page.mjs';
import { ShowPage } from './support/show_page.mjs';

let house;
let address;

before(async () => {
  house = await House.open({ isOnAir: true, hasCamera: true, args: ['--media-low-rendition', 'true'] });
  address = `${house.url}/live/${house.village.show.id}/index.m3u8`;
  await untilPlayable(address);
});
after(() => house?.close());

// Until a picture of that width is shown, and goes on for some seconds.
async function shows(page, width) {
  await page.waitForFunction((wanted) => document.querySelector('video').videoWidth === wanted, width, { polling: 50 });
  await page.evaluate(() => { window.from = document.querySelector('video').currentTime; });
  await page.waitForFunction((wanted) => {
    const video = document.querySelector('video');
    return video.videoWidth === wanted && !video.paused && video.currentTime > window.from + 3;
  }, width, { polling: 50 });
}

test('hls.js changes to the lower picture and back', async () => {
  const { page } = await pageWith(house, 'hls.js/dist/hls.js');
  await playByHlsJs(page, address, { abrEwmaDefaultEstimate: 5_000_000 });
  assert.deepEqual(await page.evaluate(() => window.hls.levels.map(({ width, height }) => [width, height]).sort()), [[360, 640], [720, 1280]]);
  const change = (width) => page.evaluate((wanted) => {
    window.hls.nextLevel = window.hls.levels.findIndex((level) => level.width === wanted);
  }, width);
  await change(720);
  await shows(page, 720);
  await change(360);
  await shows(page, 360);
  await change(720);
  await shows(page, 720);
  assert.deepEqual(await page.evaluate(() => window.fatal), []);
});

test('Shaka Player changes to the lower picture and back', async () => {
  const { page } = await pageWith(house, 'shaka-player/dist/shaka-player.compiled.js');
  await playByShaka(page, address, { abr: { enabled: false } });
  const change = (width) => page.evaluate((wanted) => {
    const track = window.player.getVariantTracks().find((each) => each.width === wanted);
    window.player.selectVariantTrack(track, true);
  }, width);
  await change(720);
  await shows(page, 720);
  await change(360);
  await shows(page, 360);
  await change(720);
  await shows(page, 720);
  assert.deepEqual(await page.evaluate(() => window.errors), []);
});

test('a phone that sends VP8 alone is watched by WebRTC as it is and by LL-HLS as H.264', async () => {
  const { seller, shop, products } = house.village;
  const show = await seller.expect(201, 'POST', `/shops/${shop.id}/shows`, {
    title: 'From an old phone', starts_at: new Date().toISOString(), product_ids: products.map(({ id }) => id),
  });
  const phone = await house.signedIn(seller);
  // A browser without H.264: neither its page nor its offer can have it.
  await phone.page.addInitScript(() => {
    const capabilities = RTCRtpSender.getCapabilities.bind(RTCRtpSender);
    const isKnown = ({ mimeType }) => !/\/(H26|VP9|AV1)/i.test(mimeType);
    RTCRtpSender.getCapabilities = (kind) => ({ ...capabilities(kind), codecs: capabilities(kind).codecs.filter(isKnown) });
    const prefer = RTCRtpTransceiver.prototype.setCodecPreferences;
    RTCRtpTransceiver.prototype.setCodecPreferences = function (codecs) {
      return prefer.call(this, codecs.filter(isKnown));
    };
    const add = RTCPeerConnection.prototype.addTransceiver;
    RTCPeerConnection.prototype.addTransceiver = function (track, options) {
      const transceiver = add.call(this, track, options);
      transceiver.setCodecPreferences(RTCRtpSender.getCapabilities(track.kind ?? track).codecs);
      return transceiver;
    };
  });
  await phone.page.goto(`${house.url}/studio/shows/${show.id}/camera`);
  const answered = phone.page.waitForResponse((response) => response.url().endsWith('/whip'));
  await phone.page.getByRole('button', { name: 'Go live', exact: true }).click();
  const answer = await (await answered).text();
  assert.match(answer, / VP8\/90000/);
  assert.doesNotMatch(answer, / H264\/90000/);
  await phone.page.getByText('LIVE', { exact: true }).waitFor();

  const watchers = [];
  for (const protocol of ['webrtc', 'hls']) {
    const one = await house.visitor({ viewport: kDesktop });
    if (protocol === 'hls') await one.page.addInitScript(() => { delete window.RTCPeerConnection; });
    const page = await ShowPage.open(one.page, house.url, show);
    await one.page.locator(`.stage[data-protocol=${protocol}] video`).waitFor();
    await page.playsOn(3);
    assert.ok((await page.picture()).hasSound);
    watchers.push(page);
  }
  const playlist = await (await fetch(`${house.url}/live/${show.id}/index.m3u8`)).text();
  assert.match(playlist, /CODECS="avc1\.42C0[0-9A-F]{2},mp4a\.40\.2"/);
  await phone.page.close();
  for (const watcher of watchers) {
    await watcher.page.getByText('Back in a moment…').waitFor();
    await watcher.playsOn(3);
  }
});
