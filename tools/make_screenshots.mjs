// Writes the pictures of docs/images/ from a running demo: node tools/make_screenshots.mjs PROGRAM
// PROGRAM is a built geili; web/build and tests/node_modules must be there. The video is pushed by ffmpeg.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const kRoot = fileURLToPath(new URL('..', import.meta.url));
const { chromium } = createRequire(`${kRoot}tests/package.json`)('playwright-core');
const kImages = join(kRoot, 'docs/images');
const kPhone = { width: 360, height: 720 };
const kDesktop = { width: 1280, height: 800 };
const kFlags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--autoplay-policy=no-user-gesture-required'];
const kTotal_bytes_max = 1_500_000;
const kWebp_quality = '82';

const program = process.argv[2];
if (!program) {
  console.error('usage: node tools/make_screenshots.mjs PROGRAM');
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'geili-pictures-'));
const children = [];

async function startDemo() {
  const seed = JSON.parse(execFileSync(program, ['demo', 'seed', '--data-dir', folder], { cwd: kRoot, encoding: 'utf8' }));
  const server = spawn(program, ['serve', '--data-dir', folder, '--server-port', '0', '--rtmp-port', '0', '--srt-port', '0',
    '--webrtc-port', '0', '--server-web-root', 'web/build'],
    { cwd: kRoot, stdio: ['ignore', 'pipe', 'ignore'] });
  children.push(server);
  const [line] = await once(createInterface({ input: server.stdout }), 'line');
  const { url, rtmp_url } = JSON.parse(line);
  for (const { clip, key } of seed.broadcasts) {
    children.push(spawn('ffmpeg', ['-nostdin', '-loglevel', 'error', '-re', '-stream_loop', '-1', '-i', clip, '-c', 'copy', '-f', 'flv',
      `${rtmp_url}/${key}`], { cwd: kRoot, stdio: 'ignore' }));
  }
  return { url, seed };
}

// A picture as WebP: a quarter of the bytes of the PNG that the browser makes.
async function take(page, name) {
  const png = join(folder, `${name}.png`);
  await page.screenshot({ path: png, animations: 'disabled' });
  execFileSync('ffmpeg', ['-y', '-nostdin', '-loglevel', 'error', '-i', png, '-c:v', 'libwebp', '-quality', kWebp_quality, join(kImages, `${name}.webp`)]);
}

const shown = (page, selector) => page.locator(selector).first().waitFor();

async function playing(page, fromSeconds = 1) {
  await page.waitForFunction((from) => document.querySelector('video')?.currentTime > from, fromSeconds, { timeout: 30_000 });
}

// What a buyer's page does: a device, a name for the chat, an order. Runs inside the page.
async function order({ name, productId, minor, quantity }) {
  const post = (path, body, headers) => fetch(`/api/v1${path}`, { method: 'POST', body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', ...headers } });
  await post('/device', { name });
  const place = (total_minor) => post('/orders', {
    shop_id: '1', show_id: '1', lines: [{ product_id: productId, quantity }], fulfilment: 'delivery',
    buyer: { name, phone: '+52 415 555 0142', address: 'Calle Allende 12, Comonfort', country: 'MX' }, note: '',
    expected_total: { minor: total_minor, currency: 'CNY' },
  }, { 'Idempotency-Key': crypto.randomUUID() });
  let answer = await place(minor * quantity);
  // The refusal tells what it comes to with shipping.
  if (answer.status === 409) answer = await place((await answer.json()).current_total_minor);
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()).token;
}

async function say(page, text) {
  await page.getByPlaceholder('Say something…').fill(text);
  await page.keyboard.press('Enter');
  await page.getByText(text).first().waitFor();
}

async function buyersPictures(browser, { url, seed }) {
  const lines = [['Ana', 'How long is the classic one?'], ['Rosa', 'The clasp is silver?'], ['Wei', 'Good morning from Lyon!']];
  let page;
  for (const [name, text] of lines) {
    const context = await browser.newContext({ viewport: kPhone, deviceScaleFactor: 1.5, locale: 'en-US' });
    page = await context.newPage();
    await page.goto(url + seed.show_path);
    await page.evaluate((who) => fetch('/api/v1/device', { method: 'POST', headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: who }) }), name);
    await page.reload();
    await say(page, text);
  }
  const token = await page.evaluate(order, { name: 'Wei', productId: seed.necklace_id, minor: 28_800, quantity: 1 });
  await playing(page);
  await page.getByText('Wei').first().waitFor();
  await take(page, 'show-phone');
  await page.getByRole('button', { name: /^Buy/ }).first().click();
  await shown(page, 'dialog[open] form');
  await take(page, 'buy-phone');
  await page.goto(`${url}/order#${token}`);
  await shown(page, 'h1');
  await page.waitForLoadState('networkidle');
  await take(page, 'order-phone');
}

async function showPicture(browser, { url, seed }) {
  const context = await browser.newContext({ viewport: kDesktop, locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(url + seed.show_path);
  await playing(page, 2);
  await take(page, 'show-desktop');
}

async function sellersPictures(browser, demo) {
  const { url, seed } = demo;
  const context = await browser.newContext({ viewport: kDesktop, locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(url + seed.studio_path);
  await playing(page);
  await take(page, 'host-desk');
  await page.setViewportSize(kPhone);
  for (const [name, path] of [['products-phone', '/studio/products'], ['orders-phone', '/studio/orders'], ['desk-phone', seed.show_path.replace('/shows', '/studio/shows')]]) {
    await page.goto(url + path);
    await page.waitForLoadState(name === 'desk-phone' ? 'load' : 'networkidle');
    if (name === 'desk-phone') await playing(page);
    if (name === 'orders-phone') await page.getByRole('article').first().evaluate((card) => window.scrollBy(0, card.getBoundingClientRect().top - 80));
    await take(page, name);
  }
  await page.goto(`${url}/studio/products`);
  await page.getByRole('button', { name: 'New product' }).click();
  await shown(page, 'dialog[open] form');
  await take(page, 'new-product-phone');
  await page.keyboard.press('Escape');
  await cameraPicture(page, demo);
}

// A camera that sees the village: Chromium plays this file for it.
function cameraFlags() {
  const file = join(folder, 'camera.mjpeg');
  execFileSync('ffmpeg', ['-y', '-nostdin', '-loglevel', 'error', '-i', 'assets/demo/pearl-village.mp4', '-t', '6', '-c:v', 'mjpeg', '-q:v', '4', file], { cwd: kRoot });
  return ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', `--use-file-for-fake-video-capture=${file}`];
}

// At the end, because it replaces the camera of the show.
async function cameraPicture(page, { url, seed }) {
  await page.goto(`${url}${seed.show_path.replace('/shows', '/studio/shows')}/camera`);
  await page.getByRole('button', { name: 'Go live' }).click();
  await page.getByRole('button', { name: 'Use this camera instead' }).click();
  await page.getByText('LIVE', { exact: true }).waitFor();
  await page.getByText('Line is').waitFor();
  await playing(page);
  await take(page, 'camera-phone');
}

async function main() {
  mkdirSync(kImages, { recursive: true });
  const demo = await startDemo();
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: [...kFlags, ...cameraFlags()] });
  try {
    await buyersPictures(browser, demo);
    await showPicture(browser, demo);
    await sellersPictures(browser, demo);
  } finally {
    await browser.close();
  }
}

try {
  await main();
  const sizes = execFileSync('du', ['-sb', kImages], { encoding: 'utf8' });
  const total = Number.parseInt(sizes, 10);
  console.log(`docs/images: ${total} bytes (at most ${kTotal_bytes_max})`);
  if (total > kTotal_bytes_max) process.exitCode = 1;
} finally {
  for (const child of children) child.kill('SIGTERM');
  await Promise.all(children.map((child) => child.exitCode ?? once(child, 'exit')));
  rmSync(folder, { recursive: true, force: true });
}
