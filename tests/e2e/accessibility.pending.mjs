// Every page, light and dark, on a phone and a desk: axe finds nothing serious, the console and the content
// security policy complain of nothing. What was seen is kept in build/screenshots/ to be looked at.
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { kDesktop, kPhone, launch, visitor } from './support/browser.mjs';
import { buyOverApi } from './support/client.mjs';
import { Publisher } from './support/publisher.mjs';
import { kRoot, Server } from './support/server.mjs';
import { makeVillage } from './support/village.mjs';

const kAxe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const kShots = path.join(kRoot, 'build/screenshots');
const kGrave = new Set(['serious', 'critical']);
const kLooks = [kPhone, kDesktop].flatMap((viewport) => ['light', 'dark'].map((colorScheme) => ({ viewport, colorScheme })));

let server, village, publisher, browser, order, invitation;

before(async () => {
  await mkdir(kShots, { recursive: true });
  server = await Server.start();
  village = await makeVillage(server);
  const { seller, shop, show, necklace } = village;
  await seller.want('PUT', `/shows/${show.id}/pin`, { product_id: necklace.id });
  await seller.want('POST', `/shops/${shop.id}/shows`, {
    title: 'Evening at the lake', starts_at: new Date(Date.now() + 36e5).toISOString(), product_ids: [necklace.id] });
  order = (await buyOverApi(server.url, { ...village, product: necklace, name: 'Ana' })).data;
  invitation = await seller.want('POST', '/invitations', { role: 'seller', name: 'Lin' });
  publisher = new Publisher(village.publishTo);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await publisher?.kill();
  await server?.close();
});

/** Every page by name: where it is, and what is there once it is whole. */
function pages() {
  const { shop, show, necklace } = village;
  const desk = `/studio/shows/${show.id}`;
  return [
    ['home', '/', (page) => page.getByText('Evening at the lake').first()],
    ['show', `/shows/${show.id}`, (page) => page.getByRole('article', { name: 'Shown right now' })],
    ['product', `/products/${necklace.id}`, (page) => page.getByRole('heading', { name: 'Pearl necklace' }).first()],
    ['shop', `/shops/${shop.id}`, (page) => page.getByText('Drop earrings').first()],
    ['order', `/order#${order.token}`, (page) => page.getByRole('heading', { name: 'Order no. 1' })],
    ['orders', '/orders', (page) => page.getByRole('heading', { level: 1 })],
    ['signin', '/signin', (page) => page.getByRole('button', { name: 'Sign in' })],
    ['join', new URL(invitation.url).pathname + new URL(invitation.url).hash, (page) => page.getByRole('heading', { name: 'Welcome, Lin' })],
    ['setup', '/setup#not-the-one', (page) => page.getByRole('button', { name: 'Begin' })],
    ['missing', '/nowhere', (page) => page.getByText('There is nothing here').first()],
    ['studio', '/studio', (page) => page.getByText('Hello, Mei').first(), true],
    ['studio-products', '/studio/products', (page) => page.getByText('Drop earrings').first(), true],
    ['studio-shows', '/studio/shows', (page) => page.getByText('Evening at the lake').first(), true],
    ['studio-orders', '/studio/orders', (page) => page.getByText('Ana').first(), true],
    ['studio-people', '/studio/people', (page) => page.getByText('Lin').first(), true],
    ['studio-desk', desk, (page) => page.getByRole('button', { name: 'Unpin Pearl necklace' }), true],
  ];
}

async function settled(page) {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all([...document.images].filter((image) => image.loading !== 'lazy').map((image) => image.decode().catch(() => {})));
    // What moves once is over; what moves for ever is not waited for.
    const passing = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.all(passing.map((one) => one.finished.catch(() => {})));
  });
}

async function graveFaults(page) {
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.filter(({ impact }) => kGrave.has(impact))
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).slice(0, 5).join(' | ')}`);
}

async function isPlaying(page) {
  await page.waitForFunction(() => {
    const video = document.querySelector('video');
    return video && video.videoWidth > 0 && video.currentTime > 0.5;
  });
}

async function inspect(page, [name, address, sign], look) {
  await page.goto(server.url + address);
  await sign(page).waitFor();
  if (name === 'show' || name === 'studio-desk') await isPlaying(page);
  await settled(page);
  const shot = `${name}-${look.viewport.width}-${look.colorScheme}.png`;
  await page.screenshot({ path: path.join(kShots, shot), fullPage: name !== 'show' });
  return (await graveFaults(page)).map((fault) => `${name}: ${fault}`);
}

for (const look of kLooks) {
  test(`every page is sound at ${look.viewport.width} px, ${look.colorScheme}`, async () => {
    const buyer = await visitor(browser, look);
    const seller = await visitor(browser, { ...look, cookies: village.seller.browserCookies() });
    const faults = [];
    for (const { context } of [buyer, seller]) await context.addInitScript(kAxe);
    for (const entry of pages()) {
      const isStudio = entry[3] === true;
      faults.push(...await inspect((isStudio ? seller : buyer).page, entry, look));
    }
    // The buyer is nobody yet, and one address is made to miss: both are answers the console notes.
    const complaints = [...buyer.faults, ...seller.faults].filter((fault) => !/401 \(Unauthorized\)|404 \(Not Found\) \(\S+\/nowhere/.test(fault));
    await Promise.all([buyer.context.close(), seller.context.close()]);
    assert.deepEqual([...faults, ...complaints], []);
  });
}
