// Paying on a small phone, and the seller's side of it: settings and their test, the practice card with the bank's
// question, refunds, a transfer that the seller confirms, Stripe's own fields on the one page that may fetch them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client } from '../lib/client.mjs';
import { buy, liveShow, newDevice, newKey, newProduct } from '../lib/house.mjs';
import { kStripeKeys, ProviderStub } from '../lib/provider_stub.mjs';
import { until } from '../lib/until.mjs';
import { kPhone } from './support/browser.mjs';
import { House } from './support/house.mjs';
import { kStripeStub } from './support/stripe_stub.mjs';

const kStripeScript = 'https://js.stripe.com/v3/';

let stub, house, village, manager, buyer;

before(async () => {
  stub = await ProviderStub.start();
  house = await House.open({ args: stub.args });
  village = house.village;
  manager = await house.signedIn(village.seller, { viewport: kPhone });
  buyer = await house.visitor({ viewport: kPhone });
});
after(async () => {
  await house?.close();
  stub?.stop();
});

const provider = (name) => manager.page.getByRole('region', { name });
const card = (number) => manager.page.getByRole('article').filter({ has: manager.page.getByText(`No. ${number}`, { exact: true }) });
const sheet = () => manager.page.getByRole('dialog');
const isNarrow = async (page) => assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= kPhone.width, page.url());

async function buyOnPhone(method) {
  const { page } = buyer;
  await page.goto(`${house.url}/products/${village.necklace.id}`);
  await page.getByRole('button', { name: /^Buy/ }).first().click();
  const form = page.getByRole('dialog');
  await form.getByLabel(method).waitFor();
  // Who has bought before is not asked again.
  if (await form.getByLabel(/Pick up/).isVisible()) {
    await form.getByLabel(/Pick up/).check();
    await form.getByLabel('Name', { exact: true }).fill('Ana');
    await form.getByLabel('Phone').fill('+86 138 0000 0000');
  }
  await form.getByLabel(method).check();
  await form.getByRole('button', { name: /^Buy for/ }).click();
  await form.getByRole('link', { name: /See your order|Pay now/ }).click();
  await page.waitForURL(/\/order#/);
}

const order = async (number) => (await village.seller.expect(200, 'GET', `/shops/${village.shop.id}/orders?limit=100`)).items.find((one) => one.number === number && !one.show_id);

test('the manager takes cash and practice cards, and the test button says that they work', async () => {
  const { page } = manager;
  await page.goto(`${house.url}/studio`);
  await page.getByRole('link', { name: 'How the shop is paid' }).click();
  await provider('Cash').waitFor();
  await provider('Practice').getByRole('checkbox').first().check();
  await provider('Practice').getByText('Save first, then test.').waitFor();
  await provider('Transfer to your account').getByRole('checkbox').first().check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').getByText('Practice stands beside no way').waitFor();
  await provider('Transfer to your account').getByRole('checkbox').first().uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved').first().waitFor();
  for (const name of ['Practice', 'Cash']) {
    await provider(name).getByRole('button', { name: 'Test' }).click();
    await provider(name).getByText('It works.').waitFor();
  }
  await isNarrow(page);
});

test('the buyer pays by a practice card that the bank asks about, and the order page says paid', async () => {
  await buyOnPhone(/Card/);
  const { page } = buyer;
  await page.getByText('Not paid yet').first().waitFor();

  await manager.page.goto(`${house.url}/studio/orders`);
  await card(1).getByText('Not to be packed yet').waitFor();
  assert.equal(await card(1).getByRole('button', { name: 'Packed' }).count(), 0);
  const { id } = await order(1);
  const packed = await village.seller.put(`/shops/${village.shop.id}/orders/${id}/status`, { status: 'packed' });
  assert.equal(packed.json.type, '/problems/order-not-paid');

  await page.getByRole('link', { name: 'Pay now' }).click();
  await page.getByLabel('Card number').fill('4000 0000 0000 3220');
  await page.getByRole('button', { name: 'Pay now' }).click();
  await page.getByRole('button', { name: 'Yes, pay' }).click();
  await page.waitForURL(/\/order#/);
  await page.getByText('Paid', { exact: true }).first().waitFor();
  await isNarrow(page);
});

test('the seller sees it paid, gives a part back, and the buyer sees that', async () => {
  const { page } = manager;
  await page.reload();
  await card(1).getByText('Paid', { exact: true }).waitFor();
  await card(1).getByRole('button', { name: 'Give money back' }).click();
  await sheet().getByLabel('A part').check();
  await sheet().getByLabel('Amount (CNY)').fill('9999');
  await sheet().getByRole('button', { name: /^Give/ }).click();
  await sheet().getByText('up to CN¥299').waitFor();
  await sheet().getByLabel('Amount (CNY)').fill('50');
  await sheet().getByText('It goes back the way it came').waitFor();
  await sheet().getByRole('button', { name: 'Give CN¥50 back' }).click();
  await card(1).getByText(/^CN¥50 (is on its way|went) back to the buyer\.$/).waitFor();
  await isNarrow(page);
  await until('the refund', async () => (await order(1)).payment.returning.minor === 0);
  await page.reload();
  await card(1).getByText('CN¥50 went back to the buyer.').waitFor();
  await buyer.page.reload();
  await buyer.page.getByText('CN¥50 went back to you.').waitFor();
  assert.equal((await order(1)).payment.refunded.minor, 5000);
  await card(1).getByRole('button', { name: 'Packed' }).click();
  await card(1).getByRole('button', { name: 'Handed over' }).waitFor();
});

test('the money of goods that came back goes back with the end of the request', async () => {
  const { page } = manager;
  await card(1).getByRole('button', { name: 'Handed over' }).click();
  await card(1).getByText('Handed over', { exact: true }).waitFor();
  const token = new URL(buyer.page.url()).hash.slice(1);
  const asked = await new Client(house.url).expect(201, 'POST', `/orders/${token}/returns`,
    { wish: 'refund', reason: 'damaged', lines: [{ product_id: village.necklace.id, quantity: 1 }] }, { headers: { 'idempotency-key': newKey() } });
  for (const state of ['approved', 'received']) await village.seller.expect(200, 'PUT', `/shops/${village.shop.id}/returns/${asked.id}/state`, { state });
  await page.goto(`${house.url}/studio/orders/returns`);
  await page.getByRole('button', { name: 'Give money back' }).click();
  await sheet().getByRole('button', { name: 'Give CN¥249 back' }).click();
  await page.getByText('Money returned').waitFor();
  assert.equal((await order(1)).payment.refunded.minor, 29900);
});

test('a transfer shows its account and reference, and the seller confirms it', async () => {
  const { page } = manager;
  await page.goto(`${house.url}/studio/payments`);
  await provider('Practice').getByRole('checkbox').first().uncheck();
  const transfer = provider('Transfer to your account');
  await transfer.getByRole('checkbox').first().check();
  await page.getByRole('button', { name: 'Save' }).click();
  await transfer.getByText('Please fill this in.').first().waitFor();
  await transfer.getByLabel('Bank').fill('Bank of the Lake');
  await transfer.getByLabel('Account number').fill('6222 0000 1111');
  await transfer.getByLabel('Account holder').fill('Lin');
  await page.getByRole('button', { name: 'Save' }).click();
  await transfer.getByRole('button', { name: 'Test' }).click();
  await transfer.getByText('It works.').waitFor();

  await buyOnPhone(/Transfer/);
  await buyer.page.getByText('Pay until').waitFor();
  const shown = async (label) => buyer.page.getByRole('textbox', { name: label }).inputValue();
  assert.deepEqual([await shown('Account number'), await shown('Sum (CNY)')], ['6222 0000 1111', '299.00']);
  const reference = await shown('Reference to write beside it');

  await page.goto(`${house.url}/studio/orders`);
  await card(2).getByText(reference).waitFor();
  await card(2).getByRole('button', { name: 'The money is here' }).click();
  await sheet().getByText(`CN¥299 with the reference ${reference}`).waitFor();
  await sheet().getByRole('button', { name: 'The money is here' }).click();
  await card(2).getByText('Paid', { exact: true }).waitFor();
  await buyer.page.getByText('Paid', { exact: true }).first().waitFor();
});

test('money that must go back by hand is a problem until the seller says it is done', async () => {
  await buyer.page.getByRole('button', { name: 'Cancel the order' }).first().click();
  await buyer.page.getByRole('dialog').getByRole('button', { name: 'Cancel the order' }).click();
  const { page } = manager;
  await page.reload();
  await card(2).getByText('Give this money back by your own hand').waitFor();
  await card(2).getByText('Refund on its way').waitFor();
  await card(2).getByText('CN¥299 is on its way back to the buyer.').waitFor();
  await buyer.page.getByText('Refund on its way').first().waitFor();
  await buyer.page.getByText('CN¥299 is on its way back to you.').waitFor();
  await card(2).getByRole('button', { name: 'Done' }).click();
  await sheet().getByText('once the buyer has the money back').waitFor();
  await sheet().getByRole('button', { name: 'Done' }).click();
  await card(2).getByText('Refunded', { exact: true }).waitFor();
  await buyer.page.reload();
  await buyer.page.getByText('CN¥299 went back to you.').waitFor();
  assert.equal(await card(2).getByText('Give this money back').count(), 0);
});

test('Stripe: keys go in and are not shown, its fields come on one page alone, and the card is paid', async () => {
  const { page } = manager;
  await page.goto(`${house.url}/studio/payments`);
  await provider('Transfer to your account').getByRole('checkbox').first().uncheck();
  const stripe = provider('Stripe');
  await stripe.getByRole('checkbox').first().check();
  await stripe.getByLabel('Publishable key').fill(kStripeKeys.publishable_key);
  await stripe.getByLabel('Secret key').fill('sk_test_wrong');
  await stripe.getByLabel('signing secret').fill(kStripeKeys.webhook_secret);
  await page.getByRole('button', { name: 'Save' }).click();
  await stripe.getByText('Set. Never shown again').first().waitFor();
  assert.equal(await stripe.getByLabel('Secret key').inputValue(), '');
  await stripe.getByRole('button', { name: 'Test' }).click();
  await stripe.getByText('does not know this key').waitFor();
  await stripe.getByLabel('Secret key').fill(kStripeKeys.secret_key);
  await page.getByRole('button', { name: 'Save' }).click();
  await stripe.getByRole('button', { name: 'Test' }).click();
  await stripe.getByText('It works.').waitFor();
  assert.match(await stripe.getByRole('textbox', { name: 'Webhook’s address' }).inputValue(), new RegExp(`/api/v1/webhooks/stripe/${village.shop.id}$`));

  const policy = async (path) => (await fetch(house.url + path)).headers.get('content-security-policy');
  for (const path of ['/', '/order', '/studio/payments']) assert.doesNotMatch(await policy(path), /stripe/, path);
  assert.match(await policy('/pay'), /script-src 'self' https:\/\/js\.stripe\.com .*connect-src 'self' https:\/\/api\.stripe\.com; frame-src https:\/\/js\.stripe\.com .*https:\/\/hooks\.stripe\.com/);

  const asked = [];
  buyer.page.on('request', (request) => {
    if (request.url().includes('stripe.com')) asked.push(new URL(request.frame().url()).pathname);
  });
  await buyOnPhone(/Card/);
  await buyer.page.route(kStripeScript, (route) => route.abort());
  await buyer.page.getByRole('link', { name: 'Pay now' }).click();
  await buyer.page.getByText('Stripe’s card form did not come').waitFor();
  await isNarrow(buyer.page);
  await buyer.page.unroute(kStripeScript);
  await buyer.page.route(kStripeScript, (route) => route.fulfill({ contentType: 'text/javascript', body: kStripeStub }));
  await buyer.page.getByRole('button', { name: 'Try again' }).click();
  await buyer.page.getByLabel('Card of the stub').fill('4000 0000 0000 0002');
  await buyer.page.getByRole('button', { name: 'Pay CN¥299' }).click();
  await buyer.page.getByRole('alert').getByText('Your card was declined.').waitFor();
  await buyer.page.getByLabel('Card of the stub').fill('4242 4242 4242 4242');
  stub.pay(stub.newest);
  await buyer.page.getByRole('button', { name: 'Pay CN¥299' }).click();
  await buyer.page.waitForURL(/\/order#/);
  await buyer.page.getByText('Paid', { exact: true }).first().waitFor();
  assert.deepEqual([...new Set(asked)], ['/pay']);
});

test('an OXXO voucher asks for the name and the e-mail, and shows number and link; SPEI shows a CLABE', async () => {
  const { seller } = village;
  const shop = await seller.expect(201, 'POST', '/shops', { name: 'Molcajetes', village: 'Valle', description: '', currency: 'MXN', pickup: 'Plaza' });
  await seller.expect(200, 'PUT', `/shops/${shop.id}/payment-settings`, { stripe: { methods: ['card', 'oxxo', 'spei'], vouchers_per_show_max: 9, ...kStripeKeys } });
  const molcajete = await newProduct(seller, shop.id, { title: 'Molcajete', price: { minor: 45000, currency: 'MXN' } });
  const show = await liveShow(seller, shop.id, [molcajete]);
  const buyBy = async (payment_method) => (await buy(await newDevice(house.url, 'Ana'), { shop_id: shop.id, show_id: show.id, lines: [{ product_id: molcajete.id, quantity: 1 }],
    fulfilment: 'pickup', buyer: { name: 'Ana Pérez', phone: '+52 473 100 2000' }, payment_method, expected_total: molcajete.price })).json;
  const { page } = buyer;
  const voucher = await buyBy('oxxo');
  await page.goto(`${house.url}/order#${voucher.token}`);
  await page.getByRole('link', { name: 'Pay now' }).click();
  assert.equal(await page.getByLabel('Your name').inputValue(), 'Ana Pérez');
  await page.getByRole('button', { name: 'Get the voucher' }).click();
  await page.getByText('Please write a whole e-mail address.').waitFor();
  await page.getByLabel('E-mail').fill('ana@correo.example');
  Object.assign(stub.newest, { status: 'requires_action', next_action: { type: 'oxxo_display_details',
    oxxo_display_details: { number: '93000262280678000012020005600005', hosted_voucher_url: 'https://pay.example/voucher' } } });
  await page.getByRole('button', { name: 'Get the voucher' }).click();
  await page.waitForURL(/\/order#/);
  assert.equal(await page.getByRole('textbox', { name: 'Voucher number' }).inputValue(), '93000262280678000012020005600005');
  assert.equal(await page.getByRole('link', { name: 'Open the voucher' }).getAttribute('href'), 'https://pay.example/voucher');
  await page.getByText('Pay until').waitFor();
  await isNarrow(page);

  const spei = await buyBy('spei');
  await page.goto(`${house.url}/order#${spei.token}`);
  await page.reload();
  await page.getByText('Transfer exactly this sum by SPEI').waitFor();
  const shown = (label) => page.getByRole('textbox', { name: label }).inputValue();
  assert.deepEqual([await shown('CLABE'), await shown('Sum (MXN)'), await shown('Reference to write beside it')], ['032180000118359719', '450.00', '12345678']);
  await isNarrow(page);
});

test('when an exchange cannot be made, the money goes back instead', async () => {
  const { seller, shop } = village;
  const bo = await newDevice(house.url, 'Bo');
  const bought = await buy(bo, { shop_id: shop.id, lines: [{ product_id: village.necklace.id, quantity: 1 }], fulfilment: 'pickup',
    buyer: { name: 'Bo', phone: '+86 138 0000 0001' }, payment_method: 'at_pickup', expected_total: village.necklace.price });
  assert.equal(bought.status, 201, JSON.stringify(bought.json));
  const { id, number } = (await seller.expect(200, 'GET', `/shops/${shop.id}/orders?limit=100`)).items.find((one) => one.number === bought.json.number && !one.show_id);
  for (const status of ['packed', 'handed_over']) await seller.expect(200, 'PUT', `/shops/${shop.id}/orders/${id}/status`, { status });
  const asked = await bo.expect(201, 'POST', `/orders/${bought.json.token}/returns`,
    { wish: 'exchange', reason: 'damaged', lines: [{ product_id: village.necklace.id, quantity: 1 }] }, { headers: { 'idempotency-key': newKey() } });
  await seller.expect(200, 'PUT', `/shops/${shop.id}/returns/${asked.id}/state`, { state: 'approved' });
  const { page } = manager;
  await page.goto(`${house.url}/studio/orders/returns`);
  const request = page.getByRole('article').filter({ hasText: `no. ${number}` });
  const stock = async () => (await seller.expect(200, 'GET', `/products/${village.necklace.id}`)).stock;
  const before = await stock();
  await request.getByLabel('Put on sale again').check();
  await request.getByRole('button', { name: 'The goods are back' }).click();
  await request.getByLabel('Exchanged for order').waitFor();
  await request.getByText('Can the exchange not be made?').waitFor();
  await request.getByRole('button', { name: 'Give money back instead' }).click();
  await sheet().getByRole('button', { name: /^Note/ }).click();
  await request.getByText('Money returned').waitFor();
  assert.equal(await stock(), before + 1, 'as was chosen when the goods came back');
  await isNarrow(page);
});

test('nothing was complained of in either page', async () => {
  assert.deepEqual(await buyer.faults(/ERR_FAILED \(https:\/\/js\.stripe\.com|Failed to load resource: net::ERR_FAILED|ERR_NAME_NOT_RESOLVED/), []);
  assert.deepEqual(await manager.faults(/409 \(Conflict\)/), []);
});
