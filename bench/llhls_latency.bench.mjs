// Glass to glass by LL-HLS: a clock drawn into the picture, coded by ffmpeg, pushed by RTMP, played by the show
// page in Chromium and read back there. Both ends are on one machine and so on one clock.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { clockFrame, collectAges, height, width } from './clock_picture.mjs';
import { withShopServer } from './shop_server.mjs';

const require = createRequire(new URL('../tests/package.json', import.meta.url));
const { chromium } = require('playwright-core');

const framesPerS = 25;
const settleFrames = 12 * framesPerS;
const countedFrames = 30 * framesPerS;

// Feeds ffmpeg one frame when its time has come, never two to catch up with a slow moment.
function publish(url) {
  const ffmpeg = spawn(
    'ffmpeg',
    `-hide_banner -loglevel error -f rawvideo -pix_fmt gray -s ${width}x${height} -r ${framesPerS} -i -
     -f lavfi -i sine=frequency=330:sample_rate=48000 -map 0:v -map 1:a
     -c:v libx264 -preset ultrafast -tune zerolatency -profile:v baseline -pix_fmt yuv420p -g ${framesPerS}
     -c:a aac -b:a 64k -f flv ${url}`.split(/\s+/),
    { stdio: ['pipe', 'inherit', 'inherit'] },
  );
  ffmpeg.stdin.on('error', () => {});
  const start = Date.now();
  let sent = 0;
  const timer = setInterval(() => {
    if ((Date.now() - start) * framesPerS < sent * 1000) return;
    sent += 1;
    ffmpeg.stdin.write(clockFrame(Date.now()));
  }, 4);
  return () => {
    clearInterval(timer);
    // Asked politely, it would first wait for the next picture.
    ffmpeg.kill('SIGKILL');
  };
}

function percentile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
}

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
  const stop = publish(`${rtmpUrl}/${streamKey}`);
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
