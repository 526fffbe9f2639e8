// How long after the question hls.js has the first picture on the screen: a show by RTMP, 20 joins in Chromium.
// What WebRTC takes is the program of the same name.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pushClock } from './clock_publisher.mjs';
import { percentile } from './figures.mjs';
import { withShopServer } from './shop_server.mjs';

const require = createRequire(new URL('../tests/package.json', import.meta.url));
const { chromium } = require('playwright-core');

const joins = 20;
// Moves the joins through the segments.
const between_ms = 370;

// Runs in the page.
function firstPicture(address) {
  const video = document.createElement('video');
  video.muted = true;
  document.body.replaceChildren(video);
  const asked = performance.now();
  return new Promise((resolve, reject) => {
    const hls = new window.Hls({ lowLatencyMode: true, enableWorker: false });
    setTimeout(() => reject(new Error('no picture within 10 s')), 10_000);
    video.requestVideoFrameCallback((now, frame) => {
      hls.destroy();
      resolve(frame.presentationTime - asked);
    });
    hls.attachMedia(video);
    hls.loadSource(address);
    void video.play();
  });
}

async function untilPlayable(address) {
  const end = Date.now() + 20_000;
  while ((await fetch(address)).status !== 200) {
    if (Date.now() > end) throw new Error('the show cannot be played');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

await withShopServer(async ({ url, rtmpUrl, streamKey, show }) => {
  const stop = pushClock(`${rtmpUrl}/${streamKey}`);
  const profile = await mkdtemp(path.join(tmpdir(), 'geili-chromium-'));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--autoplay-policy=no-user-gesture-required'],
  });
  try {
    const address = `${url}/live/${show}/index.m3u8`;
    await untilPlayable(address);
    const page = await browser.newPage();
    await page.goto(`${url}/api/v1/shops`);
    await page.evaluate(await readFile(require.resolve('hls.js/dist/hls.js'), 'utf8'));
    const took = [];
    for (let i = 0; i < joins; i += 1) {
      took.push(await page.evaluate(firstPicture, address));
      await new Promise((resolve) => setTimeout(resolve, between_ms));
    }
    took.sort((a, b) => a - b);
    for (const [figure, share] of [['hls_p50_ms', 0.5], ['hls_p95_ms', 0.95]]) {
      console.log(JSON.stringify({ bench: 'first_frame', figure, value: Math.round(percentile(took, share)), unit: 'ms' }));
    }
  } finally {
    await browser.close();
    await rm(profile, { recursive: true, force: true });
    stop();
  }
});
