// A phone goes live by WHIP with Chromium's fake camera and microphone; one browser plays it by WHEP, another by
// LL-HLS, both with a moving picture and sound.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { House } from './support/house.mjs';
import { until } from '../lib/until.mjs';

const require = createRequire(import.meta.url);
const kFrames = 90;
const kPatience_ms = 30_000;

let house, browser, show, key;

before(async () => {
  house = await House.open();
  show = house.village.show.id;
  key = house.village.publishTo.split('/').pop();
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu',
    '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--autoplay-policy=no-user-gesture-required'] });
});
after(async () => {
  await browser?.close();
  await house?.close();
});

// A page of the server's own origin with nothing of ours in it.
async function emptyPage() {
  const page = await (await browser.newContext({ permissions: ['camera', 'microphone'] })).newPage();
  page.setDefaultTimeout(kPatience_ms);
  await page.goto(`${house.url}/api/v1/shops`);
  return page;
}

const post = (kind, headers = {}) => fetch(`${house.url}/api/v1/shows/${show}/${kind}`, { method: 'POST',
  headers: { 'content-type': 'application/sdp', ...headers }, body: 'v=0\r\n' });

// Runs in the page: offers, follows the answer, and gives the session's address.
async function connect({ address, key: streamKey, sends }) {
  const peer = new RTCPeerConnection();
  window.peer = peer;
  if (sends) {
    const media = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 360, frameRate: 30 }, audio: true });
    for (const track of media.getTracks()) peer.addTransceiver(track, { direction: 'sendonly' });
  } else {
    // Not muted: what is not played is not measured.
    const video = document.createElement('video');
    video.autoplay = true;
    document.body.replaceChildren(video);
    const stream = new MediaStream();
    video.srcObject = stream;
    peer.ontrack = ({ track }) => stream.addTrack(track);
    peer.addTransceiver('video', { direction: 'recvonly' });
    peer.addTransceiver('audio', { direction: 'recvonly' });
  }
  await peer.setLocalDescription();
  const headers = { 'Content-Type': 'application/sdp', ...(streamKey ? { Authorization: `Bearer ${streamKey}` } : {}) };
  const answer = await fetch(address, { method: 'POST', headers, body: peer.localDescription.sdp });
  if (answer.status !== 201) return { status: answer.status, text: await answer.text() };
  await peer.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
  return { status: 201, session: new URL(answer.headers.get('location'), address).href, etag: answer.headers.get('etag') };
}

// What came of each track, in packets, pictures and loudness.
async function received() {
  const seen = {};
  for (const report of (await window.peer.getStats()).values()) {
    if (report.type !== 'inbound-rtp') continue;
    seen[report.kind] = { frames: report.framesDecoded, freezes: report.freezeCount, loudness: report.totalAudioEnergy,
      lost: report.packetsLost };
  }
  return seen;
}

async function watch() {
  const page = await emptyPage();
  const joined = await until('there is something to play', async () => {
    const answer = await page.evaluate(connect, { address: `${house.url}/api/v1/shows/${show}/whep` });
    assert.ok([201, 409].includes(answer.status), answer.text);
    return answer.status === 201 && answer;
  });
  return { page, ...joined };
}

let phone, viewer;

test('a phone goes live with the show\'s key, and only with it', async () => {
  assert.ok([401, 403].includes((await post('whip')).status));
  assert.equal((await post('whip', { authorization: 'Bearer nobody-has-this' })).status, 401);
  const page = await emptyPage();
  phone = { page, ...await page.evaluate(connect, { address: `${house.url}/api/v1/shows/${show}/whip`, key, sends: true }) };
  assert.equal(phone.status, 201, phone.text);
  assert.match(phone.etag, /^"/);
  await page.waitForFunction(() => window.peer.connectionState === 'connected');
});

test('a viewer by WHEP sees it move and hears it', async () => {
  viewer = await watch();
  await viewer.page.waitForFunction((frames) => document.querySelector('video').getVideoPlaybackQuality().totalVideoFrames > frames, kFrames);
  const { video, audio } = await viewer.page.evaluate(received);
  assert.ok(video.frames >= kFrames, `${video.frames} pictures`);
  assert.equal(video.lost, 0);
  assert.ok(audio.loudness > 0, 'no sound');
});

test('a viewer by LL-HLS sees it move and hears it', async () => {
  const page = await emptyPage();
  await page.evaluate(await readFile(require.resolve('hls.js/dist/hls.js'), 'utf8'));
  await page.evaluate((source) => {
    const video = document.createElement('video');
    video.muted = true;
    document.body.replaceChildren(video);
    const hls = new window.Hls({ lowLatencyMode: true, enableWorker: false });
    hls.attachMedia(video);
    hls.loadSource(source);
    void video.play();
  }, `${house.url}/live/${show}/index.m3u8`);
  await page.waitForFunction((frames) => document.querySelector('video').getVideoPlaybackQuality().totalVideoFrames > frames, kFrames);
  assert.ok(await page.evaluate(() => document.querySelector('video').webkitAudioDecodedByteCount) > 0, 'no sound');
});

test('who ends the session is gone at once', async () => {
  assert.equal((await fetch(viewer.session, { method: 'DELETE' })).status, 200);
  assert.equal((await fetch(viewer.session, { method: 'DELETE' })).status, 404);
  await viewer.page.waitForFunction(() => ['closed', 'disconnected', 'failed'].includes(window.peer.connectionState));
  assert.equal((await fetch(phone.session, { method: 'DELETE', headers: { authorization: `Bearer ${key}` } })).status, 200);
});
