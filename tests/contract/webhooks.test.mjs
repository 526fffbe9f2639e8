// Webhooks as a shop's own receiver gets them: signed, tried again, given up, begun anew.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { kHook } from '../lib/access_table.mjs';
import { eventFaults, kOpenapi } from '../lib/contract.mjs';
import { payoutOf } from '../lib/books.mjs';
import { buy, liveShow, newDevice, newKey, newProduct, openHouse, orderOf } from '../lib/house.mjs';
import { until } from '../lib/until.mjs';
import { Receiver, verified } from '../lib/webhooks.mjs';

let house, all;
const receivers = [];
before(async () => {
  house = await openHouse({ args: ['--webhooks-allow-loopback', 'true'] });
  all = `/shops/${house.shop.id}/webhook-endpoints`;
});
after(async () => {
  for (const receiver of receivers) receiver.stop();
  await house?.server.remove();
});

async function receiving(events, more = {}) {
  const { seller } = house;
  for (const { id } of (await seller.expect(200, 'GET', all)).items) await seller.expect(204, 'DELETE', `${all}/${id}`);
  const receiver = await Receiver.start();
  receivers.push(receiver);
  const endpoint = await seller.expect(201, 'POST', all, { url: receiver.url, events, ...more });
  const path = `${all}/${endpoint.id}`;
  return { receiver, endpoint, path, secret: endpoint.secret,
    deliveries: async () => (await seller.expect(200, 'GET', `${path}/deliveries`)).items };
}

// The deliveries once `is_so` holds of them.
const deliveriesWhen = (hook, is_so) => until('the deliveries', async () => {
  const items = await hook.deliveries();
  return is_so(items) && items;
});

async function sell({ stock = 5 } = {}) {
  const { seller, shop, server } = house;
  const product = await newProduct(seller, shop.id, { stock });
  const show = await liveShow(seller, shop.id, [product]);
  const placed = await buy(await newDevice(server.url, 'Ana'), orderOf(product, { show_id: show.id }));
  assert.equal(placed.status, 201);
  const [order] = (await seller.expect(200, 'GET', `/shops/${shop.id}/orders?show_id=${show.id}`)).items;
  return { product, show, order, status: (word) => seller.expect(200, 'PUT', `/shops/${shop.id}/orders/${order.id}/status`, { status: word }) };
}

test('an order is told from being placed to being handed over, signed, and names no buyer', async () => {
  const hook = await receiving(['order.placed', 'order.packed', 'order.handed_over', 'order.paid', 'parcel.shipped', 'product.sold_out',
    'show.started', 'show.ended']);
  const { show, order, product, status } = await sell({ stock: 1 });
  await status('packed');
  await status('handed_over');
  await house.seller.expect(200, 'POST', `/shows/${show.id}/end`);
  const taken = await hook.receiver.messages(8);
  const told = taken.map((message) => verified(hook.secret, message));
  const byType = Object.fromEntries(told.map((one) => [one.type, one.data]));
  assert.deepEqual(Object.keys(byType).sort(), ['order.handed_over', 'order.packed', 'order.paid', 'order.placed', 'parcel.shipped',
    'product.sold_out', 'show.ended', 'show.started']);
  assert.deepEqual(byType['order.placed'], { order_id: order.id, number: 1, status: 'placed', fulfilment: 'delivery',
    total: product.price, show_id: show.id, shop_id: house.shop.id });
  assert.deepEqual([byType['order.paid'].amount, byType['order.paid'].practice], [product.price, false]);
  assert.equal(byType['product.sold_out'].product_id, product.id);
  for (const { body } of taken) assert.doesNotMatch(body, /Ana|Calle|473 100/);
  assert.equal(new Set(taken.map(({ headers }) => headers['webhook-id'])).size, 8);
  for (const { headers } of taken) assert.equal(headers['content-type'], 'application/json');
  assert.ok((await deliveriesWhen(hook, (items) => items.every((one) => one.state === 'delivered'))).length === 8);
});

test('of a show that was called off no end is told', async () => {
  const hook = await receiving(['show.started', 'show.ended']);
  const { seller, shop } = house;
  const off = await seller.expect(201, 'POST', `/shops/${shop.id}/shows`, { title: 'Off', starts_at: '2030-01-02T03:04:05Z' });
  await seller.expect(200, 'POST', `/shows/${off.id}/call-off`);
  const live = await liveShow(seller, shop.id, []);
  await seller.expect(200, 'POST', `/shows/${live.id}/end`);
  const told = (await hook.receiver.messages(2)).map((message) => verified(hook.secret, message));
  assert.deepEqual(told.map(({ type, data }) => `${type} ${data.show_id}`).sort(), [`show.ended ${live.id}`, `show.started ${live.id}`]);
  assert.equal((await hook.deliveries()).length, 2);
});

test('a cancelled order is told, and only what was chosen is', async () => {
  const hook = await receiving(['order.cancelled']);
  const { status } = await sell();
  await status('cancelled');
  const [message] = await hook.receiver.messages(1);
  assert.equal(verified(hook.secret, message).data.status, 'cancelled');
  assert.equal((await hook.deliveries()).length, 1);
});

test('what becomes of a parcel, of goods that come back and of money is told', async () => {
  const hook = await receiving(['parcel.shipped', 'parcel.delivered', 'return.asked', 'order.refunded', 'payout.paid']);
  const { seller, manager, shop, device } = house;
  const product = await newProduct(seller, shop.id, { stock: 3 });
  const made = (await buy(device, orderOf(product))).json;
  const [order] = (await seller.expect(200, 'GET', `/shops/${shop.id}/orders?limit=100`)).items.filter((one) => one.number === made.number && !one.show_id);
  await seller.expect(200, 'PUT', `/shops/${shop.id}/orders/${order.id}/status`, { status: 'packed' });
  const parcels = (await seller.expect(200, 'GET', `/shops/${shop.id}/parcels?limit=100`)).items;
  const parcel = parcels.find((one) => !one.show_id && one.orders.some((in_it) => in_it.number === made.number));
  await seller.expect(200, 'PUT', `/shops/${shop.id}/parcels/${parcel.id}/handover`, { carrier: 'SF', tracking_number: 'SF 7' });
  await seller.expect(200, 'PUT', `/shops/${shop.id}/parcels/${parcel.id}/state`, { state: 'delivered' });
  const asked = await device.expect(201, 'POST', `/orders/${made.token}/returns`,
    { wish: 'refund', reason: 'late', note: 'Ana wrote this', lines: [{ product_id: product.id, quantity: 1 }] }, { headers: { 'idempotency-key': newKey() } });
  const state = (json) => seller.expect(200, 'PUT', `/shops/${shop.id}/returns/${asked.id}/state`, json);
  await state({ state: 'approved' });
  await state({ state: 'received', restock: true });
  await state({ state: 'refunded', amount_minor: 500 });
  const batch = await payoutOf(manager, seller, shop.id, ['approve', 'paid']);

  const taken = await hook.receiver.messages(5);
  const byType = Object.fromEntries(taken.map((message) => verified(hook.secret, message)).map((one) => [one.type, one.data]));
  assert.deepEqual([byType['parcel.shipped'].state, byType['parcel.shipped'].tracking_number, byType['parcel.delivered'].state], ['shipped', 'SF 7', 'delivered']);
  assert.deepEqual(byType['parcel.delivered'].order_ids, [order.id]);
  assert.deepEqual([byType['return.asked'].return_id, byType['return.asked'].units, byType['return.asked'].reason], [asked.id, 1, 'late']);
  assert.deepEqual([byType['order.refunded'].order_id, byType['order.refunded'].amount.minor], [order.id, 500]);
  assert.equal(byType['payout.paid'].payout_id, batch.id);
  for (const { body } of taken) assert.doesNotMatch(body, /Ana|Calle|473 100|6222/);
});

test('what is not taken is sent again with the same id, at another time', async () => {
  const hook = await receiving(['show.started']);
  hook.receiver.answers.push([500]);
  await sell();
  await deliveriesWhen(hook, ([one]) => one?.state === 'waiting' && one.last_status === 500 && one.attempts === 1);
  const [first, second] = await hook.receiver.messages(2);
  assert.equal(second.headers['webhook-id'], first.headers['webhook-id']);
  assert.ok(Number(second.headers['webhook-timestamp']) - Number(first.headers['webhook-timestamp']) >= 4);
  verified(hook.secret, second);
  await deliveriesWhen(hook, ([one]) => one.state === 'delivered' && one.attempts === 2 && one.last_status === 204);
});

test('what waits is sent at once when somebody hurries it, one or all', async () => {
  const hook = await receiving(['order.placed']);
  hook.receiver.answers.push([500], [500], [500]);
  const { id } = await house.seller.expect(201, 'POST', `${hook.path}/test`);
  // An attempt counts when it is begun, and is told with its time once it has ended.
  let ended_at = null;
  const waitsAfter = async (attempts) => {
    const items = await deliveriesWhen(hook, ([one]) => one.state === 'waiting' && one.last_status === 500 && one.attempts === attempts
      && one.last_attempt_at !== ended_at);
    ended_at = items[0].last_attempt_at;
    return items;
  };
  await waitsAfter(1);
  await house.seller.expect(200, 'POST', `${hook.path}/deliveries/${id}/now`);
  const [{ due_at }] = await waitsAfter(2); // of the schedule's second wait, five minutes
  assert.ok(Date.parse(due_at) - Date.now() > 240_000, due_at);
  const hurried = await house.seller.expect(200, 'POST', `${hook.path}/deliveries/${id}/now`);
  assert.ok(Date.parse(hurried.due_at) <= Date.now() + 1_000);
  await waitsAfter(3);
  assert.deepEqual(await house.seller.expect(200, 'POST', `${hook.path}/now`), { hurried: 1 });
  await deliveriesWhen(hook, ([one]) => one.state === 'delivered' && one.attempts === 4);
  assert.deepEqual(await house.seller.expect(200, 'POST', `${hook.path}/now`), { hurried: 0 });
  const refused = await house.seller.expect(409, 'POST', `${hook.path}/deliveries/${id}/now`);
  assert.equal(refused.type, '/problems/webhook-delivery-ended');
  assert.equal((await house.seller.expect(404, 'POST', `${hook.path}/deliveries/999999/now`)).type, '/problems/webhook-delivery-not-found');
});

test('every event of the document is told as the document says', async () => {
  const { schemas } = kOpenapi.components;
  const seen = new Set(receivers.flatMap(({ taken }) => taken).map(({ body }) => JSON.parse(body).type));
  assert.deepEqual([...seen].sort(), [...schemas.WebhookEvent.enum, 'webhook.test'].sort());
  for (const message of receivers.flatMap(({ taken }) => taken)) assert.deepEqual(eventFaults(message), [], message.body);
});

test('after a rotation both secrets sign', async () => {
  const hook = await receiving(['order.placed']);
  const rotated = await house.seller.expect(200, 'POST', `${hook.path}/secret`);
  assert.ok(rotated.old_secret_until);
  await house.seller.expect(201, 'POST', `${hook.path}/test`);
  const [message] = await hook.receiver.messages(1);
  assert.equal(message.headers['webhook-signature'].split(' ').length, 2);
  for (const secret of [hook.secret, rotated.secret]) assert.equal(verified(secret, message).type, 'webhook.test');
});

test('410 disables the endpoint, and a replay after enabling it is the same message', async () => {
  const hook = await receiving(['order.placed']);
  hook.receiver.answers.push([410]);
  const { id } = await house.seller.expect(201, 'POST', `${hook.path}/test`);
  await deliveriesWhen(hook, ([one]) => one.state === 'dead' && one.last_status === 410);
  const [endpoint] = (await house.seller.expect(200, 'GET', all)).items;
  assert.deepEqual([endpoint.disabled, endpoint.disabled_why], [true, 'gone']);
  const refused = await house.seller.expect(409, 'POST', `${hook.path}/deliveries/${id}/replay`);
  assert.equal(refused.type, '/problems/webhook-endpoint-disabled');
  const choice = { url: hook.receiver.url, description: 'Stock list', events: ['order.placed'] };
  const changed = await house.seller.expect(200, 'PUT', hook.path, choice);
  assert.deepEqual([changed.description, changed.disabled, changed.disabled_why], ['Stock list', true, 'gone'], 'a change of the address enables nothing');
  await house.seller.expect(200, 'PUT', hook.path, { ...choice, disabled: false });
  assert.deepEqual(await house.seller.expect(200, 'POST', `${hook.path}/replay`), { replayed: 1 });
  const [first, second] = await hook.receiver.messages(2);
  assert.equal(second.headers['webhook-id'], first.headers['webhook-id']);
  await deliveriesWhen(hook, ([one]) => one.state === 'delivered' && one.attempts === 1);
});

test('a redirect is not followed', async () => {
  const elsewhere = await Receiver.start();
  receivers.push(elsewhere);
  const hook = await receiving(['order.placed']);
  hook.receiver.answers.push([302, { location: elsewhere.url }]);
  await house.seller.expect(201, 'POST', `${hook.path}/test`);
  await deliveriesWhen(hook, ([one]) => one.last_status === 302 && one.state === 'waiting');
  assert.equal(elsewhere.taken.length, 0);
});

test('addresses of this machine and its network are refused where the host has not allowed them', async () => {
  const { seller } = house;
  for (const url of ['http://example.com/', 'https://10.0.0.1/', 'https://169.254.169.254/latest', 'https://[::ffff:10.0.0.1]/', 'https://2130706433/',
    'https://user@example.com/', 'https://printer.local/', 'https://example.com:22/', 'ftp://example.com/', 'https://[fd00::1]/']) {
    const refused = await seller.expect(422, 'POST', all, { ...kHook, url });
    assert.deepEqual(refused.errors.map((one) => one.path), ['/url'], url);
  }
});

test('a shop has five endpoints at most', async () => {
  await receiving(['order.placed']);
  for (let i = 1; i < 5; ++i) await house.seller.expect(201, 'POST', all, kHook);
  assert.equal((await house.seller.expect(409, 'POST', all, kHook)).type, '/problems/webhook-endpoints-full');
});

test('the deeds are in the audit, with the host and no secret', async () => {
  const { items } = await house.admin.expect(200, 'GET', `/audit?shop_id=${house.shop.id}&limit=100`);
  const deeds = new Set(items.map((one) => one.action));
  for (const deed of ['webhook-endpoint-created', 'webhook-endpoint-changed', 'webhook-endpoint-deleted', 'webhook-secret-rotated', 'webhook-tested',
    'webhook-hurried', 'webhook-replayed']) assert.ok(deeds.has(deed), deed);
  assert.doesNotMatch(JSON.stringify(items), /whsec_|\/hook/);
});

test('the figures are in /metrics', async () => {
  const text = await (await fetch(new URL('/metrics', house.server.url))).text();
  assert.ok(Number(/^geili_webhooks_delivered_total (\d+)/m.exec(text)[1]) > 10);
  assert.ok(Number(/^geili_webhooks_failed_total (\d+)/m.exec(text)[1]) >= 3);
});
