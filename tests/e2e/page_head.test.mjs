// What the server writes into the head for search engines and for those who share a link.
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { kRoot } from '../lib/server.mjs';
import { House } from './support/house.mjs';

let house, village;

before(async () => {
  house = await House.open();
  village = house.village;
});
after(() => house?.close());

/** The head as the server sent it: read by a browser that runs no script. */
async function headOf(path) {
  const context = await house.browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(house.url + path);
  const head = {
    title: await page.title(),
    meta: Object.fromEntries(await page.locator('meta[property^="og:"]').evaluateAll(
      (tags) => tags.map((tag) => [tag.getAttribute('property'), tag.content]))),
    feeds: await page.locator('link[rel=alternate][type="application/rss+xml"]').evaluateAll((links) => links.map(({ href }) => href)),
    linked: (await page.locator('script[type="application/ld+json"]').allTextContents()).flatMap((text) => JSON.parse(text)),
  };
  await context.close();
  return head;
}

/** Every node of the linked data with that type, however deep. */
function nodesOf(value, type) {
  if (typeof value !== 'object' || value === null) return [];
  const own = [value['@type']].flat().includes(type) ? [value] : [];
  return [...own, ...Object.values(value).flatMap((inner) => nodesOf(inner, type))];
}

test('a product is named, priced and offered', async () => {
  const head = await headOf(`/products/${village.necklace.id}`);
  assert.match(head.title, /Pearl necklace/);
  assert.match(head.meta['og:title'], /Pearl necklace/);
  assert.ok(head.meta['og:image'].startsWith(`${house.url}/photos/`), head.meta['og:image']);
  const [product] = nodesOf(head.linked, 'Product');
  assert.equal(product.name, 'Pearl necklace');
  const [offer] = nodesOf(head.linked, 'Offer');
  assert.equal(Number(offer.price), 299);
  assert.equal(offer.priceCurrency, 'CNY');
  assert.match(offer.availability, /InStock$/);
});

test('a show is a broadcast with its picture', async () => {
  const head = await headOf(`/shows/${village.show.id}`);
  assert.match(head.title, /Pearls of the morning/);
  assert.match(head.meta['og:title'], /Pearls of the morning/);
  const [event] = nodesOf(head.linked, 'BroadcastEvent');
  assert.equal(event.isLiveBroadcast, true);
  assert.ok(!Number.isNaN(Date.parse(event.startDate)), event.startDate);
  assert.equal(nodesOf(head.linked, 'VideoObject')[0].name, 'Pearls of the morning');
  assert.equal(head.meta['og:video'], undefined, 'nobody films it');
});

test('a show is announced with its feed, and shown by what it sells where it has no picture', async () => {
  const { seller, shop, products } = village;
  const planned = await seller.expect(201, 'POST', `/shops/${shop.id}/shows`, {
    title: 'Pearls of the evening', starts_at: '2030-01-02T03:04:05Z', product_ids: [products[1].id] });
  const head = await headOf(`/shows/${planned.id}`);
  assert.equal(head.meta['og:image'], house.url + products[1].photos[0].medium);
  assert.deepEqual(head.feeds, [`${house.url}/api/v1/shops/${shop.id}/shows.rss`]);
  assert.equal(nodesOf(head.linked, 'BroadcastEvent')[0].isLiveBroadcast, false);
  assert.deepEqual((await headOf(`/shops/${shop.id}`)).feeds, [`${house.url}/api/v1/shops/${shop.id}/shows.rss`, `${house.url}/api/v1/shops/${shop.id}/products.rss`]);
  assert.deepEqual((await headOf('/')).feeds, [`${house.url}/api/v1/shows.rss`]);
});

test('a practice shop is no offer to search engines', async () => {
  await house.server.sql(`UPDATE shop SET demo = 1 WHERE id = ${village.shop.id}`);
  for (const path of [`/products/${village.necklace.id}`, `/shows/${village.show.id}`, `/shops/${village.shop.id}`]) {
    const head = await headOf(path);
    assert.deepEqual([head.linked, head.feeds], [[], []], path);
  }
  await house.server.sql(`UPDATE shop SET demo = 0 WHERE id = ${village.shop.id}`);
});

test('words of a seller cannot break out of the head', async () => {
  const title = '</title><script>window.wasBroken = true</script>"\'&<!--';
  const product = await village.seller.expect(201, 'POST', `/shops/${village.shop.id}/products`, {
    title, price: { minor: 100, currency: 'CNY' }, stock: 1 });
  const head = await headOf(`/products/${product.id}`);
  assert.equal(nodesOf(head.linked, 'Product')[0].name, title);
  const { page } = await house.visitor();
  await page.goto(`${house.url}/products/${product.id}`);
  await page.getByRole('heading', { name: title }).waitFor();
  assert.equal(await page.evaluate(() => window.wasBroken), undefined);
});

test('every page of the app is one for the server, too', async () => {
  const files = await readdir(path.join(kRoot, 'web/src/routes'), { recursive: true });
  const pages = files.filter((file) => path.basename(file) === '+page.svelte')
    .map((file) => `/${path.dirname(file)}`.replace(/\/\([a-z]+\)/g, '').replace(/^\/\.?$/, '/'));
  assert.ok(pages.length > 20, `${pages}`);
  for (const page of pages) {
    const id = page.startsWith('/products') ? village.necklace.id : page.startsWith('/shops') ? village.shop.id : village.show.id;
    const { status } = await fetch(house.url + page.replace('[id]', id), { headers: { accept: 'text/html' } });
    assert.equal(status, 200, page);
  }
});
