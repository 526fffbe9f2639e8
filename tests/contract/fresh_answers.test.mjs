// Pages that everybody asks alike come from memory, and never hide what was answered before.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { kInPostgres } from '../lib/postgres.mjs';
import { buy, liveShow, newDevice, newProduct, openHouse, orderOf } from '../lib/house.mjs';

let house;
before(async () => { house = await openHouse(); });
after(() => house?.server.remove());

test('whoever was answered a change finds it in the next page, however many ask meanwhile', async () => {
  const { seller, shop, server, visitor } = house;
  const product = await newProduct(seller, shop.id, { stock: 60 });
  const show = await liveShow(seller, shop.id, [product]);
  const device = await newDevice(server.url, 'Ana');
  let isOver = false;
  const crowd = Array.from({ length: 8 }, async () => {
    while (!isOver) {
      await visitor.expect(200, 'GET', `/products/${product.id}`);
      await visitor.expect(200, 'GET', `/shows/${show.id}`);
    }
  });
  for (let left = 59; left >= 20; left -= 1) {
    assert.equal((await buy(device, orderOf(product, { show_id: show.id }))).status, 201);
    const [one, shown] = await Promise.all([visitor.expect(200, 'GET', `/products/${product.id}`), visitor.expect(200, 'GET', `/shows/${show.id}`)]);
    assert.deepEqual([one.stock, shown.products[0].stock, shown.sold_count], [left, left, 60 - left]);
  }
  const { headers } = await visitor.get(`/products/${product.id}`);
  const changed = await seller.expect(200, 'PATCH', `/products/${product.id}`, { title: 'Another name' }, { headers: { 'if-match': headers.etag } });
  assert.equal((await visitor.expect(200, 'GET', `/products/${product.id}`)).title, changed.title);
  await seller.expect(200, 'POST', `/shows/${show.id}/end`);
  assert.equal((await visitor.expect(200, 'GET', `/shows/${show.id}`)).status, 'ended');
  isOver = true;
  await Promise.all(crowd);
});

test('an answer that is kept is not modified for whoever has it', async () => {
  const { seller, shop, visitor } = house;
  const product = await newProduct(seller, shop.id);
  for (let i = 0; i < 2; i += 1) {
    const first = await visitor.get(`/products/${product.id}`);
    const again = await visitor.get(`/products/${product.id}`, { headers: { 'if-none-match': first.headers.etag } });
    assert.deepEqual([first.status, again.status, again.body.length], [200, 304, 0]);
  }
});

test('what is hidden is told to its people alone, also right after them', async () => {
  const { seller, shop, visitor } = house;
  await newProduct(seller, shop.id, { title: 'Hidden bracelet', hidden: true });
  const titles = async (client, query) => (await client.expect(200, 'GET', `/shops/${shop.id}/products${query}`)).items.map(({ title }) => title);
  assert.ok((await titles(seller, '?hidden=true')).includes('Hidden bracelet'));
  assert.ok(!(await titles(visitor, '')).includes('Hidden bracelet'));
  assert.equal((await visitor.get(`/shops/${shop.id}/products?hidden=true`)).status, 401);
});

test('a page that many ask is read a few times', { skip: kInPostgres && 'there others may write beside this process' }, async () => {
  const { seller, shop, server, visitor } = house;
  const product = await newProduct(seller, shop.id);
  const figure = async () => Number(/^geili_answers_given_again_total (\S+)$/m.exec(await (await fetch(new URL('/metrics', server.url))).text())[1]);
  const before_it = await figure();
  for (let i = 0; i < 200; i += 1) await visitor.expect(200, 'GET', `/products/${product.id}`);
  assert.ok(await figure() - before_it > 100);
});
