// Whatever is wrong is refused by its status, its problem and the field at fault, and changes nothing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buy, kPassword, liveShow, newBundle, newKey, newProduct, newVariant, openHouse, orderOf, tokenOf } from '../lib/house.mjs';
import { png } from '../lib/picture.mjs';
import { kRefusals } from '../lib/refusals.mjs';

let house, world, known;

const idOf = async (client) => (await client.expect(200, 'GET', '/session')).person.id;

async function makeWorld({ seller, stranger, device, admin, manager, shop, otherShop, server }) {
  const product = await newProduct(seller, shop.id);
  const show = await liveShow(seller, shop.id, [product]);
  const { json: photographed } = await seller.request('POST', `/products/${product.id}/photos`, { body: png(), type: 'image/png' });
  const chain = await newProduct(seller, shop.id, { title: 'Chain' });
  const variant = await newVariant(seller, chain);
  await newVariant(seller, chain, { name: '60 cm' });
  const bundle = await newBundle(seller, shop.id, product, 1, [variant]);
  const usedKey = newKey();
  await buy(device, orderOf(product), usedKey);
  const [sold] = (await seller.expect(200, 'GET', `/shops/${shop.id}/orders`)).items;
  const used = await admin.expect(201, 'POST', '/invitations', { role: 'manager', name: 'M' });
  await seller.expect(201, 'POST', '/invitations/accept', { token: tokenOf(used.url), name: 'M', login: 'used.up', password: kPassword });
  await seller.expect(200, 'POST', '/session', { login: seller.login, password: kPassword });
  const revoked = await admin.expect(201, 'POST', '/invitations', { role: 'manager', name: 'M' });
  await admin.expect(204, 'DELETE', `/invitations/${revoked.invitation.id}`);
  const full = await newProduct(seller, shop.id, { stock: 1_000_000 });
  const oldEtag = (await seller.get(`/products/${product.id}`)).headers.etag;
  await seller.patch(`/products/${product.id}`, { title: 'Necklace' }, oldEtag);
  return {
    login: seller.login,
    idOf: { manager: await idOf(manager), admin: await idOf(admin) },
    usedKey, oldEtag, chain, variant, bundle, shop, otherShop, product, show, full, photo: photographed.photos[0], password: kPassword,
    foreign: await newProduct(stranger, otherShop.id, { price: { minor: 100, currency: 'MXN' } }),
    etag: (await seller.get(`/products/${product.id}`)).headers.etag,
    orderPath: `/shops/${shop.id}/orders/${sold.id}`,
    usedToken: tokenOf(used.url), revokedToken: tokenOf(revoked.url), setupToken: tokenOf(server.address.setup_url),
    openInvitation: await admin.expect(201, 'POST', '/invitations', { role: 'helper', name: 'H', shop_id: shop.id }),
    productCursor: (await seller.expect(200, 'GET', `/shops/${shop.id}/products?limit=1`)).next_cursor,
  };
}

// All that the API can tell of the house, as one text.
async function everything() {
  const { admin, seller, stranger, device, shop, otherShop } = house;
  const of = (client, path) => client.expect(200, 'GET', path);
  return JSON.stringify(await Promise.all([
    of(admin, '/exchange-rates/records'), of(admin, '/audit'), of(admin, '/payouts'), of(seller, `/shops/${shop.id}/books`),
    of(admin, '/shops'), of(admin, '/people'), of(admin, '/invitations'), of(admin, '/shows'),
    of(seller, `/shows/${world.show.id}`), of(seller, `/shows/${world.show.id}/ingest`), of(seller, `/shops/${shop.id}/products?hidden=true`), of(seller, `/shops/${shop.id}/orders`),
    of(stranger, `/shops/${otherShop.id}/products?hidden=true`), of(stranger, `/shops/${otherShop.id}/orders`),
    of(device, '/device'), of(device, '/device/orders'),
  ]));
}

before(async () => {
  house = await openHouse({ args: ['--sign-in-attempts-per-account-max', '10'] });
  world = await makeWorld(house);
  known = await everything();
});
after(() => house?.server.remove());

for (const [name, ask, status, problem, path] of kRefusals) {
  test(`${name}: ${status} ${problem}${path === undefined ? '' : ` at "${path}"`}`, async () => {
    const [caller, method, target, options] = ask(world);
    const answer = await house[caller].request(method, target, options);
    const said = `${method} ${target} → ${answer.status} ${answer.body.toString().slice(0, 400)}`;
    assert.deepEqual([answer.status, answer.json?.type], [status, `/problems/${problem}`], said);
    assert.equal(answer.json.errors?.[0]?.path, path, said);
    const [before, now] = [known, await everything()];
    known = now;
    assert.equal(now, before, `${name} changed something`);
  });
}

test('all faults of a body are told together', async () => {
  const refused = await house.seller.expect(422, 'POST', `/shops/${world.shop.id}/products`,
    { title: '', price: { minor: -1, currency: 'zz' }, stock: 'x', extra: 1 });
  assert.deepEqual(refused.errors.map((e) => e.path).sort(), ['/extra', '/price/currency', '/price/minor', '/stock', '/title']);
});

test('a login that is tried too often has to wait, and says how long', async () => {
  const tries = [];
  for (let i = 0; i < 30 && tries.at(-1)?.status !== 429; i++) {
    tries.push(await house.visitor.post('/session', { login: 'tried.often', password: 'wrong wrong' }));
  }
  const last = tries.at(-1);
  assert.deepEqual([last.status, last.json.type], [429, '/problems/sign-in-too-often']);
  assert.equal(Number(last.headers['retry-after']), last.json.retry_after_s);
  assert.ok(last.json.retry_after_s > 0);
});

test('nothing of all this broke anything inside', () => {
  assert.doesNotMatch(house.server.log, /handler failed/);
});
