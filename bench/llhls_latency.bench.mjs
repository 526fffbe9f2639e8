// Glass to glass by LL-HLS: a clock drawn into the picture, coded by ffmpeg, pushed by RTMP, played by the show
// page in Chromium and read back there. Both ends are on one machine and so on one clock.
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { collectAges } from './clock_picture.mjs';
import { framesPerS, pushClock } from './clock_publisher.mjs';
import { percentile } from './figures.mjs';
import { withShopServer } from './shop_server.mjs';

const require = createRequire(new URL('../tests/package.json', import.meta.url));
const { chromium } = require('playwright-core');

const settleFrames = 12 * framesPerS;
const countedFrames = 30 * framesPerS;

function print(figure, value) {
  console.log(JSON.stringify({ bench: 'llhls_latency', figure, value: Math.round(value), unit: figure.endsWith('_ms') ? 'ms' : '1' }));
}

async function watch(url, show) {
  const profile = await mkdtemp(path.join(tmpdir(), 'geili-chromium-'));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    viewport: { width: 360, height: 640 },
    args: `--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
           --disable-component-update --disable-sync --autoplay-policy=no-user-gesture-required`.split(/\s+/),
  });
  try {
    const page = await browser.newPage();
    await page.goto(`${url}/shows/${show}`);
    await page.waitForFunction(() => document.querySelector('video')?.videoWidth > 0, null, { timeout: 60_000 });
    await page.evaluate(collectAges, { count: settleFrames, timeout_ms: 60_000 });
    return await page.evaluate(collectAges, { count: countedFrames, timeout_ms: 90_000 });
  } finally {
    await browser.close();
    await rm(profile, { recursive: true, force: true });
  }
}

await withShopServer(async ({ url, rtmpUrl, streamKey, show }) => {
  const stop = pushClock(`${rtmpUrl}/${streamKey}`);
  try {
    const ages = (await watch(url, show)).sort((a, b) => a - b);
    if (ages.length < countedFrames / 2) throw new Error(`only ${ages.length} frames could be read`);
    print('p50_ms', percentile(ages, 0.5));
    print('p95_ms', percentile(ages, 0.95));
    print('frames_read', ages.length);
  } finally {
    stop();
  }
});
