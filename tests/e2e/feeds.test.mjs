// The feeds, read by a real XML parser: Chromium's.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { House } from './support/house.mjs';

let house, page;

before(async () => {
  house = await House.open();
  ({ page } = await house.visitor());
  await page.goto(house.url);
});
after(() => house?.close());

/** {fault, items}: of each item what its elements hold, by name. */
const parsed = (path) => page.evaluate(async (address) => {
  const text = await (await fetch(address)).text();
  const document = new DOMParser().parseFromString(text, 'application/xml');
  return {
    fault: document.querySelector('parsererror')?.textContent ?? null,
    root: document.documentElement.nodeName,
    google: document.documentElement.lookupNamespaceURI('g'),
    items: [...document.querySelectorAll('channel > item')].map((item) =>
      Object.fromEntries([...item.children].map((one) => [one.nodeName, one.textContent || one.getAttribute('url')]))),
  };
}, path);

const kNasty = ']]> </title><script>1</script> & "x" \'y\' <!-- 珍珠 \u{1F41A}';

test('the feed of products is XML, whatever sellers write', async () => {
  const { seller, shop, products } = house.village;
  await seller.expect(201, 'POST', `/shops/${shop.id}/products`, { title: kNasty, description: `a\nb\t${kNasty}`, price: { minor: 100, currency: 'CNY' }, stock: 1 });
  const { fault, root, google, items } = await parsed(`/api/v1/shops/${shop.id}/products.rss`);
  assert.equal(fault, null);
  assert.deepEqual([root, google], ['rss', 'http://base.google.com/ns/1.0']);
  assert.equal(items[0].title, kNasty);
  assert.deepEqual(items.slice(1).map((item) => item.title).sort(), products.map(({ title }) => title).sort());
  const necklace = items.find((item) => item['g:id'] === house.village.necklace.id);
  assert.equal(necklace['g:price'], '299.00 CNY');
  const picture = await page.evaluate(async (address) => (await fetch(address)).headers.get('content-type'), necklace['g:image_link']);
  assert.equal(picture, 'image/webp');
});

test('the feeds of shows are XML, with a picture for each', async () => {
  const { seller, shop, show } = house.village;
  await seller.expect(201, 'POST', `/shops/${shop.id}/shows`, { title: kNasty, starts_at: '2030-01-02T03:04:05Z' });
  for (const path of [`/api/v1/shops/${shop.id}/shows.rss`, '/api/v1/shows.rss']) {
    const { fault, items } = await parsed(path);
    assert.equal(fault, null, path);
    assert.deepEqual(items.map((item) => item.title), [show.title, kNasty], path);
    assert.match(items[0]['media:thumbnail'], /^http.*\/photos\/\d+\/medium/, path);
  }
});
