// Products in variants and bundles of products, through a whole sale; and a stampede for a bundle and its part, on
// PostgreSQL at two servers that share a database.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buy, liveShow, newBundle, newDevice, newProduct, newVariant, openHouse, orderOf } from '../lib/house.mjs';
import { png } from '../lib/picture.mjs';
import { kInPostgres } from '../lib/postgres.mjs';
import { Server } from '../lib/server.mjs';
import { Room } from '../lib/websocket.mjs';

const kManyConnections = ['--server-connections-per-address-max', '4000'];
const yuan = (minor) => ({ minor, currency: 'CNY' });

let house, seller, shop, visitor, servers;

before(async () => {
  house = await openHouse({ args: kManyConnections });
  ({ seller, shop, visitor } = house);
  servers = [house.server];
  if (kInPostgres) servers.push(await Server.start({ beside: house.server, args: kManyConnections }));
});
after(() => Promise.all((servers ?? []).map((server) => server.remove())));

const get = ({ id }) => visitor.expect(200, 'GET', `/products/${id}`);
const stockOf = async (product) => (await get(product)).stock;

async function chainInVariants() {
  const chain = await newProduct(seller, shop.id, { title: 'Chain', description: 'Of silver.', stock: 9, hidden: true });
  const short = await newVariant(seller, chain, { name: '45 cm', price: yuan(9900), stock: 5 });
  const long = await newVariant(seller, chain, { name: '60 cm', price: yuan(12900), stock: 2 });
  return { chain, short, long };
}

test('a product in variants shows their range, sum and order, and each is its own', async () => {
  const { chain, short, long } = await chainInVariants();
  const told = await get(chain);
  assert.deepEqual([told.kind, told.price.minor, told.price_max.minor, told.stock], ['parent', 9900, 12900, 7]);
  assert.deepEqual(told.variants.map(({ name, stock }) => [name, stock]), [['45 cm', 5], ['60 cm', 2]]);
  const ordered = await seller.expect(200, 'PUT', `/products/${chain.id}/variant-order`, { variant_ids: [long.id, short.id] });
  assert.deepEqual(ordered.variants.map(({ id }) => id), [long.id, short.id]);

  const one = await get(long);
  assert.deepEqual([one.kind, one.parent_id, one.variant_name, one.title], ['variant', chain.id, '60 cm', 'Chain · 60 cm']);
  assert.deepEqual(one.photos, []);
  await seller.request('POST', `/products/${chain.id}/photos`, { body: png(64, 64), type: 'image/png' });
  assert.equal((await get(long)).photos.length, 1);
  const changed = await seller.patch(`/products/${long.id}`, { variant_name: '61 cm', price: yuan(8000), weight_g: 12 }, '"1"');
  assert.deepEqual([changed.status, changed.json.title, changed.json.weight_g], [200, 'Chain · 61 cm', 12]);
  await seller.expect(200, 'POST', `/products/${long.id}/stock-changes`, { change: 3 });
  assert.deepEqual([(await get(chain)).price.minor, (await get(chain)).stock], [8000, 10]);

  const listed = (await seller.expect(200, 'GET', `/shops/${shop.id}/products?hidden=true&limit=100`)).items.map(({ id }) => id);
  assert.deepEqual([chain, short, long].map(({ id }) => listed.includes(id)), [true, false, false]);
  await seller.expect(204, 'DELETE', `/products/${short.id}`);
  await seller.expect(204, 'DELETE', `/products/${long.id}`);
  assert.deepEqual([(await get(chain)).kind, (await get(chain)).stock, (await get(long)).removed], ['single', 9, true]);
});

test('a variant is held and bought in the show that has its parent in the bag, and the room hears of both', async () => {
  const { chain, short, long } = await chainInVariants();
  const show = await liveShow(seller, shop.id, [chain]);
  await seller.expect(200, 'PUT', `/shows/${show.id}/pin`, { product_id: chain.id });
  const room = await Room.join(await newDevice(servers.at(-1).url), show.id);
  assert.deepEqual([room.snapshot.pinned.has_variants, room.snapshot.pinned.price.minor, room.snapshot.pinned.available], [true, 9900, 7]);
  const device = await newDevice(house.server.url, 'Ana');
  const held = await device.expect(201, 'POST', '/device/holds', { product_id: long.id, show_id: show.id });
  assert.equal(held.available, 1);
  const { json: order, status } = await buy(device, orderOf(long, { show_id: show.id }));
  assert.equal(status, 201);
  assert.deepEqual(order.lines.map(({ title, product_id }) => [title, product_id]), [['Chain · 60 cm', long.id]]);
  await room.until(() => room.events.some(({ type, title }) => type === 'sold' && title === 'Chain · 60 cm'), 'the sale');
  await room.until(() => room.state.stock?.[chain.id] === 6 && room.state.stock?.[long.id] === 1, 'the parent and the variant');
  const outside = await buy(device, orderOf(short));
  assert.deepEqual([outside.status, outside.json.type], [409, '/problems/product-unavailable']);
  room.drop();
});

test('a limit of a show stands for a variant and not for its parent', async () => {
  const { chain, long } = await chainInVariants();
  const show = await liveShow(seller, shop.id, [chain]);
  const limit = (product, status) => seller.expect(status, 'PUT', `/shows/${show.id}/products/${product.id}/limit`, { units_per_buyer_max: 1 });
  assert.equal((await limit(chain, 409)).type, '/problems/variant-required');
  await limit(long, 200);
  const device = await newDevice(house.server.url, 'Ana');
  assert.equal((await buy(device, orderOf(long, { show_id: show.id }))).status, 201);
  assert.equal((await buy(device, orderOf(long, { show_id: show.id }))).json.type, '/problems/buyer-limit');
});

test('a bundle takes its parts, gives them back, and is told with them in the log', async () => {
  const pearls = await newProduct(seller, shop.id, { stock: 9 });
  const { chain, long } = await chainInVariants();
  const bundle = await newBundle(seller, shop.id, pearls, 2, [long]);
  assert.deepEqual([bundle.kind, bundle.stock, bundle.parts.length], ['bundle', 2, 2]);
  const show = await liveShow(seller, shop.id, [bundle, pearls, chain]);
  const room = await Room.join(await newDevice(servers.at(-1).url), show.id);
  const device = await newDevice(house.server.url, 'Ana');
  const stocks = async () => Promise.all([bundle, pearls, long, chain].map(stockOf));

  const { hold } = await device.expect(201, 'POST', '/device/holds', { product_id: bundle.id, show_id: show.id });
  assert.deepEqual(await stocks(), [1, 7, 1, 6]);
  assert.deepEqual((await device.expect(200, 'GET', '/device/holds')).holds.map(({ product_id }) => product_id), [bundle.id]);
  await device.expect(204, 'DELETE', `/device/holds/${hold.id}`);
  assert.deepEqual(await stocks(), [2, 9, 2, 7]);

  const { json: order } = await buy(device, orderOf(bundle, { show_id: show.id }));
  assert.deepEqual(await stocks(), [1, 7, 1, 6]);
  await room.until(() => [bundle, pearls, long, chain].map(({ id }) => room.state.stock?.[id]).join() === '1,7,1,6', 'what is left of all');
  const log = (await visitor.expect(200, 'GET', `/shows/${show.id}/claims`)).items;
  const claimed = log.filter(({ what }) => what === 'claimed');
  assert.deepEqual(claimed.map(({ product_id, quantity }) => [product_id, quantity]).sort(),
    [[bundle.id, 1], [pearls.id, 2], [long.id, 1]].sort());
  assert.equal(new Set(claimed.map(({ mark }) => mark)).size, 1);

  const refused = await buy(await newDevice(house.server.url, 'Bo'), orderOf(bundle, { show_id: show.id, lines: [{ product_id: bundle.id, quantity: 2 }], expected_total: yuan(70000) }));
  assert.deepEqual([refused.status, refused.json.type, refused.json.available, refused.json.product_id], [409, '/problems/sold-out', 1, Number(bundle.id)]);
  await visitor.expect(200, 'POST', `/orders/${order.token}/cancel`);
  assert.deepEqual(await stocks(), [2, 9, 2, 7]);
  room.drop();
});

test('other parts are for who buys from then on', async () => {
  const pearls = await newProduct(seller, shop.id, { stock: 10 });
  const rings = await newProduct(seller, shop.id, { stock: 10 });
  const bundle = await newBundle(seller, shop.id, pearls, 3);
  const device = await newDevice(house.server.url, 'Ana');
  const { json: order } = await buy(device, orderOf(bundle));
  const { headers: { etag } } = await seller.get(`/products/${bundle.id}`);
  const changed = await seller.expect(200, 'PUT', `/products/${bundle.id}/parts`, { parts: [{ product_id: rings.id, quantity: 2 }] }, { headers: { 'if-match': etag } });
  assert.deepEqual([changed.stock, changed.parts.map(({ product_id }) => product_id)], [5, [rings.id]]);
  await visitor.expect(200, 'POST', `/orders/${order.token}/cancel`);
  assert.deepEqual([await stockOf(pearls), await stockOf(rings)], [10, 10]);
});

test('a product in variants is a group for search machines', async () => {
  const { chain } = await chainInVariants();
  const page = await visitor.get(new URL(`/products/${chain.id}`, house.server.url), { headers: { accept: 'text/html' } });
  const data = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page.body.toString())[1]);
  const group = [data].flat().find((one) => one['@type'] === 'ProductGroup');
  assert.deepEqual(group.hasVariant.map(({ name, offers }) => [name, offers.price]), [['Chain · 45 cm', '99.00'], ['Chain · 60 cm', '129.00']]);
});

const oneTo = (count) => Array.from({ length: count }, (_, i) => i + 1);

test('twenty pieces, a hundred who want two in a bundle and a hundred who want one', async () => {
  const pearls = await newProduct(seller, shop.id, { stock: 20 });
  const bundle = await newBundle(seller, shop.id, pearls, 2);
  const show = await liveShow(seller, shop.id, [pearls, bundle]);
  const rooms = await Promise.all(servers.map(async (server) => Room.join(await newDevice(server.url), show.id)));
  const crowd = await Promise.all(oneTo(200).map((i) => newDevice(servers[i % servers.length].url, `Buyer ${i}`)));
  const wanted = (i) => (i % 4 < 2 ? bundle : pearls);
  const answers = await Promise.all(crowd.map((device, i) => buy(device, orderOf(wanted(i), { show_id: show.id }))));

  const placed = answers.filter(({ status }) => status === 201).map(({ json }) => json);
  const units = placed.reduce((sum, { lines: [line] }) => sum + (line.product_id === bundle.id ? 2 : 1), 0);
  const left = await stockOf(pearls);
  assert.equal(units + left, 20);
  assert.equal(left, 0);
  assert.equal(await stockOf(bundle), 0);
  const refusals = new Set(answers.filter(({ status }) => status !== 201).map(({ status, json }) => `${status} ${json.type}`));
  assert.deepEqual([...refusals], ['409 /problems/sold-out']);

  let taken = 0;
  for (let after = 0; after !== undefined;) {
    const page = await visitor.expect(200, 'GET', `/shows/${show.id}/claims?after=${after}`);
    for (const { what, product_id, quantity } of page.items) {
      if (product_id !== pearls.id) continue;
      taken += what === 'claimed' ? quantity : what === 'released' ? -quantity : 0;
      assert.ok(taken <= 20, `${taken} in the log`);
    }
    after = page.next_after;
  }
  assert.equal(taken, 20);
  for (const room of rooms) {
    await room.until(() => room.state.stock?.[pearls.id] === 0 && room.state.stock?.[bundle.id] === 0 && room.state.sold === placed.length, 'none left of either');
    room.drop();
  }
});

test('whose parts cross are sold without a circle of waiting', async () => {
  const goods = await Promise.all(oneTo(3).map(() => newProduct(seller, shop.id, { stock: 60 })));
  const bundles = [];
  for (const [i, part] of goods.entries()) bundles.push(await newBundle(seller, shop.id, part, 1, [goods[(i + 1) % 3]]));
  const crowd = await Promise.all(oneTo(90).map((i) => newDevice(servers[i % servers.length].url, `Buyer ${i}`)));
  const answers = await Promise.all(crowd.map((device, i) => {
    const both = [bundles[i % 3], goods[(i + 2) % 3]];
    return buy(device, orderOf(both[0], {
      lines: both.map(({ id }) => ({ product_id: id, quantity: 1 })), expected_total: yuan(35000 + 19900) }));
  }));
  assert.deepEqual([...new Set(answers.map(({ status, json }) => `${status} ${json.type ?? ''}`))].sort(),
    answers.some(({ status }) => status === 409) ? ['201 ', '409 /problems/sold-out'] : ['201 ']);
  const placed = answers.filter(({ status }) => status === 201).length;
  const left = await Promise.all(goods.map(stockOf));
  assert.equal(left.reduce((sum, one) => sum + one, 0), 180 - 3 * placed);
});
