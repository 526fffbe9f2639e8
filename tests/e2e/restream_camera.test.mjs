// A phone that goes live by WebRTC is sent on to another platform as H.264 and AAC, whatever it sends.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { recordingOf } from '../lib/recorded_show.mjs';
import { checkAsKept, freePort, picturesIn, recordingServer } from '../lib/restreams.mjs';
import { until } from '../lib/until.mjs';
import { House } from './support/house.mjs';

let house, folder;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'geili-restream-'));
  house = await House.open({ hasCamera: true, args: ['--webhooks-allow-loopback', 'true'] });
});
after(async () => {
  await house?.close();
  if (folder) await rm(folder, { recursive: true });
});

// Leaves the browser no other codec for the picture.
function sendOnly(codec) {
  const isWanted = ({ mimeType }) => mimeType.toLowerCase() === `video/${codec}` || !/\/(H26|VP[89]|AV1)/i.test(mimeType);
  const capabilities = RTCRtpSender.getCapabilities.bind(RTCRtpSender);
  RTCRtpSender.getCapabilities = (kind) => ({ ...capabilities(kind), codecs: capabilities(kind).codecs.filter(isWanted) });
  const prefer = RTCRtpTransceiver.prototype.setCodecPreferences;
  RTCRtpTransceiver.prototype.setCodecPreferences = function (codecs) {
    return prefer.call(this, codecs.filter(isWanted));
  };
  const add = RTCPeerConnection.prototype.addTransceiver;
  RTCPeerConnection.prototype.addTransceiver = function (track, options) {
    const transceiver = add.call(this, track, options);
    transceiver.setCodecPreferences(RTCRtpSender.getCapabilities(track.kind ?? track).codecs);
    return transceiver;
  };
}

// A picture so small that a machine that does everything at once keeps up with it.
function sendSmall() {
  const open = MediaDevices.prototype.getUserMedia;
  MediaDevices.prototype.getUserMedia = function ({ audio, video }) {
    return open.call(this, { audio, video: video && { width: 320, height: 180 } });
  };
}

for (const codec of ['h264', 'vp8']) {
  test(`a phone that sends ${codec} and Opus`, async () => {
    const { seller, shop, products } = house.village;
    const show = await seller.expect(201, 'POST', `/shops/${shop.id}/shows`, {
      title: 'From a phone', starts_at: new Date().toISOString(), product_ids: products.map(({ id }) => id),
    });
    const port = await freePort();
    const file = path.join(folder, `${codec}.flv`);
    const far = recordingServer(port, file);
    const all = `/shops/${shop.id}/restreams`;
    const target = await seller.expect(201, 'POST', all, {
      name: 'Elsewhere', server_url: `rtmp://127.0.0.1:${port}/live`, stream_key: 'stream', shows: 'all',
    });
    const phone = await house.signedIn(seller);
    await phone.page.addInitScript(sendOnly, codec);
    await phone.page.addInitScript(sendSmall);
    await phone.page.goto(`${house.url}/studio/shows/${show.id}/camera`);
    await phone.page.getByRole('button', { name: 'Go live', exact: true }).click();
    await phone.page.getByText('LIVE', { exact: true }).waitFor();
    await until('some seconds over there', () => picturesIn(file) > 60, 60_000);
    await seller.expect(200, 'POST', `/shows/${show.id}/end`);
    await far.ended;
    checkAsKept(file, house.url + (await recordingOf(seller, show.id)).hls, 1);
    await seller.expect(204, 'DELETE', `${all}/${target.id}`);
    await phone.page.close();
    assert.equal((await seller.expect(200, 'GET', all)).items.length, 0);
  });
}
