// The pages of buyers on a phone: a line of 400 kbit/s with a round trip of 400 ms. When the largest thing is painted and
// how long the page is deaf with nothing kept, and how soon a show's first picture is there once the page is kept: by
// WebRTC through a relay that is as slow (impair.cpp), since a browser's own brake does not reach it, and by LL-HLS.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { percentile } from './figures.mjs';

process.env.GEILI_BINARY ??= path.resolve(import.meta.dirname, '../build/release/src/geili');
const { House } = await import('../tests/e2e/support/house.mjs');
const { Network } = await import('../tests/e2e/support/network.mjs');
const { k3g, PageCost } = await import('../tests/e2e/support/page_cost.mjs');
const { pin } = await import('../tests/e2e/support/village.mjs');
const { until } = await import('../tests/lib/until.mjs');

const kClip = path.resolve(import.meta.dirname, '../assets/demo/pearl-village.mp4');
const kLine = { rate_kbps: 400, delay_ms: 200 };
const kJoins = 7;
const kCpu = 4;

const print = (figure, value, unit = 'ms') => console.log(JSON.stringify({ bench: 'page_3g', figure, value: Math.round(value * 1000) / 1000, unit }));

// 250 kbit/s, so that the line carries it, a key frame each two seconds.
async function push(folder, to) {
  const file = path.join(folder, 'clip.mp4');
  await promisify(execFile)('ffmpeg', ['-v', 'error', '-i', kClip, '-t', '20', '-vf', 'scale=360:640', '-c:v', 'libx264', '-preset', 'veryfast',
    '-profile:v', 'baseline', '-b:v', '250k', '-maxrate', '280k', '-bufsize', '250k', '-g', '50', '-sc_threshold', '0', '-c:a', 'aac', '-b:a', '48k', file]);
  const child = spawn('ffmpeg', ['-v', 'error', '-nostdin', '-re', '-stream_loop', '-1', '-i', file, '-c', 'copy', '-f', 'flv', to], { stdio: 'ignore' });
  return async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };
}

async function costs(house, name, address) {
  const { page, context } = await house.visitor();
  const cost = await PageCost.of(page, { slow: k3g, cpu: kCpu });
  await page.goto(house.url + address, { waitUntil: 'load', timeout: 120_000 });
  await page.locator('main h1, main h2').first().waitFor();
  await until(`${name} is whole`, () => cost.isQuiet, 120_000);
  const sum = await cost.sum();
  print(`${name}_largest_paint_ms`, sum.largest_ms);
  print(`${name}_blocking_ms`, sum.blocking_ms);
  print(`${name}_shift`, sum.shift, '1');
  print(`${name}_bytes`, sum.bytes, 'B');
  await context.close();
}

// Runs in the page before its own scripts: when a picture was first drawn, from when the page was asked for.
function watchFirstPicture() {
  const look = () => {
    const video = document.querySelector('video');
    if (!video) return setTimeout(look, 20);
    video.requestVideoFrameCallback((now) => { window.firstPicture_ms = now; });
  };
  look();
}

// The page was open before, and everything that may be kept of it is: nothing of it is intercepted, which would have the
// browser keep nothing. The network's address is the one that the server tells.
async function firstPictures(network, show, protocol) {
  const { page, context } = await network.house.visitor({ hasWorkers: true });
  await page.addInitScript(watchFirstPicture);
  if (protocol === 'hls') await page.addInitScript(() => { delete window.RTCPeerConnection; });
  const took = [];
  for (let i = 0; i <= kJoins; i += 1) {
    await page.goto(`${network.url}/shows/${show}`, { timeout: 120_000 });
    const first = await page.waitForFunction(() => window.firstPicture_ms, null, { polling: 20, timeout: 120_000 });
    if (i > 0) took.push(await first.jsonValue());
    await page.goto('about:blank');
    await pause(1_000);  // what was on its way to the page before
  }
  await context.close();
  took.sort((a, b) => a - b);
  print(`first_${protocol}_p50_ms`, percentile(took, 0.5));
  print(`first_${protocol}_max_ms`, took.at(-1));
}

const folder = await mkdtemp(path.join(tmpdir(), 'geili-bench-'));
const house = await House.open({ args: Network.serverArgs });
const network = await Network.open(house, '127.0.0.2');
const stop = await push(folder, house.village.publishTo);
try {
  const { show, shop, necklace } = house.village;
  await pin(house.village, necklace);
  for (const [name, address] of [['home', '/'], ['shop', `/shops/${shop.id}`], ['show', `/shows/${show.id}`], ['product', `/products/${necklace.id}`]]) {
    await costs(house, name, address);
  }
  await network.change({ both: { loss_permille: 0, ...kLine } });
  for (const protocol of ['whep', 'hls']) await firstPictures(network, show.id, protocol);
} finally {
  await stop();
  await network.close();
  await house.close();
  await rm(folder, { recursive: true, force: true });
}
