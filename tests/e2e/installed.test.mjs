// The site as an app: it can be installed, has a page without a connection, and keeps nothing that is private or old.
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { newDevice } from '../lib/house.mjs';
import { Server } from '../lib/server.mjs';
import { graveFaults, kAxe } from './support/axe.mjs';
import { kPhone } from './support/browser.mjs';
import { cookiesOf, House, kWebRoot } from './support/house.mjs';

let house, release;

before(async () => {
  house = await House.open();
  release = await mkdtemp(path.join(tmpdir(), 'geili-release-'));
});
after(async () => {
  await house?.close();
  if (release) await rm(release, { recursive: true, force: true });
});

/** A visitor whose service worker is at work. */
async function installed({ server = house.server, locale } = {}) {
  const device = await newDevice(server.url, 'Rosa');
  const one = await house.visitor({ viewport: kPhone, hasWorkers: true, locale, cookies: cookiesOf(device, server.url) });
  await one.page.addInitScript(kAxe);
  await one.page.goto(server.url);
  await one.page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
  });
  return one;
}

const kept = (page) => page.evaluate(async () => {
  const found = [];
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
  }
  return found;
});

test('the manifest is found, and its pictures are there', async () => {
  const { page } = await house.visitor();
  await page.goto(house.url);
  const href = await page.locator('link[rel=manifest]').getAttribute('href');
  const answer = await fetch(house.url + href);
  assert.equal(answer.headers.get('content-type'), 'application/manifest+json');
  const manifest = await answer.json();
  assert.deepEqual([manifest.start_url, manifest.display], ['/', 'standalone']);
  for (const { src, sizes, type } of manifest.icons) {
    assert.equal((await fetch(house.url + src)).headers.get('content-type'), type);
    if (sizes === 'any') continue;
    const side = await page.evaluate(async (address) => {
      const { width, height } = await createImageBitmap(await (await fetch(address)).blob());
      return `${width}x${height}`;
    }, src);
    assert.equal(side, sizes);
  }
});

test('nothing that is live or private is kept', async () => {
  const { page } = await installed();
  await page.goto(`${house.url}/shows/${house.village.show.id}`);
  await page.locator('button:enabled[aria-label="Send a heart"]').waitFor();
  await page.goto(`${house.url}/orders`);
  await page.getByRole('heading').first().waitFor();
  const paths = await kept(page);
  assert.ok(paths.includes('/offline'));
  const strange = paths.filter((one) => one !== '/offline' && !/^\/(_app\/immutable|art)\/[\w./-]+$|^\/favicon\.svg$/.test(one));
  assert.deepEqual(strange, []);
});

const kWays = {
  'en-US': ['You are offline', (page) => page.getByRole('button', { name: 'Try again' }).click()],
  // The phone says that it is connected again.
  'es-MX': ['No tienes conexión', (page) => page.evaluate(() => { window.dispatchEvent(new Event('online')); })],
};
for (const [locale, [words, comeBack]] of Object.entries(kWays)) {
  test(`without a connection a page says what to do, and leads back: ${locale}`, async () => {
    const { page } = await installed({ locale });
    const address = `${house.url}/shows/${house.village.show.id}#t=3`;
    await house.server.stop();
    await page.goto(address);
    await page.getByRole('heading', { name: words }).waitFor();
    assert.deepEqual(await graveFaults(page), []);
    await house.server.startAgain();
    await comeBack(page);
    await page.waitForURL(address);
    await page.getByRole('heading', { name: 'Pearls of the morning' }).waitFor();
  });
}

test('a new release is seen at once, and what was kept of the old one goes', async () => {
  await cp(kWebRoot, release, { recursive: true });
  const server = await Server.start({ webRoot: release });
  try {
    const { page } = await installed({ server });
    const version = JSON.parse(await readFile(path.join(release, '_app/version.json'), 'utf8')).version;
    const worker = path.join(release, 'service-worker.js');
    const text = (await readFile(worker, 'utf8')).replaceAll(version, 'the-next-one');
    const index = path.join(release, 'index.html');
    const html = (await readFile(index, 'utf8')).replace('<head>', '<head><meta name="release" content="next">');
    await Promise.all([writeFile(worker, text), writeFile(index, html), rm(`${worker}.br`, { force: true }), rm(`${worker}.gz`, { force: true })]);
    await server.stop();
    await server.startAgain();
    await page.goto(server.url);
    assert.equal(await page.locator('meta[name=release]').count(), 1);
    await page.evaluate(async () => { await (await navigator.serviceWorker.ready).update(); });
    await page.waitForFunction(async () => (await caches.keys()).join() === 'shell-the-next-one');
  } finally {
    await server.remove();
  }
});
