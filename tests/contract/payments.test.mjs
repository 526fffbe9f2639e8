// Paying, against the running server: methods, the practice card, settings whose keys stay inside, refunds.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buy, liveShow, newKey, newProduct, openHouse, orderOf } from '../lib/house.mjs';
import { kMercadoPagoKeys, kStripeKeys, ProviderStub } from '../lib/provider_stub.mjs';
import { until } from '../lib/until.mjs';

const kCash = { methods: ['on_delivery', 'at_pickup'] };
const kPractice = { delivery: kCash, sandbox: { methods: ['card', 'checkout'] } };

let stub, house, product;
before(async () => {
  stub = await ProviderStub.start();
  house = await openHouse({ args: stub.args });
  product = await newProduct(house.seller, house.shop.id, { stock: 1000 });
});
after(async () => {
  await house?.server.remove();
  stub?.stop();
});

const settingsPath = () => `/shops/${house.shop.id}/payment-settings`;
const set = (settings, status = 200) => house.manager.expect(status, 'PUT', settingsPath(), settings);
const methods = async (query = '') =>
  (await house.visitor.expect(200, 'GET', `/shops/${house.shop.id}/payment-methods${query}`)).items.map((one) => one.method);
const order = async (more) => (await buy(house.device, orderOf(product, more))).json;
const now = (made) => house.device.expect(200, 'GET', `/orders/${made.token}`);
const begin = (made, status = 200) => house.device.expect(status, 'POST', `/orders/${made.token}/payment`);
const problemOf = (answer) => [answer.status, answer.json?.type];
// The order as the seller has it.
async function sold(made) {
  const { items } = await house.seller.expect(200, 'GET', `/shops/${house.shop.id}/orders?limit=100`);
  const found = items.find((one) => one.number === made.number);
  return { ...found, path: `/shops/${house.shop.id}/orders/${found.id}` };
}
async function paidByCard(more = {}) {
  const made = await order({ payment_method: 'card', ...more });
  const reference = (await begin(made)).redirect_url.split('#')[1];
  await house.device.expect(200, 'POST', `/sandbox/${reference}/card`, { number: '4242 4242 4242 4242' });
  return made;
}

test('a shop without settings takes cash, and its orders say so', async () => {
  assert.deepEqual(await methods(), ['on_delivery', 'at_pickup']);
  const made = await order();
  assert.deepEqual([made.payment.method, made.payment.state], ['on_delivery', 'due']);
  assert.equal((await begin(made, 404)).type, '/problems/payment-not-found');
  const { path } = await sold(made);
  const paid = await house.seller.expect(200, 'POST', `${path}/payment/confirmation`);
  assert.equal(paid.payment.state, 'paid');
});

test('what the shop does not take is refused and sells nothing', async () => {
  const before = await house.visitor.expect(200, 'GET', `/products/${product.id}`);
  const refused = await buy(house.device, orderOf(product, { payment_method: 'oxxo' }));
  assert.deepEqual(problemOf(refused), [409, '/problems/payment-method-unavailable']);
  const unknown = await buy(house.device, orderOf(product, { payment_method: 'gold' }));
  assert.deepEqual([...problemOf(unknown), unknown.json.errors[0].path], [422, '/problems/invalid-field', '/payment_method']);
  assert.equal((await house.visitor.expect(200, 'GET', `/products/${product.id}`)).stock, before.stock);
});

test('the practice card pays, declines, and asks to be confirmed', async () => {
  await set(kPractice);
  assert.deepEqual(await methods(), ['card', 'checkout', 'on_delivery', 'at_pickup']);
  const made = await order({ payment_method: 'card' });
  assert.equal(made.payment.state, 'pending');
  assert.ok(Date.parse(made.payment.pay_until) > Date.now());
  const { path } = await sold(made);
  const unpaid = await house.seller.put(`${path}/status`, { status: 'packed' });
  assert.deepEqual(problemOf(unpaid), [409, '/problems/order-not-paid']);

  const reference = (await begin(made)).redirect_url.split('#')[1];
  const card = (number, status) => house.visitor.expect(status, 'POST', `/sandbox/${reference}/card`, { number });
  assert.equal((await card('4242', 422)).type, '/problems/card-number-invalid');
  assert.equal((await card('4000 0000 0000 0002', 200)).state, 'pending');
  assert.equal((await card('4000 0000 0000 3220', 200)).is_confirming, true);
  const answered = await house.visitor.expect(200, 'POST', `/sandbox/${reference}/confirmation`, { accepted: true });
  assert.equal(answered.state, 'paid');
  assert.equal((await card('4242 4242 4242 4242', 409)).type, '/problems/payment-ended');
  const back = await house.visitor.get(`/payments/${reference}/return`);
  assert.deepEqual([back.status, back.headers.location], [303, `/order#${made.token}`]);
  assert.equal((await now(made)).payment.state, 'paid');
  assert.deepEqual(await begin(made), {});
  await house.seller.expect(200, 'PUT', `${path}/status`, { status: 'packed' });
});

test('money goes back in part and whole, once for each key, with the goods where asked', async () => {
  await set(kPractice);
  const made = await paidByCard();
  const { path } = await sold(made);
  const key = newKey();
  const refund = (json, status, idempotency = newKey()) =>
    house.seller.expect(status, 'POST', `${path}/refunds`, json, { headers: { 'idempotency-key': idempotency } });
  assert.equal((await refund({ amount_minor: 100 }, 200, key)).payment.refunded.minor, 100);
  assert.equal((await refund({ amount_minor: 100 }, 200, key)).payment.refunded.minor, 100);
  assert.equal((await refund({ amount_minor: 200 }, 422, key)).type, '/problems/idempotency-key-reused');
  const more = await refund({ amount_minor: made.total.minor }, 409);
  assert.deepEqual([more.type, more.refundable_minor], ['/problems/refund-too-large', made.total.minor - 100]);
  const stock = (await house.visitor.expect(200, 'GET', `/products/${product.id}`)).stock;
  const whole = await refund({ amount_minor: made.total.minor - 100, return_stock: true }, 200);
  assert.equal(whole.status, 'cancelled');
  assert.equal((await house.visitor.expect(200, 'GET', `/products/${product.id}`)).stock, stock + 1);
  await until('the refund', async () => (await now(made)).payment.state === 'refunded');
  assert.equal((await refund({ amount_minor: 0 }, 422)).type, '/problems/invalid-field');
  const keyless = await house.seller.post(`${path}/refunds`, { amount_minor: 1 });
  assert.deepEqual(problemOf(keyless), [400, '/problems/invalid-field']);
});

test('what practice cards paid is told beside what a show and a month have earned, which is nothing', async () => {
  await set(kPractice);
  const { seller, shop } = house;
  const show = await liveShow(seller, shop.id, [product]);
  const from = new Date().toISOString();
  const earned = async () => {
    const span = `from=${from}&to=${new Date(Date.now() + 60_000).toISOString()}`;
    const statement = await seller.expect(200, 'GET', `/shops/${shop.id}/statement?${span}`);
    const { net_minor, practice_minor } = await seller.expect(200, 'GET', `/shows/${show.id}/earnings`);
    const table = (await seller.get(`/shops/${shop.id}/statement.csv?${span}`)).body.toString();
    assert.equal((await seller.get(`/shops/${shop.id}/statement.pdf?${span}`)).status, 200);
    const [told] = /Paid in practice and in no books: [\d.]+,,,CNY/.exec(table) ?? [];
    return [net_minor, practice_minor, statement.totals.sales_minor, statement.practice_minor, told];
  };
  assert.deepEqual(await earned(), [0, 0, 0, 0, undefined]);
  const made = await paidByCard({ show_id: show.id });
  const told = `Paid in practice and in no books: ${(made.total.minor / 100).toFixed(2)},,,CNY`;
  assert.deepEqual(await earned(), [0, made.total.minor, 0, made.total.minor, told]);
});

test('a bank transfer shows where it goes, is confirmed, and is given back by hand', async () => {
  await set({ transfer: { bank_name: 'Bank of the Lake', account: '6222 0000 1111', account_holder: 'Lin' } });
  const refused = await buy(house.device, orderOf(product));
  assert.deepEqual(problemOf(refused), [409, '/problems/payment-method-unavailable']);
  const made = await order({ payment_method: 'transfer' });
  const step = await begin(made);
  assert.deepEqual(step, { bank_name: 'Bank of the Lake', account: '6222 0000 1111', account_holder: 'Lin',
    transfer_reference: made.payment.transfer_reference });
  const { path } = await sold(made);
  assert.equal((await house.seller.expect(200, 'POST', `${path}/payment/confirmation`)).payment.state, 'paid');
  await house.device.expect(200, 'POST', `/orders/${made.token}/cancel`);
  const { payment } = await sold(made);
  assert.deepEqual([payment.problem, payment.state, payment.returning], ['refund-by-hand', 'refunding', made.total]);
  assert.equal((await now(made)).payment.state, 'refunding', 'the buyer sees it, too');
  const cleared = await house.seller.expect(200, 'DELETE', `${path}/payment/problem`);
  assert.deepEqual([cleared.payment.problem, cleared.payment.state, cleared.payment.returning.minor], [undefined, 'refunded', 0]);
});

test('the sandbox is refused beside a provider of real money', async () => {
  const both = await house.manager.put(settingsPath(), { ...kPractice, transfer: { bank_name: 'B', account: '12345', account_holder: 'L' } });
  assert.deepEqual(problemOf(both), [409, '/problems/sandbox-with-real-provider']);
  const pesos = `/shops/${house.otherShop.id}/payment-settings`;
  const typo = await house.manager.put(pesos, { transfer: { bank_name: 'B', account: '032180000118359718', account_holder: 'L' } });
  assert.deepEqual([...problemOf(typo), typo.json.errors[0].path], [422, '/problems/invalid-field', '/transfer/account']);
});

test('settings that do not fit say where', async () => {
  for (const [settings, path] of [
    [{}, ''],
    [{ delivery: { methods: [] } }, '/delivery/methods'],
    [{ delivery: { methods: ['card'] } }, '/delivery/methods'],
    [{ delivery: { methods: ['at_pickup', 'at_pickup'] } }, '/delivery/methods'],
    [{ delivery: { methods: [7] } }, '/delivery/methods'],
    [{ paypal: {} }, '/paypal'],
    [{ stripe: { methods: ['card'], publishable_key: 'pk_test_1', secret_key: 'hunter2', webhook_secret: kStripeKeys.webhook_secret } }, '/stripe/secret_key'],
    [{ stripe: { methods: ['card'], publishable_key: 'pk_live_1', secret_key: 'sk_test_1', webhook_secret: kStripeKeys.webhook_secret } }, '/stripe/publishable_key'],
    [{ stripe: { methods: ['card'], publishable_key: 'pk_test_1', secret_key: 'sk_test_1' } }, '/stripe/webhook_secret'],
    [{ mercado_pago: kMercadoPagoKeys }, '/mercado_pago/currency'],
  ]) {
    const answer = await house.manager.put(settingsPath(), settings);
    assert.deepEqual([...problemOf(answer), answer.json.errors[0].path], [422, '/problems/invalid-field', path], JSON.stringify(settings));
  }
});

test('a key goes in and never out: not in an answer, the data, or the log', async () => {
  const keys = { ...kStripeKeys, secret_key: 'sk_test_never_seen_again' };
  const shown = await set({ stripe: { methods: ['card'], ...keys } });
  assert.deepEqual(shown.stripe, { methods: ['card'], publishable_key: keys.publishable_key, vouchers_per_show_max: 0,
    has_secret_key: true, has_webhook_secret: true });
  assert.match(shown.stripe_webhook_url, new RegExp(`/api/v1/webhooks/stripe/${house.shop.id}$`));
  const check = async () => (await house.manager.expect(200, 'POST', `${settingsPath()}/check`, { provider: 'stripe' })).result;
  assert.equal(await check(), 'key_refused');
  // Absent, the secrets stay what they were.
  await set({ stripe: { methods: ['card'], publishable_key: keys.publishable_key, secret_key: kStripeKeys.secret_key } });
  assert.equal(await check(), 'works');
  stub.failures = 1;
  assert.equal(await check(), 'provider_trouble');
  const read = await house.manager.expect(200, 'GET', settingsPath());
  assert.doesNotMatch(JSON.stringify(read), /sk_test|whsec_/);
  assert.doesNotMatch(house.server.log, /sk_test|whsec_/);
  if (house.server.dataFlags.length === 2) {
    for (const file of ['geili.db', 'geili.db-wal']) {
      const bytes = await readFile(join(house.server.dataDir, file)).catch(() => Buffer.alloc(0));
      assert.ok(!bytes.includes('sk_test_') && !bytes.includes('whsec_'), file);
    }
  }
});

test('vouchers are for shows that limit them', async () => {
  const { stranger, manager, device, visitor, otherShop } = house;
  await manager.expect(200, 'PUT', `/shops/${otherShop.id}/payment-settings`,
    { stripe: { methods: ['card', 'oxxo'], vouchers_per_show_max: 1, ...kStripeKeys } });
  const molcajete = await newProduct(stranger, otherShop.id, { price: { minor: 45000, currency: 'MXN' } });
  const show = await liveShow(stranger, otherShop.id, [molcajete]);
  const offered = async (query) =>
    (await visitor.expect(200, 'GET', `/shops/${otherShop.id}/payment-methods${query}`)).items.map((one) => one.method);
  assert.deepEqual([await offered(''), await offered(`?show_id=${show.id}`)], [['card'], ['card', 'oxxo']]);
  const voucher = (more) => buy(device, orderOf(molcajete, { payment_method: 'oxxo', show_id: show.id, ...more }));
  assert.equal((await voucher()).status, 201);
  assert.deepEqual(problemOf(await voucher()), [409, '/problems/voucher-quota-full']);
  const outside = await buy(device, orderOf(molcajete, { payment_method: 'oxxo' }));
  assert.deepEqual(problemOf(outside), [409, '/problems/payment-method-unavailable']);
});
