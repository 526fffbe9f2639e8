// What a provider tells, twice, late, out of order and at the same time as the buyer comes back: against the running
// server, with Stripe and Mercado Pago on loopback.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { buy, newDevice, newKey, newProduct, openHouse, orderOf } from '../lib/house.mjs';
import { kMercadoPagoKeys, kStripeKeys, ProviderStub } from '../lib/provider_stub.mjs';
import { until } from '../lib/until.mjs';

let stub, house, stripeShop, product, pesoProduct;
before(async () => {
  stub = await ProviderStub.start();
  // Mercado Pago sends to an address that begins with https://.
  house = await openHouse({ args: [...stub.args, '--payments-card-hold-s', '86400'] });
  stripeShop = house.shop.id;
  await house.manager.expect(200, 'PUT', `/shops/${stripeShop}/payment-settings`, { stripe: { methods: ['card'], ...kStripeKeys } });
});
after(async () => {
  await house?.server.remove();
  stub?.stop();
});
beforeEach(async () => { product = await newProduct(house.seller, stripeShop, { stock: 5 }); });

const tell = ({ body, headers, query }, provider = 'stripe', shop = stripeShop, at = house) =>
  at.visitor.request('POST', `/webhooks/${provider}/${shop}${query}`, { body, type: 'application/json', headers });
const told = async (event, ...rest) => assert.equal((await tell(event, ...rest)).status, 200);
const now = (made) => house.device.expect(200, 'GET', `/orders/${made.token}`);
const stock = async () => (await house.visitor.expect(200, 'GET', `/products/${product.id}`)).stock;
async function open(more = {}) {
  const made = (await buy(house.device, orderOf(product, { payment_method: 'card', ...more }))).json;
  const step = await house.device.expect(200, 'POST', `/orders/${made.token}/payment`);
  assert.ok(step.client_secret && step.hosted_fields_key === kStripeKeys.publishable_key);
  return { made, intent: stub.newest };
}
async function sold(made) {
  const { items } = await house.seller.expect(200, 'GET', `/shops/${stripeShop}/orders?limit=100`);
  const found = items.find((one) => one.number === made.number);
  return { ...found, path: `/shops/${stripeShop}/orders/${found.id}` };
}
const succeeded = (intent, more) => stub.stripeEvent('payment_intent.succeeded', intent, more);

test('the event and the buyer who comes back settle it once, at once', async () => {
  const { made, intent } = await open();
  stub.pay(intent);
  const events = [succeeded(intent), succeeded(intent), succeeded(intent, { id: 'evt_same' }), succeeded(intent, { id: 'evt_same' })];
  const back = () => house.visitor.get(`/payments/${intent.metadata.payment}/return`);
  const answers = await Promise.all([...events.map((event) => tell(event)), back(), back()]);
  assert.deepEqual(answers.map((one) => one.status), [200, 200, 200, 200, 303, 303]);
  const order = await now(made);
  assert.deepEqual([order.payment.state, order.payment.refunded.minor, await stock()], ['paid', 0, 4]);
  await until('the look-up', async () => stub.callsOf(`GET /v1/payment_intents/${intent.id}`) > 0 || (await now(made)).payment.state === 'paid');
  assert.equal(stub.callsOf('POST /v1/refunds'), 0);
});

test('what the provider keeps is in the books once, however often it is told', async () => {
  const { made, intent } = await open();
  const feesOf = async () => {
    const until_now = `from=2020-01-01T00:00:00Z&to=${new Date(Date.now() + 60_000).toISOString()}`;
    const { lines } = await house.seller.expect(200, 'GET', `/shops/${stripeShop}/statement?${until_now}`);
    return lines.filter((line) => line.kind === 'fee' && line.reference === String(made.number)).map((line) => -line.amount_minor);
  };
  stub.pay(intent);
  await told(succeeded(intent));
  const back = () => house.visitor.get(`/payments/${intent.metadata.payment}/return`);
  await until('the fee', async () => (await feesOf()).length > 0);
  await told(succeeded(intent));
  await back();
  assert.deepEqual(await feesOf(), [Math.round(made.total.minor / 25)]);
});

test('without any event, coming back finds the money', async () => {
  const { made, intent } = await open();
  stub.pay(intent);
  const answer = await house.visitor.get(`/payments/${intent.metadata.payment}/return`);
  assert.deepEqual([answer.status, answer.headers.location], [303, `/order#${made.token}`]);
  await until('the money', async () => (await now(made)).payment.state === 'paid');
});

test('events out of order end the same', async () => {
  const { made, intent } = await open();
  const created = stub.stripeEvent('payment_intent.created', { ...intent });
  stub.decline(intent);
  const failed = stub.stripeEvent('payment_intent.payment_failed', { ...intent });
  stub.pay(intent);
  await told(succeeded(intent));
  await told(failed);
  await told(created);
  assert.equal((await now(made)).payment.state, 'paid');
});

test('a bad signature is named and changes nothing', async () => {
  const { made, intent } = await open();
  stub.pay(intent);
  const event = succeeded(intent);
  const cases = {
    'webhook-unsigned': { ...event, headers: {} },
    'webhook-signature': succeeded(intent, { secret: 'whsec_another_secret_' }),
    'webhook-time': succeeded(intent, { at_s: Math.floor(Date.now() / 1000) - 301 }),
    'webhook-malformed': stub.stripeEvent('x', {}, { id: 'not an id' }),
  };
  for (const [code, bad] of Object.entries(cases)) {
    const answer = await tell(bad);
    assert.deepEqual([answer.status, answer.json.type], [400, `/problems/${code}`]);
  }
  const changed = await tell({ ...event, body: event.body.replace('succeeded', 'succeeded ') });
  assert.equal(changed.json.type, '/problems/webhook-signature');
  assert.equal((await tell(event, 'stripe', house.otherShop.id)).status, 404);
  assert.equal((await tell(event, 'mercado_pago')).status, 404);
  assert.equal((await now(made)).payment.state, 'pending');
});

test("one shop's keys do not pay another shop's order", async () => {
  const { made, intent } = await open();
  await house.manager.expect(200, 'PUT', `/shops/${house.otherShop.id}/payment-settings`,
    { stripe: { methods: ['card'], ...kStripeKeys, webhook_secret: 'whsec_of_the_other_shop' } });
  stub.pay(intent);
  const forged = await tell(succeeded(intent, { secret: 'whsec_of_the_other_shop' }), 'stripe', house.otherShop.id);
  assert.deepEqual([forged.status, forged.json.type], [404, '/problems/payment-not-found']);
  assert.equal((await now(made)).payment.state, 'pending');
});

test('money for a cancelled order goes back by itself, once', async () => {
  const before = stub.callsOf('POST /v1/refunds');
  const { made, intent } = await open();
  stub.pay(intent);
  await house.device.expect(200, 'POST', `/orders/${made.token}/cancel`);
  assert.equal(await stock(), 5);
  await Promise.all([tell(succeeded(intent)), tell(succeeded(intent))]);
  await until('the refund', async () => (await now(made)).payment.state === 'refunded');
  await until("the refund's call", async () => stub.callsOf('POST /v1/refunds') > before);
  await told(stub.stripeEvent('charge.refunded', intent.latest_charge));
  await told(succeeded(intent));
  const order = await now(made);
  assert.deepEqual([order.payment.state, order.payment.was_late, order.status], ['refunded', true, 'cancelled']);
  assert.deepEqual([stub.callsOf('POST /v1/refunds') - before, intent.latest_charge.amount_refunded], [1, intent.amount]);
});

test('a refund and its event, in either order, give back once', async () => {
  const { made, intent } = await open();
  stub.pay(intent);
  await told(succeeded(intent));
  const { path } = await sold(made);
  await house.seller.expect(200, 'POST', `${path}/refunds`, { amount_minor: 500 }, { headers: { 'idempotency-key': newKey() } });
  await until('the refund at the provider', () => intent.latest_charge?.amount_refunded === 500);
  await told(stub.stripeEvent('charge.refunded', intent.latest_charge));
  await told(succeeded(intent));
  const order = await now(made);
  assert.deepEqual([order.payment.state, order.payment.refunded.minor], ['paid', 500]);
});

test('a provider in trouble is asked again with the same key, and once is enough', async () => {
  stub.failures = 1;
  const made = (await buy(house.device, orderOf(product, { payment_method: 'card' }))).json;
  const busy = await house.device.expect(503, 'POST', `/orders/${made.token}/payment`);
  assert.equal(busy.type, '/problems/payment-provider-busy');
  const before = stub.intents.size;
  await until('the second attempt', () => stub.intents.size === before + 1);
  const step = await house.device.expect(200, 'POST', `/orders/${made.token}/payment`);
  assert.equal(step.client_secret, stub.newest.client_secret);
  assert.equal(stub.intents.size, before + 1);
});

test('what was to be given back is given back after the power failed', async () => {
  const { made, intent } = await open();
  stub.pay(intent);
  await told(succeeded(intent));
  stub.failures = 1000;
  await house.device.expect(200, 'POST', `/orders/${made.token}/cancel`);
  await house.server.kill();
  stub.failures = 0;
  await house.server.startAgain();
  // Its lease, or the wait before the next attempt, must be over first.
  await until('the refund at the provider', async () => intent.latest_charge?.amount_refunded === intent.amount, 90_000);
  await until('the refund', async () => (await now(made)).payment.state === 'refunded');
});

test('who does not pay in time loses the goods; late money buys them again or goes back', async () => {
  const short = await openHouse({ args: [...stub.args, '--payments-card-hold-s', '1', '--payments-card-grace-s', '0'] });
  try {
    await short.manager.expect(200, 'PUT', `/shops/${short.shop.id}/payment-settings`,
      { delivery: { methods: ['on_delivery'] }, stripe: { methods: ['card'], ...kStripeKeys } });
    const one = await newProduct(short.seller, short.shop.id, { stock: 1 });
    const see = (made) => short.device.expect(200, 'GET', `/orders/${made.token}`);
    const expired = async () => {
      const made = (await buy(short.device, orderOf(one, { payment_method: 'card' }))).json;
      await short.device.expect(200, 'POST', `/orders/${made.token}/payment`);
      const intent = stub.newest;
      await until('the expiry', async () => (await see(made)).payment.state === 'expired');
      assert.equal((await see(made)).status, 'cancelled');
      return { made, intent };
    };
    const first = await expired();
    const second = await expired();
    stub.pay(first.intent);
    assert.equal((await tell(succeeded(first.intent), 'stripe', short.shop.id, short)).status, 200);
    const kept = await see(first.made);
    assert.deepEqual([kept.status, kept.payment.state, kept.payment.was_late], ['placed', 'paid', true]);
    const other = await newDevice(short.server.url, 'Bo');
    assert.equal((await buy(other, orderOf(one))).json.type, '/problems/sold-out');

    stub.pay(second.intent);
    assert.equal((await tell(succeeded(second.intent), 'stripe', short.shop.id, short)).status, 200);
    await until('the refund', async () => (await see(second.made)).payment.state === 'refunded');
    assert.equal((await see(second.made)).status, 'cancelled');
  } finally {
    await short.server.remove();
  }
});

test('Mercado Pago: a notification is looked up, however often it comes', async () => {
  const origin = 'https://live.example';
  const far = await openMercadoPago(origin);
  try {
    const made = (await buy(far.device, orderOf(far.product, { payment_method: 'checkout' }), newKey())).json;
    const step = await far.device.expect(200, 'POST', `/orders/${made.token}/payment`, undefined, { origin });
    const preference = stub.newestPreference;
    assert.equal(step.redirect_url, preference.init_point);
    assert.equal(preference.notification_url, `${origin}/api/v1/webhooks/mercado_pago/${far.shop.id}`);
    const number = stub.payPreference(preference);
    const events = [stub.mercadoPagoEvent(number), stub.mercadoPagoEvent(number)];
    for (const event of [...events, ...events]) assert.equal((await tell(event, 'mercado_pago', far.shop.id, far)).status, 200);
    const see = () => far.device.expect(200, 'GET', `/orders/${made.token}`);
    await until('the money', async () => (await see()).payment.state === 'paid');
    const forged = await tell(stub.mercadoPagoEvent(number, { secret: 'another secret of it' }), 'mercado_pago', far.shop.id, far);
    assert.deepEqual([forged.status, forged.json.type], [400, '/problems/webhook-signature']);
    assert.equal((await see()).payment.refunded.minor, 0);
  } finally {
    await far.server.remove();
  }
});

// A server that is known by an address of its own: its clients say where they come from.
async function openMercadoPago(origin) {
  const made = await openHouse({ args: [...stub.args, '--server-public-url', origin], origin });
  await made.manager.expect(200, 'PUT', `/shops/${made.otherShop.id}/payment-settings`, { mercado_pago: kMercadoPagoKeys });
  pesoProduct = await newProduct(made.stranger, made.otherShop.id, { price: { minor: 45050, currency: 'MXN' } });
  return { ...made, shop: made.otherShop, product: pesoProduct };
}
