// Glass to glass by WebRTC: one Chromium draws a clock and publishes it as H.264, a second one plays it and reads
// the clock back from what it shows. Both are on one machine and so on one clock.
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { collectAges } from './clock_picture.mjs';
import { percentile } from './figures.mjs';
import { MediaDoor } from './media_door.mjs';

const require = createRequire(new URL('../tests/package.json', import.meta.url));
const { chromium } = require('playwright-core');

const settleFrames = 12 * 25;
const countedFrames = 30 * 25;

async function open() {
  const profile = await mkdtemp(path.join(tmpdir(), 'geili-chromium-'));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    viewport: { width: 360, height: 640 },
    args: `--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
           --disable-component-update --disable-sync --autoplay-policy=no-user-gesture-required`.split(/\s+/),
  });
  const page = await browser.newPage();
  return { page, close: async () => { await browser.close(); await rm(profile, { recursive: true, force: true }); } };
}

// Runs in the page, and so stands alone: a clock as clock_picture.mjs has it, painted anew for each picture.
async function publishClock(framesPerS) {
  const canvas = document.createElement('canvas');
  canvas.width = 360;
  canvas.height = 640;
  const context = canvas.getContext('2d');
  const paint = () => {
    context.fillStyle = 'rgb(90 90 90)';
    context.fillRect(0, 0, 360, 640);
    const value = Date.now() % 2 ** 32;
    for (let bit = 0; bit < 32; bit += 1) {
      const isSet = Math.floor(value / 2 ** bit) % 2 === 1;
      for (const [first, lit] of [[0, isSet], [180, !isSet]]) {
        context.fillStyle = lit ? 'rgb(235 235 235)' : 'rgb(16 16 16)';
        context.fillRect((bit % 8) * 45, first + Math.floor(bit / 8) * 45, 45, 45);
      }
    }
  };
  paint();
  setInterval(paint, 1000 / framesPerS);
  const audio = new AudioContext();
  const sound = audio.createMediaStreamDestination();
  const tone = audio.createOscillator();
  tone.connect(sound);
  tone.start();
  const peer = new RTCPeerConnection();
  window.peer = peer;
  const video = peer.addTransceiver(canvas.captureStream(framesPerS).getVideoTracks()[0], { direction: 'sendonly' });
  const { codecs } = RTCRtpSender.getCapabilities('video');
  video.setCodecPreferences(codecs.filter(({ mimeType }) => /h264|rtx/i.test(mimeType)));
  peer.addTransceiver(sound.stream.getAudioTracks()[0], { direction: 'sendonly' });
  await peer.setLocalDescription();
  await peer.setRemoteDescription({ type: 'answer', sdp: await window.askPublish(peer.localDescription.sdp) });
}

async function playClock() {
  const video = document.createElement('video');
  video.muted = true;
  video.autoplay = true;
  video.width = 360;
  video.height = 640;
  document.body.replaceChildren(video);
  const peer = new RTCPeerConnection();
  window.peer = peer;
  const stream = new MediaStream();
  video.srcObject = stream;
  peer.ontrack = ({ track }) => stream.addTrack(track);
  peer.addTransceiver('video', { direction: 'recvonly' });
  peer.addTransceiver('audio', { direction: 'recvonly' });
  await peer.setLocalDescription();
  await peer.setRemoteDescription({ type: 'answer', sdp: await window.askPlay(peer.localDescription.sdp) });
}

async function untilDone(what) {
  const end = Date.now() + 20_000;
  for (;;) {
    try {
      return await what();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

function print(figure, value, unit) {
  console.log(JSON.stringify({ bench: 'whep_latency', figure, value: Math.round(value), unit }));
}

const door = new MediaDoor();
const opened = [];
try {
  const phone = await open();
  opened.push(phone);
  await phone.page.exposeFunction('askPublish', async (offer) => (await door.publish(offer)).sdp);
  await phone.page.evaluate(publishClock, 25);
  const viewer = await open();
  opened.push(viewer);
  await viewer.page.exposeFunction('askPlay', (offer) => untilDone(async () => (await door.play(offer)).sdp));
  await viewer.page.evaluate(playClock);
  await viewer.page.waitForFunction(() => document.querySelector('video')?.videoWidth > 0, null, { timeout: 30_000 });
  await viewer.page.evaluate(collectAges, { count: settleFrames, timeout_ms: 60_000 });
  const ages = (await viewer.page.evaluate(collectAges, { count: countedFrames, timeout_ms: 90_000 })).sort((a, b) => a - b);
  if (ages.length < countedFrames / 2) throw new Error(`only ${ages.length} frames could be read`);
  print('p50_ms', percentile(ages, 0.5), 'ms');
  print('p95_ms', percentile(ages, 0.95), 'ms');
  print('frames_read', ages.length, '1');
} finally {
  for (const one of opened) await one.close();
  await door.close();
}
