// A camera is lost and comes back: how long after its first frame can have come until viewers on the show page have a
// picture of it again, in the same session. By WebRTC and by LL-HLS, whose viewers are a second behind in any case.
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pushClock } from './clock_publisher.mjs';
import { percentile } from './figures.mjs';
import { withShopServer } from './shop_server.mjs';

const require = createRequire(new URL('../tests/package.json', import.meta.url));
const { chromium } = require('playwright-core');

const rounds = 6;
const shown_ms = 4_000;
const away_ms = 4_000;

// Runs in the page, all the time: when a readable clock was shown first that is later than `window.after`.
function watchClock() {
  const video = document.querySelector('video');
  const canvas = document.createElement('canvas');
  canvas.width = 360;
  canvas.height = 640;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const lit = (x, y) => context.getImageData(x, y, 1, 1).data[0] > 128;
  const read = () => {
    context.drawImage(video, 0, 0, 360, 640);
    let value = 0;
    for (let bit = 0; bit < 32; bit += 1) {
      const x = (bit % 8) * 45 + 22;
      const y = Math.floor(bit / 8) * 45 + 22;
      const isSet = lit(x, y);
      if (isSet === lit(x, y + 180)) return null;
      if (isSet) value += 2 ** bit;
    }
    return value;
  };
  window.after = Infinity;
  window.frames = 0;
  const shown = (now, frame) => {
    window.frames += 1;
    const value = read();
    window.readable = value !== null;
    if (value !== null && value > window.after && window.firstShown === undefined) {
      window.firstShown = performance.timeOrigin + (frame.expectedDisplayTime ?? now);
    }
    video.requestVideoFrameCallback(shown);
  };
  video.requestVideoFrameCallback(shown);
}

async function openViewer(browser, url, show, protocol) {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 } });
  const page = await context.newPage();
  if (protocol === 'hls') await page.addInitScript(() => { delete window.RTCPeerConnection; });
  const sessions = [];
  page.on('request', (request) => /\/whep$|index\.m3u8$/.test(request.url()) && sessions.push(request.url()));
  await page.goto(`${url}/shows/${show}`);
  await page.locator(`.stage[data-protocol=${protocol === 'hls' ? 'hls' : 'webrtc'}] video`).waitFor();
  await page.waitForFunction(() => document.querySelector('video')?.videoWidth > 0, null, { timeout: 60_000 });
  await page.evaluate(watchClock);
  await page.waitForFunction(() => window.readable);
  return { protocol, page, sessions, took: [] };
}

// When the server first says that a camera sends; its first frame can only be later.
async function untilLive(url) {
  const end = Date.now() + 20_000;
  while (Date.now() < end) {
    const metrics = await (await fetch(`${url}/metrics`)).text();
    if (/^geili_streams_live 1$/m.test(metrics)) return Date.now();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('the camera does not come back');
}

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function loseAndComeBack(url, viewers, push, stop) {
  stop();
  for (const { page } of viewers) await page.waitForFunction(() => window.readable === false, null, { polling: 50 });
  const before = await Promise.all(viewers.map(({ page }) => page.evaluate(() => window.frames)));
  await wait(away_ms);
  for (const [i, { page, protocol }] of viewers.entries()) {
    const frames = (await page.evaluate(() => window.frames)) - before[i];
    if (frames < (away_ms / 1000) * 1.5) throw new Error(`${protocol}: ${frames} frames of the slate in ${away_ms} ms`);
  }
  const restarted = Date.now() % 2 ** 32;
  for (const { page } of viewers) await page.evaluate((after) => Object.assign(window, { after, firstShown: undefined }), restarted);
  const stopAgain = push();
  const live = await untilLive(url);
  for (const { page, took } of viewers) {
    const shown = await page.waitForFunction(() => window.firstShown, null, { polling: 20, timeout: 30_000 });
    took.push((await shown.jsonValue()) - live);
  }
  await wait(shown_ms);
  return stopAgain;
}

await withShopServer(async ({ url, rtmpUrl, streamKey, show }) => {
  const push = () => pushClock(`${rtmpUrl}/${streamKey}`);
  let stop = push();
  const profile = await mkdtemp(path.join(tmpdir(), 'geili-chromium-'));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: `--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
           --disable-component-update --disable-sync --autoplay-policy=no-user-gesture-required`.split(/\s+/),
  });
  try {
    const viewers = [await openViewer(browser, url, show, 'whep'), await openViewer(browser, url, show, 'hls')];
    await wait(shown_ms);
    for (let round = 0; round < rounds; round += 1) stop = await loseAndComeBack(url, viewers, push, stop);
    for (const { protocol, took, sessions } of viewers) {
      took.sort((a, b) => a - b);
      const print = (figure, value) => console.log(JSON.stringify({ bench: 'resume', figure, value: Math.round(value), unit: figure.endsWith('_ms') ? 'ms' : '1' }));
      print(`${protocol}_ms`, percentile(took, 0.5));
      print(`${protocol}_max_ms`, took.at(-1));
      print(`${protocol}_sessions`, sessions.length);
    }
  } finally {
    await browser.close();
    await rm(profile, { recursive: true, force: true });
    stop();
  }
});
