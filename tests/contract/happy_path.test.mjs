// One village from the first start to goods handed over, in the order it happens.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { payoutOf } from '../lib/books.mjs';
import { Client, kSucceeded } from '../lib/client.mjs';
import { kOperations } from '../lib/contract.mjs';
import { basketOf, buy, join, kPassword, liveShow, newDevice, newKey, newProduct, orderOf, setUp, tokenOf } from '../lib/house.mjs';
import { liveToolsStory } from '../lib/live_tools.mjs';
import { outsideStory } from '../lib/outside.mjs';
import { kStripeKeys, ProviderStub } from '../lib/provider_stub.mjs';
import { kIceRestart, kPlayOffer, kPublishOffer, sessionOf } from '../lib/offers.mjs';
import { png } from '../lib/picture.mjs';
import { Publisher } from '../lib/publisher.mjs';
import { recordedShow } from '../lib/recorded_show.mjs';
import { restreamStory } from '../lib/restreams.mjs';
import { Server } from '../lib/server.mjs';
import { shippingStory } from '../lib/shipping.mjs';
import { TranslatorStub } from '../lib/translator_stub.mjs';
import { until } from '../lib/until.mjs';
import { webhookStory } from '../lib/webhooks.mjs';
import { Room } from '../lib/websocket.mjs';

let translator, server, admin, seller, helper, device, shop, product, show, order;

before(async () => {
  translator = await TranslatorStub.start();
  server = await Server.start({ args: ['--sign-in-attempts-per-address-max', '1000', ...translator.args] });
});
after(() => {
  translator?.stop();
  return server?.remove();
});

test('the first start makes an administrator, once', async () => {
  admin = await setUp(server);
  const session = await admin.expect(200, 'GET', '/session');
  assert.equal(session.person.role, 'admin');
  const again = { token: tokenOf(server.address.setup_url), name: 'X', login: 'other', password: kPassword };
  const refused = await new Client(server.url).expect(410, 'POST', '/setup', again);
  assert.equal(refused.type, '/problems/link-used');
});

test('a seller comes in by an invitation and its QR code', async () => {
  const made = await admin.expect(201, 'POST', '/invitations', { role: 'seller', name: 'Lin' });
  assert.ok(made.url.startsWith(`${server.url}/join#`));
  const [head, data] = made.qr_svg.split(',');
  assert.match(head, /^data:image\/svg\+xml/);
  assert.match(head.endsWith(';base64') ? atob(data) : decodeURIComponent(data), /<svg[^]*<\/svg>\s*$/);

  seller = new Client(server.url);
  const token = tokenOf(made.url);
  const preview = await seller.expect(200, 'POST', '/invitations/peek', { token });
  assert.deepEqual([preview.role, preview.name, preview.inviter_name, preview.needs_shop], ['seller', 'Lin', 'Wei', true]);
  const session = await seller.expect(201, 'POST', '/invitations/accept', { token, name: 'Lin', login: 'Lin@Pearl', password: kPassword,
    shop: { name: 'Lin Pearls', village: 'Pearl Lake', pickup: 'At the pier', currency: 'CNY' } });
  shop = session.shops[0];
  assert.equal(shop.name, 'Lin Pearls');
  const listed = await admin.expect(200, 'GET', '/invitations');
  assert.deepEqual(listed.items.map((i) => i.status), ['accepted']);
});

test('signing out ends the session; signing in forgives the case of a login', async () => {
  const before = new Map(seller.cookies);
  await seller.expect(204, 'DELETE', '/session');
  assert.equal(seller.cookies.size, 0);
  seller.cookies = before;
  await seller.expect(401, 'GET', '/session');
  await seller.expect(200, 'POST', '/session', { login: 'lin@pearl', password: kPassword });
  assert.equal((await seller.expect(200, 'GET', '/session')).person.name, 'Lin');
});

test('an invitation that is taken back opens nothing', async () => {
  const made = await seller.expect(201, 'POST', '/invitations', { role: 'helper', name: 'No', shop_id: shop.id });
  await seller.expect(204, 'DELETE', `/invitations/${made.invitation.id}`);
  const refused = await seller.expect(410, 'POST', '/invitations/peek', { token: tokenOf(made.url) });
  assert.equal(refused.type, '/problems/link-revoked');
  helper = await join(seller, { role: 'helper', name: 'Hua', shop_id: shop.id });
  const people = await seller.expect(200, 'GET', '/people');
  assert.deepEqual(people.items.map((p) => p.role).sort(), ['helper', 'seller']);
});

test('a shop is changed only from the version that was read', async () => {
  const read = await seller.get(`/shops/${shop.id}`);
  const path = `/shops/${shop.id}`;
  assert.equal((await seller.patch(path, { description: 'Pearls' })).status, 428);
  const changed = await seller.patch(path, { description: 'Pearls of the lake.\nOpen all year.' }, read.headers.etag);
  assert.equal(changed.status, 200);
  assert.equal(changed.json.description, 'Pearls of the lake.\nOpen all year.');
  assert.equal((await seller.patch(path, { description: 'Old' }, read.headers.etag)).status, 412);
  const unchanged = await seller.get(path, { headers: { 'if-none-match': changed.headers.etag } });
  assert.equal(unchanged.status, 304);
  const covered = await seller.request('PUT', `${path}/cover`, { body: png(900, 500), type: 'image/png' });
  assert.equal(covered.status, 200);
  assert.equal((await seller.get(seller.at(covered.json.cover.medium))).headers['content-type'], 'image/webp');
  const own = await admin.expect(201, 'POST', '/shops', { name: 'Market hall', currency: 'MXN' });
  assert.equal((await admin.get(`/shops/${own.id}`)).status, 200);
});

test('a product is listed, photographed and changed', async () => {
  product = await newProduct(seller, shop.id, { description: 'Forty-two pearls.' });
  const path = `/products/${product.id}`;
  const withPhoto = await seller.request('POST', `${path}/photos`, { body: png(640, 480), type: 'image/png' });
  assert.equal(withPhoto.status, 201);
  const [photo] = withPhoto.json.photos;
  assert.ok(Math.abs(photo.width / photo.height - 4 / 3) < 0.02);
  for (const size of ['small', 'medium', 'large']) {
    const picture = await seller.get(seller.at(photo[size]));
    assert.equal(picture.body.subarray(8, 12).toString(), 'WEBP');
  }
  const second = await seller.request('POST', `${path}/photos`, { body: png(64, 64), type: 'image/png' });
  const removed = await seller.delete(`${path}/photos/${second.json.photos[1].id}`);
  assert.deepEqual(removed.json.photos.map((p) => p.id), [photo.id]);

  assert.equal((await seller.patch(path, { title: 'Necklace' })).status, 428);
  const changed = await seller.patch(path, { title: 'Necklace of pearls' }, removed.headers.etag);
  assert.equal(changed.json.title, 'Necklace of pearls');
  assert.equal((await seller.patch(path, { title: 'Late' }, removed.headers.etag)).status, 412);
  assert.equal((await seller.get(path, { headers: { 'if-none-match': changed.headers.etag } })).status, 304);
  product = changed.json;
});

test('a product is sold in variants, and two in a bundle', async () => {
  const ring = await newProduct(seller, shop.id, { title: 'Ring' });
  const path = `/products/${ring.id}`;
  for (const name of ['narrow', 'wide']) {
    await seller.expect(201, 'POST', `${path}/variants`, { name, price: { minor: 5000, currency: 'CNY' }, stock: 3, weight_g: 5 });
  }
  const [narrow, wide] = (await seller.expect(200, 'GET', path)).variants;
  const ordered = await seller.expect(200, 'PUT', `${path}/variant-order`, { variant_ids: [wide.id, narrow.id] });
  assert.deepEqual(ordered.variants.map(({ name }) => name), ['wide', 'narrow']);
  const bundle = await seller.expect(201, 'POST', `/shops/${shop.id}/bundles`, { title: 'Rings', price: { minor: 9000, currency: 'CNY' },
    parts: [{ product_id: narrow.id, quantity: 1 }, { product_id: wide.id, quantity: 1 }] });
  assert.equal(bundle.stock, 3);
  const { headers } = await seller.get(`/products/${bundle.id}`);
  const changed = await seller.put(`/products/${bundle.id}/parts`, { parts: [{ product_id: wide.id, quantity: 2 }] }, { headers: { 'if-match': headers.etag } });
  assert.deepEqual([changed.status, changed.json.stock], [200, 1]);
  await seller.expect(204, 'DELETE', `/products/${bundle.id}`);
  await seller.expect(204, 'DELETE', path);
});

const visitor = () => new Client(server.url);

test('stock is changed by differences and not below zero', async () => {
  const path = `/products/${product.id}/stock-changes`;
  assert.equal((await seller.expect(200, 'POST', path, { change: 3 })).stock, 15);
  assert.equal((await seller.expect(200, 'POST', path, { change: -3 })).stock, 12);
  const refused = await seller.expect(409, 'POST', path, { change: -13 });
  assert.equal(refused.type, '/problems/stock-below-zero');
  assert.equal((await seller.expect(200, 'GET', `/products/${product.id}`)).stock, 12);
});

test('a hidden product is listed for the shop alone; a removed one for nobody', async () => {
  const hidden = await newProduct(seller, shop.id, { title: 'Secret', hidden: true });
  const ids = async (client, query = '') => (await client.expect(200, 'GET', `/shops/${shop.id}/products${query}`)).items.map((p) => p.id);
  assert.ok(!(await ids(visitor())).includes(hidden.id));
  assert.ok((await ids(seller, '?hidden=true')).includes(hidden.id));
  await seller.expect(204, 'DELETE', `/products/${hidden.id}`);
  assert.ok(!(await ids(seller, '?hidden=true')).includes(hidden.id));
});

test('a show is scheduled, opened and pinned', async () => {
  show = await seller.expect(201, 'POST', `/shops/${shop.id}/shows`, { title: 'Morning', starts_at: '2030-01-02T03:04:05Z', product_ids: [product.id] });
  assert.equal(show.status, 'scheduled');
  const read = await seller.get(`/shows/${show.id}`);
  const changed = await seller.patch(`/shows/${show.id}`, { title: 'Pearl morning' }, read.headers.etag);
  assert.equal(changed.json.title, 'Pearl morning');
  assert.equal((await seller.patch(`/shows/${show.id}`, { title: 'x' }, read.headers.etag)).status, 412);
  assert.equal((await seller.patch(`/shows/${show.id}`, { title: 'x' })).status, 428);
  const calendar = await visitor().get(`/shows/${show.id}/calendar.ics`);
  assert.match(calendar.headers['content-type'], /^text\/calendar/);
  assert.match(calendar.body.toString(), /\r\nDTSTART:20300102T030405Z\r\n[^]*\r\nSUMMARY:Pearl morning · /);
  assert.ok(calendar.body.toString().includes(`\r\nURL:${server.url}/shows/${show.id}\r\n`), calendar.body.toString());
  const cover = await seller.request('PUT', `/shows/${show.id}/cover`, { body: png(), type: 'image/png' });
  assert.equal(cover.status, 200);
  assert.equal((await seller.expect(200, 'POST', `/shows/${show.id}/start`)).status, 'live');
  assert.equal((await seller.expect(200, 'PUT', `/shows/${show.id}/pin`, { product_id: product.id })).pinned_product_id, product.id);
  assert.equal((await seller.expect(200, 'DELETE', `/shows/${show.id}/pin`)).pinned_product_id, undefined);
  await helper.expect(200, 'PUT', `/shows/${show.id}/pin`, { product_id: product.id });
  const live = await visitor().expect(200, 'GET', '/shows?status=live');
  assert.deepEqual(live.items.map((s) => s.id), [show.id]);
});

test('a stream key is renewed, and only the shop sees it', async () => {
  const first = await seller.expect(200, 'GET', `/shows/${show.id}/ingest`);
  assert.match(first.rtmp_url, /^rtmp:\/\//);
  const renewed = await seller.expect(200, 'POST', `/shows/${show.id}/ingest`);
  assert.notEqual(renewed.stream_key, first.stream_key);
  assert.equal((await seller.expect(200, 'GET', `/shows/${show.id}/ingest`)).stream_key, renewed.stream_key);
});

test('a device buys once, however often it asks', async () => {
  device = await newDevice(server.url);
  assert.equal((await device.expect(200, 'POST', '/device', { name: 'Ana' })).name, 'Ana');
  assert.equal((await device.expect(200, 'GET', '/device')).name, 'Ana');
  const wanted = orderOf(product, { show_id: show.id, note: 'A red box, please' });
  const key = newKey();
  const first = await buy(device, wanted, key);
  assert.equal(first.status, 201, first.body.toString());
  order = first.json;
  assert.equal(first.headers.location, `/api/v1/orders/${order.token}`);
  assert.deepEqual([order.number, order.status, order.note], [1, 'placed', 'A red box, please']);
  const replay = await buy(device, wanted, key);
  assert.deepEqual([replay.status, replay.json], [201, order]);
  const other = await buy(device, { ...wanted, note: 'Blue' }, key);
  assert.deepEqual([other.status, other.json.type], [422, '/problems/idempotency-key-reused']);
  assert.equal((await device.expect(200, 'GET', `/products/${product.id}`)).stock, 11);
  assert.deepEqual((await device.expect(200, 'GET', '/device/orders')).items, [order]);
});

test('the price that was shown is the price that is paid', async () => {
  const stale = await buy(device, orderOf(product, { expected_total: { minor: 1, currency: 'CNY' } }));
  assert.deepEqual([stale.status, stale.json.type, stale.json.current_total_minor], [409, '/problems/price-changed', 19900]);
});

test("the order's link needs no device", async () => {
  const seen = await visitor().expect(200, 'GET', `/orders/${order.token}`);
  assert.deepEqual(seen, order);
});

test('a room is joined over plain HTTP only to be told to upgrade', async () => {
  assert.equal((await device.get(`/shows/${show.id}/room`)).status, 426);
  const room = await Room.join(device, show.id);
  assert.equal(room.snapshot.you.name, 'Ana');
  kSucceeded.add('joinRoom');
  room.chat('hello');
  const said = await room.event('chat');
  await seller.expect(204, 'DELETE', `/shows/${show.id}/messages/${said.seq}`);
  assert.equal((await room.event('hidden')).hidden_seq, said.seq);
  room.drop();
});

test('the seller packs and hands over; no step is taken back', async () => {
  const list = await seller.expect(200, 'GET', `/shops/${shop.id}/orders?status=placed&show_id=${show.id}`);
  assert.equal(list.items.length, 1);
  const path = `/shops/${shop.id}/orders/${list.items[0].id}`;
  assert.deepEqual(await seller.expect(200, 'GET', path), list.items[0]);
  await seller.expect(200, 'PUT', `${path}/status`, { status: 'packed' });
  await helper.expect(200, 'PUT', `${path}/status`, { status: 'packed' });
  const refused = await device.expect(409, 'POST', `/orders/${order.token}/cancel`);
  assert.equal(refused.type, '/problems/order-status-conflict');
  const handed = await helper.expect(200, 'PUT', `${path}/status`, { status: 'handed_over' });
  assert.deepEqual(handed.history.map((h) => h.status), ['placed', 'packed', 'handed_over']);
  await seller.expect(409, 'PUT', `${path}/status`, { status: 'cancelled' });
});

test('a cancelled order gives its goods back, once', async () => {
  const stock = async () => (await device.expect(200, 'GET', `/products/${product.id}`)).stock;
  const mine = (await buy(device, orderOf(product))).json;
  assert.equal(await stock(), 10);
  assert.equal((await device.expect(200, 'POST', `/orders/${mine.token}/cancel`)).status, 'cancelled');
  await device.request('POST', `/orders/${mine.token}/cancel`);
  assert.equal(await stock(), 11);
  await buy(device, orderOf(product, { fulfilment: 'pickup', buyer: { name: 'Ana', phone: '+52 473 1' } }));
  const [last] = (await seller.expect(200, 'GET', `/shops/${shop.id}/orders?limit=1`)).items;
  await seller.expect(200, 'PUT', `/shops/${shop.id}/orders/${last.id}/status`, { status: 'cancelled' });
  assert.equal(await stock(), 11);
});

test('lists are walked by cursor, each thing once', async () => {
  for (let i = 0; i < 5; i++) await newProduct(seller, shop.id, { title: `Earring ${i}` });
  const seen = [];
  let next = `/shops/${shop.id}/products?limit=2`;
  while (next) {
    const page = await device.get(next);
    seen.push(...page.json.items.map((p) => p.id));
    next = page.headers.link && device.at(/<([^>]+)>/.exec(page.headers.link)[1]);
    assert.equal(next?.searchParams.get('limit') ?? '2', '2');
  }
  assert.equal(seen.length, 6);
  assert.equal(new Set(seen).size, 6);
});

test('a show that has ended stays ended', async () => {
  assert.equal((await seller.expect(200, 'POST', `/shows/${show.id}/end`)).status, 'ended');
  assert.equal((await seller.expect(409, 'POST', `/shows/${show.id}/start`)).type, '/problems/show-status-conflict');
});

test('a show that was planned by mistake is called off', async () => {
  const planned = await seller.expect(201, 'POST', `/shops/${shop.id}/shows`, { title: 'By mistake', starts_at: '2030-01-02T03:04:05Z' });
  const off = await seller.expect(200, 'POST', `/shows/${planned.id}/call-off`);
  assert.deepEqual([off.status, off.started_at, off.version], ['ended', undefined, planned.version + 1]);
  assert.ok(off.ended_at);
});

test('a show can be watched again, cut and deleted', async () => {
  const { show: recorded, recording } = await recordedShow(server, seller, shop.id, [product]);
  assert.equal(recording.chapters[0].product.id, product.id);
  const clip = await seller.expect(201, 'POST', `/shows/${recorded.id}/recording/clips`, { product_id: product.id });
  const next = await seller.expect(201, 'POST', `/shops/${shop.id}/shows`, { title: 'Next', starts_at: '2030-01-02T03:04:05Z' });
  const trailer = { recorded_show_id: recorded.id, clip: clip.url.split('/').at(-1) };
  assert.equal((await seller.expect(200, 'PUT', `/shows/${next.id}/trailer`, trailer)).trailer, clip.url);
  await seller.expect(200, 'DELETE', `/shows/${next.id}/trailer`);
  assert.equal((await device.request('GET', device.at(clip.url))).status, 200);
  await seller.expect(204, 'DELETE', `/shows/${recorded.id}/recording`);
});

test('a show goes live and is watched by WebRTC', async () => {
  const own = await liveShow(seller, shop.id, [product]);
  const path = `/shows/${own.id}`;
  const camera = await seller.request('POST', `${path}/whip`, kPublishOffer);
  assert.equal(camera.status, 201, camera.body.toString());
  assert.match(camera.body.toString(), /^v=0\r\n/);
  const again = await seller.request('POST', `${path}/whip`, kPublishOffer);
  assert.deepEqual([again.status, again.json.type], [409, '/problems/already-live']);
  const restarted = await device.request('PATCH', sessionOf(camera), kIceRestart);
  assert.equal(restarted.status, 200);
  assert.notEqual(restarted.headers.etag, camera.headers.etag);
  assert.equal((await device.request('DELETE', sessionOf(camera))).status, 200);
  assert.equal((await device.request('DELETE', sessionOf(camera))).status, 404);

  const { rtmp_url, stream_key } = await seller.expect(200, 'GET', `${path}/ingest`);
  const publisher = new Publisher(`${rtmp_url}/${stream_key}`);
  try {
    const watching = await until('something to play', async () => {
      const answer = await device.request('POST', `${path}/whep`, kPlayOffer);
      return answer.status === 201 && answer;
    });
    const trickled = await device.request('PATCH', sessionOf(watching),
      { ...kIceRestart, headers: { 'if-match': '"another"' } });
    assert.deepEqual([trickled.status, trickled.json.type], [412, '/problems/session-changed']);
    assert.equal((await device.request('PATCH', sessionOf(watching), kIceRestart)).status, 200);
    assert.equal((await device.request('DELETE', sessionOf(watching))).status, 200);
  } finally {
    await publisher.kill();
  }
});

test('a second camera stands beside the first', async () => {
  const own = await liveShow(seller, shop.id, [product]);
  const path = `/shows/${own.id}`;
  const first = await seller.request('POST', `${path}/whip`, kPublishOffer);
  const second = await seller.request('POST', `${path}/whip?camera=co-host`, kPublishOffer);
  assert.deepEqual([first.status, second.status], [201, 201], second.body.toString());
  assert.match(second.headers.location, /\?camera=co-host$/);
  const third = await seller.request('POST', `${path}/whip?camera=co-host`, kPublishOffer);
  assert.deepEqual([third.status, third.json.type], [409, '/problems/already-live']);
  assert.equal((await seller.request('POST', `${path}/whip?camera=third`, kPublishOffer)).status, 400);
  const unsent = await device.request('POST', `${path}/whep?camera=co-host`, kPlayOffer);
  assert.deepEqual([unsent.status, unsent.json.type], [409, '/problems/not-live'], 'it has sent no picture yet');
  const elsewhere = sessionOf(second).replace('?camera=co-host', '');
  assert.equal((await device.request('DELETE', elsewhere)).status, 404, 'the first camera has no such session');
  assert.equal((await device.request('DELETE', sessionOf(second))).status, 200);
  assert.equal((await device.request('DELETE', sessionOf(first))).status, 200);
});

test('an encoder publishes with the stream key alone', async () => {
  const own = await liveShow(seller, shop.id, [product]);
  const { stream_key } = await seller.expect(200, 'GET', `/shows/${own.id}/ingest`);
  const encoder = new Client(server.url);
  const ask = (key, show = own.id) => encoder.request('POST', `/shows/${show}/whip`,
    { ...kPublishOffer, headers: { authorization: `Bearer ${key}` }, origin: 'https://encoder.example' });
  assert.deepEqual((await ask('wrong')).json.type, '/problems/stream-key-wrong');
  assert.deepEqual((await ask(stream_key, '999999')).json.type, '/problems/show-not-found');
  const begun = await ask(stream_key);
  assert.deepEqual([begun.status, begun.headers['access-control-allow-origin']], [201, '*']);
  await seller.expect(200, 'POST', `/shows/${own.id}/end`);
  assert.deepEqual((await ask(stream_key)).json.type, '/problems/show-ended');
});

test('who forgot the password is let in by a link and sets another one', async () => {
  const { person } = await helper.expect(200, 'GET', '/session');
  const link = await admin.expect(201, 'POST', `/people/${person.id}/sign-in-link`);
  const phone = new Client(server.url);
  await phone.expect(200, 'POST', '/session/link', { token: tokenOf(link.url) });
  await phone.expect(204, 'PUT', '/session/password', { password: 'eight shells in a row' });
  await helper.expect(200, 'POST', '/session', { login: person.login, password: 'eight shells in a row' });
});

test('the books tell what was earned, and what is owed is paid out', async () => {
  const path = `/shops/${shop.id}`;
  const year = 'from=2020-01-01T00:00:00Z&to=2030-01-01T00:00:00Z';
  await admin.expect(200, 'PUT', `${path}/commission`, { basis_points: 500 });
  await seller.expect(200, 'GET', `/shows/${show.id}/earnings`);
  const report = await seller.expect(200, 'GET', `/shows/${show.id}/report`);
  assert.equal(report.products.reduce((sum, one) => sum + one.takings_minor, 0), report.takings_minor);
  const sheet = (name) => seller.get(`/shows/${show.id}/${name}`);
  assert.match((await sheet('report-minutes.csv')).body.toString(), /^\ufeffminute,at,viewers,/);
  assert.match((await sheet('report-products.csv')).body.toString(), /^\ufeffproduct_id,title,/);
  assert.match((await sheet('report.pdf?language=es&utc_offset_min=-360')).body.toString('latin1'), /^%PDF-/);
  await seller.expect(200, 'GET', `${path}/statement?${year}`);
  assert.equal((await seller.get(`${path}/statement.csv?${year}`)).status, 200);
  assert.equal((await seller.get(`${path}/statement.pdf?${year}`)).status, 200);
  const { id } = await payoutOf(admin, seller, shop.id);
  await admin.expect(200, 'POST', `/payouts/${id}/cancel`);
  const { lines, ...batch } = await payoutOf(admin, seller, shop.id, ['approve']);
  await admin.expect(200, 'GET', `/payouts/${batch.id}`);
  assert.equal((await admin.get(`/payouts/${batch.id}/bank-file`)).status, 200);
  await admin.expect(200, 'PUT', `/payouts/${batch.id}/lines/${lines[0].id}`, { status: 'failed', failure: 'Account closed' });
  await payoutOf(admin, seller, shop.id, ['approve', 'paid']);
  assert.equal((await seller.expect(200, 'GET', `${path}/books`)).has_bank_account, true);
  await seller.expect(200, 'GET', `${path}/bank-account`);
  await seller.expect(204, 'DELETE', `${path}/bank-account`);
  assert.equal((await admin.expect(200, 'GET', '/books/check')).is_whole, true);
  assert.ok((await admin.expect(200, 'GET', '/audit')).items.length > 0);
});

test('the last one is held, waited for, given back and bought', async () => {
  const pearl = await newProduct(seller, shop.id, { stock: 1 });
  const own = await liveShow(seller, shop.id, [pearl]);
  const wish = { product_id: pearl.id, show_id: own.id };
  await seller.expect(200, 'PUT', `/shows/${own.id}/products/${pearl.id}/limit`, { units_per_buyer_max: 1 });
  const { hold } = await device.expect(201, 'POST', '/device/holds', wish);
  const other = await newDevice(server.url, 'Bo');
  const wait = await other.expect(201, 'POST', '/device/waits', wish);
  assert.equal((await other.expect(200, 'GET', '/device/holds')).waits[0].id, wait.id);
  await device.expect(204, 'DELETE', `/device/holds/${hold.id}`);
  await other.expect(204, 'DELETE', `/device/waits/${wait.id}`);
  assert.equal((await buy(other, orderOf(pearl, { show_id: own.id }))).status, 201);
  assert.equal((await seller.expect(200, 'GET', `/shows/${own.id}/stock`)).items[0].taken, 1);
  assert.equal((await other.expect(200, 'GET', `/shows/${own.id}/claims`)).items.length, 4);
});

test('a shop sends to places, packs, prints, and takes goods back', async () => {
  const story = await shippingStory(admin, server.url);
  assert.equal(story.parcel.state, 'delivered');
  assert.deepEqual(story.exchanged.history.map(({ state }) => state), ['asked', 'approved', 'received', 'exchanged']);
});

test('the manager sets what the shop takes; a practice card and a provider pay; money goes back', async () => {
  const pearls = await newProduct(seller, shop.id);
  const settings = `/shops/${shop.id}/payment-settings`;
  const cash = { methods: ['on_delivery'] };
  const key = () => ({ headers: { 'idempotency-key': newKey() } });
  const place = async () => (await buy(device, orderOf(pearls, { payment_method: 'card' }))).json;
  const path = async ({ number }) => {
    const { items } = await seller.expect(200, 'GET', `/shops/${shop.id}/orders?limit=100`);
    return `/shops/${shop.id}/orders/${items.find((one) => one.number === number && one.lines[0].product_id === pearls.id).id}`;
  };
  await admin.expect(200, 'PUT', settings, { delivery: cash, sandbox: { methods: ['card'] } });
  await admin.expect(200, 'GET', settings);
  const offered = await device.expect(200, 'GET', `/shops/${shop.id}/payment-methods`);
  assert.deepEqual(offered.items.map((one) => one.method), ['card', 'on_delivery']);

  const practised = await place();
  const reference = (await device.expect(200, 'POST', `/orders/${practised.token}/payment`)).redirect_url.split('#')[1];
  await device.expect(200, 'GET', `/sandbox/${reference}`);
  await device.expect(200, 'POST', `/sandbox/${reference}/card`, { number: '4000 0000 0000 3220' });
  await device.expect(200, 'POST', `/sandbox/${reference}/confirmation`, { accepted: true });
  assert.equal((await device.get(`/payments/${reference}/return`)).status, 303);
  await seller.expect(200, 'POST', `${await path(practised)}/refunds`, { amount_minor: 1 }, key());

  const inCash = (await buy(device, orderOf(pearls))).json;
  await seller.expect(200, 'POST', `${await path(inCash)}/payment/confirmation`);
  await device.expect(200, 'POST', `/orders/${inCash.token}/cancel`);
  await seller.expect(200, 'DELETE', `${await path(inCash)}/payment/problem`);

  await admin.expect(200, 'PUT', settings, { delivery: cash, stripe: { methods: ['card'], ...kStripeKeys } });
  await admin.expect(200, 'POST', `${settings}/check`, { provider: 'delivery' });
  const stub = new ProviderStub();
  const { body, headers } = stub.stripeEvent('charge.unknown_to_us', {});
  await device.request('POST', `/webhooks/stripe/${shop.id}`, { body, type: 'application/json', headers });
  stub.stop();
});

test('a shop has its own programs told', () => webhookStory(seller, shop));

test('a shop sends its shows on to other platforms', () => restreamStory(seller, shop, show));

test('a basket is bought at once', async () => {
  const { orders } = await device.expect(201, 'POST', '/baskets', basketOf(await newProduct(seller, shop.id)), { headers: { 'idempotency-key': newKey() } });
  assert.deepEqual(orders.map((one) => one.shop_id), [shop.id]);
});

test('prices are told in another currency', async () => {
  const date = new Date().toISOString().slice(0, 10);
  await admin.expect(200, 'POST', '/exchange-rates', { source: 'ECB', rates: [{ base: 'EUR', quote: 'CNY', rate: '8.2079', date }] });
  await admin.expect(200, 'GET', '/exchange-rates/records');
  const known = await device.expect(200, 'GET', '/currencies');
  assert.deepEqual(known.items, [{ code: 'CNY', digits: 2 }, { code: 'EUR', digits: 2 }]);
  const { items } = await device.expect(200, 'GET', '/exchange-rates?quote=EUR');
  assert.deepEqual(items.map(({ base }) => base), ['CNY']);
});

test('a shop is seen outside', () => outsideStory({ seller, shop, visitor: visitor() }));
test('a host has a deal, a draw and a safe chat', () => liveToolsStory({ server, seller, shop }));

test('nothing of the document was left out', async () => {
  await device.get('/shops');
  const missed = kOperations.map((o) => o.id).filter((id) => !kSucceeded.has(id));
  assert.deepEqual(missed, []);
});
