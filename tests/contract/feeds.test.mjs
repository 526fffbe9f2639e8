// What other programs read of a shop, and who may show it in a frame.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { liveShow, newProduct, newVariant, openHouse } from '../lib/house.mjs';
import { kSite } from '../lib/outside.mjs';
import { png } from '../lib/picture.mjs';
import { kWorld, kZone } from '../lib/shipping.mjs';

let house;

before(async () => {
  house = await openHouse();
});
after(() => house?.server.remove());

const feedOf = async (path, headers = {}) => {
  const answer = await house.visitor.get(path, { headers });
  return { ...answer, text: answer.body.toString() };
};
const goods = () => feedOf(`/shops/${house.shop.id}/products.rss`);
/** What stands between the tags of one product. */
const itemOf = (text, id) => text.split('<item>').find((item) => item.includes(`<g:id>${id}</g:id>`));
const valueOf = (item, name) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(item)?.[1];

test('a product is told with its price, stock, picture and page', async () => {
  const { seller, shop, server } = house;
  const product = await newProduct(seller, shop.id, { title: 'Ring <of> "pearls"', description: 'A & B', stock: 2, weight_g: 40 });
  const { json } = await seller.request('POST', `/products/${product.id}/photos`, { body: png(), type: 'image/png' });
  const { headers, text } = await goods();
  assert.equal(headers['content-type'], 'application/rss+xml; charset=utf-8');
  const item = itemOf(text, product.id);
  assert.equal(valueOf(item, 'title'), 'Ring &lt;of&gt; &quot;pearls&quot;');
  assert.equal(valueOf(item, 'description'), 'A &amp; B');
  assert.equal(valueOf(item, 'link'), `${server.url}/products/${product.id}`);
  assert.equal(valueOf(item, 'g:image_link'), server.url + json.photos[0].large);
  assert.equal(valueOf(item, 'g:availability'), 'in_stock');
  assert.equal(valueOf(item, 'g:price'), '199.00 CNY');
  assert.equal(valueOf(item, 'g:condition'), 'new');
  assert.equal(valueOf(item, 'g:shipping_weight'), '40 g');
  assert.equal(valueOf(item, 'g:shipping'), undefined);
});

test('what is sold out is told, what is hidden or gone is not', async () => {
  const { seller, shop } = house;
  const soldOut = await newProduct(seller, shop.id, { stock: 0 });
  const hidden = await newProduct(seller, shop.id, { hidden: true });
  const gone = await newProduct(seller, shop.id);
  await seller.expect(204, 'DELETE', `/products/${gone.id}`);
  const { text } = await goods();
  assert.equal(valueOf(itemOf(text, soldOut.id), 'g:availability'), 'out_of_stock');
  assert.equal(itemOf(text, hidden.id), undefined);
  assert.equal(itemOf(text, gone.id), undefined);
});

test('a parent is told by its variants, which lead to its page', async () => {
  const { seller, shop, server } = house;
  const chain = await newProduct(seller, shop.id, { title: 'Chain' });
  const variant = await newVariant(seller, chain);
  const { text } = await goods();
  assert.equal(itemOf(text, chain.id), undefined);
  const item = itemOf(text, variant.id);
  assert.equal(valueOf(item, 'g:item_group_id'), chain.id);
  assert.equal(valueOf(item, 'title'), 'Chain · 45 cm');
  assert.equal(valueOf(item, 'link'), `${server.url}/products/${chain.id}`);
});

test('shipping is told for the countries that the shop names', async () => {
  const { seller, shop } = house;
  const path = `/shops/${shop.id}/shipping`;
  const product = await newProduct(seller, shop.id, { weight_g: 1500 });
  await seller.expect(200, 'PUT', path, { origin_country: 'CN', default_weight_g: 250, paper_language: 'zh', sender_address: '' });
  for (const zone of [kZone, kWorld]) await seller.expect(201, 'POST', `${path}/zones`, zone);
  const [, ...shipping] = itemOf((await goods()).text, product.id).split('<g:shipping>');
  assert.deepEqual(shipping.map((one) => [valueOf(one, 'g:country'), valueOf(one, 'g:price')]), [['CN', '18.00 CNY']]);
});

test('who has the feed is told that it has not changed', async () => {
  const { seller, shop } = house;
  const path = `/shops/${shop.id}/products.rss`;
  const { headers } = await feedOf(path);
  const again = await feedOf(path, { 'if-none-match': headers.etag });
  assert.equal(again.status, 304);
  assert.equal(again.text, '');
  assert.match(headers['cache-control'], /^public, max-age=\d+$/);
  await newProduct(seller, shop.id);
  assert.equal((await feedOf(path, { 'if-none-match': headers.etag })).status, 200);
});

test('shows are told with their page and when they were', async () => {
  const { seller, shop, server } = house;
  const live = await liveShow(seller, shop.id, []);
  const planned = await seller.expect(201, 'POST', `/shops/${shop.id}/shows`, { title: 'Tomorrow & on', starts_at: '2030-01-02T03:04:05Z' });
  for (const path of [`/shops/${shop.id}/shows.rss`, '/shows.rss']) {
    const { text } = await feedOf(path);
    const items = text.split('<item>').slice(1);
    const of = ({ id }) => items.find((item) => valueOf(item, 'link') === `${server.url}/shows/${id}`);
    assert.equal(valueOf(of(live), 'pubDate'), new Date(live.started_at).toUTCString(), path);
    assert.equal(valueOf(of(planned), 'title'), 'Tomorrow &amp; on', path);
    assert.equal(valueOf(of(planned), 'pubDate'), undefined, path);
  }
});

test('a practice shop has no feed, and its shows are in none', async () => {
  const { stranger, otherShop, server } = house;
  const show = await liveShow(stranger, otherShop.id, []);
  const isTold = async () => (await feedOf('/shows.rss')).text.includes(`/shows/${show.id}</link>`);
  assert.equal(await isTold(), true);
  await server.sql(`UPDATE shop SET demo = 1 WHERE id = ${otherShop.id}`);
  assert.equal(await isTold(), false);
  for (const name of ['products', 'shows']) {
    const { status, json } = await feedOf(`/shops/${otherShop.id}/${name}.rss`);
    assert.deepEqual([status, json.type], [404, '/problems/feed-not-found']);
  }
});

/** The directive of a page's policy that says who may show it in a frame. */
async function framedBy(path) {
  const answer = await fetch(house.server.url + path, { headers: { accept: 'text/html' } });
  return /frame-ancestors ([^;]*)/.exec(answer.headers.get('content-security-policy'))[1];
}

test('the page for frames names the sites of its shop, all other pages nobody', async () => {
  const { seller, stranger, shop, otherShop } = house;
  const show = await liveShow(seller, shop.id, []);
  const foreign = await liveShow(stranger, otherShop.id, []);
  assert.equal(await framedBy(`/embed/${show.id}`), "'none'");
  const { origins } = await seller.expect(200, 'PUT', `/shops/${shop.id}/embedding`, { origins: [kSite, 'https://B.example:443/', 'http://localhost:5173'] });
  assert.deepEqual(origins, [kSite, 'https://b.example', 'http://localhost:5173']);
  assert.equal(await framedBy(`/embed/${show.id}`), origins.join(' '));
  for (const path of [`/embed/${foreign.id}`, '/embed/999999', '/embed/x', `/shows/${show.id}`, `/shops/${shop.id}`, '/', '/pay', '/studio', '/nowhere']) {
    assert.equal(await framedBy(path), "'none'", path);
  }
  await seller.expect(200, 'PUT', `/shops/${shop.id}/embedding`, { origins: [] });
  assert.equal(await framedBy(`/embed/${show.id}`), "'none'");
});
