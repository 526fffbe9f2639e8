// What goods are called is text: thousands of titles and descriptions that would be script or markup elsewhere, in the
// bag before a viewer and a host, and in the documents that the server writes, in real Chromium under our own policy.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { liveShow, newProduct } from '../lib/house.mjs';
import { markupPayloads } from '../lib/markup_payloads.mjs';
import { kDesktop } from './support/browser.mjs';
import { House } from './support/house.mjs';
import { scriptsOf, standAsTheyAre, watchScripts } from './support/markup_watch.mjs';

const kTitle_chars_max = 120;
const kBag_products_max = 200;
const kPayloads = 5_000;
const kSampleOf = 125; // every so many is looked at on pages of its own, too

let house, seller, shop, show;
let goods = []; // [id, etag]
const rounds = [];

before(async () => {
  house = await House.open();
  ({ seller, shop } = house.village);
  const payloads = markupPayloads(kPayloads, kTitle_chars_max);
  for (let at = 0; at < kPayloads; at += kBag_products_max) rounds.push(payloads.slice(at, at + kBag_products_max));
  const products = await Promise.all(rounds[0].map((title) => newProduct(seller, shop.id, { title, description: title })));
  goods = await Promise.all(products.map(async ({ id }) => [id, (await seller.get(`/products/${id}`)).headers.etag]));
  show = await liveShow(seller, shop.id, products);
});
after(() => house?.close());

const rename = (titles) => Promise.all(titles.map(async (title, n) => {
  const [id, etag] = goods[n];
  const { status, headers } = await seller.patch(`/products/${id}`, { title, description: title }, etag);
  assert.equal(status, 200, title);
  goods[n] = [id, headers.etag];
}));

async function watched(one, path) {
  await watchScripts(one.page);
  await one.page.goto(house.url + path);
  return one;
}

/** What the server wrote of the product, and what the page makes of it. */
async function lookAtProduct(page, id, title) {
  await page.goto(`${house.url}/products/${id}`);
  await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
  await standAsTheyAre(page, [title]);
  const head = await page.evaluate(() => ({
    title: document.title, og: document.querySelector('meta[property="og:title"]').content,
    linked: [...document.querySelectorAll('script[type="application/ld+json"]')].map(({ textContent }) => JSON.parse(textContent)),
  }));
  assert.ok(head.title.includes(title.replace(/\s+/g, ' ')), head.title);
  assert.equal(head.og, title);
  assert.ok(JSON.stringify(head.linked).includes(JSON.stringify(title).slice(1, -1)), title);
}

test('none of them runs or becomes an element, in the bag or on a page of its own', async () => {
  const viewer = await watched(await house.visitor({ viewport: kDesktop }), `/shows/${show.id}`);
  const host = await watched(await house.signedIn(seller, { viewport: kDesktop }), `/studio/shows/${show.id}`);
  const reader = await house.visitor({ viewport: kDesktop });
  await watchScripts(reader.page);
  const looked = [viewer, host, reader];
  for (const titles of rounds) {
    if (titles !== rounds[0]) await rename(titles);
    for (const { page } of [viewer, host]) await standAsTheyAre(page, titles);
    for (let n = 0; n < titles.length; n += kSampleOf) await lookAtProduct(reader.page, goods[n][0], titles[n]);
    for (const { page } of looked) assert.deepEqual(await scriptsOf(page), [[], []]);
  }
  for (const [path, who] of [[`/shops/${shop.id}`, reader], ['/', reader], ['/studio/products', host]]) {
    await who.page.goto(house.url + path);
    await who.page.getByRole('heading').first().waitFor();
    await who.page.waitForLoadState('networkidle');
    assert.deepEqual(await scriptsOf(who.page), [[], []], path);
  }
  for (const one of looked) assert.deepEqual(await one.faults(), []);
});

test('the watch itself sees what runs and what the policy forbids', async () => {
  const { page } = await watched(await house.visitor(), '/');
  await page.evaluate(() => {
    window.pwned('on purpose');
    document.body.insertAdjacentHTML('beforeend', '<img src="/nowhere.png" onerror="pwned(1)">');
  });
  await page.waitForFunction(() => window.violations.length > 0);
  const [ran, [violation]] = await scriptsOf(page);
  assert.deepEqual(ran, ['on purpose']);
  assert.match(violation, /^script-src/);
});
