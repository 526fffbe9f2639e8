// The co-operative's books: what sales leave in them, what shops read, how money is paid out, and their check.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { kBankAccount } from '../lib/access_table.mjs';
import { endPayouts, owe, payoutOf } from '../lib/books.mjs';
import { buy, join, liveShow, newDevice, newKey, newProduct, openHouse, orderOf } from '../lib/house.mjs';

const kPast = '2020-01-01T00:00:00Z';
const kPrice = 19_900;

let house;
before(async () => { house = await openHouse(); });
after(() => house?.server.remove());

// A shop of its own for a test, so that nobody else's sales are in its books.
async function newShop(name, currency = 'CNY') {
  const seller = await join(house.manager, { role: 'seller', name, shop: { name: `${name} Pearls`, currency } });
  const [shop] = (await seller.expect(200, 'GET', '/session')).shops;
  return { seller, shop };
}

async function sellInCash({ seller, shop }, quantity = 1) {
  const product = await newProduct(seller, shop.id);
  const show = await liveShow(seller, shop.id, [product]);
  const order = orderOf(product, { show_id: show.id, lines: [{ product_id: product.id, quantity }],
    expected_total: { minor: quantity * kPrice, currency: 'CNY' } });
  const device = await newDevice(house.server.url, 'Ana');
  assert.equal((await buy(device, order)).status, 201);
  const [{ id }] = (await seller.expect(200, 'GET', `/shops/${shop.id}/orders`)).items;
  const status = (word) => seller.expect(200, 'PUT', `/shops/${shop.id}/orders/${id}/status`, { status: word });
  return { show, status };
}

const booksOf = ({ seller, shop }) => seller.expect(200, 'GET', `/shops/${shop.id}/books`);
const period = () => `from=${kPast}&to=${new Date(Date.now() + 60_000).toISOString()}`;

test('a sale in cash is in the books when it is handed over, and the commission on it is owed', async () => {
  const own = await newShop('Rosa');
  await house.manager.expect(200, 'PUT', `/shops/${own.shop.id}/commission`, { basis_points: 1000 });
  const { show, status } = await sellInCash(own, 2);
  const earnings = () => own.seller.expect(200, 'GET', `/shows/${show.id}/earnings`);
  await status('packed');
  assert.equal((await earnings()).orders, 0);
  await status('handed_over');
  const { orders, units, gross_minor, commission_minor, net_minor, currency } = await earnings();
  assert.deepEqual([orders, units, gross_minor, commission_minor, net_minor, currency], [1, 2, 2 * kPrice, 3980, 35_820, 'CNY']);
  assert.deepEqual(await booksOf(own), { balance: { minor: -3980, currency: 'CNY' }, commission_basis_points: 1000, has_bank_account: false });
  // Again, and nothing is posted again.
  await status('handed_over');
  assert.equal((await booksOf(own)).balance.minor, -3980);
});

test('without a commission a sale in cash leaves nobody owing', async () => {
  const own = await newShop('Carmen');
  const { status } = await sellInCash(own);
  await status('packed');
  await status('handed_over');
  assert.equal((await booksOf(own)).balance.minor, 0);
});

test('a statement is the same as JSON, for a spreadsheet and on paper', async () => {
  const own = await newShop('Ines');
  await house.manager.expect(200, 'PUT', `/shops/${own.shop.id}/commission`, { basis_points: 1000 });
  const { status } = await sellInCash(own);
  await status('packed');
  await status('handed_over');
  await owe(house.manager, own.shop.id, 5000);
  const path = `/shops/${own.shop.id}/statement`;
  const told = await own.seller.expect(200, 'GET', `${path}?${period()}`);
  assert.equal(told.closing_minor, 5000 - 1990);
  assert.equal(told.opening_minor + Object.values(told.totals).reduce((a, b) => a + b), told.closing_minor);
  assert.equal(told.opening_minor + told.lines.reduce((sum, line) => sum + line.amount_minor, 0), told.closing_minor);
  const csv = await own.seller.get(`${path}.csv?${period()}`);
  assert.match(csv.headers['content-disposition'], /^attachment; filename="statement-\d+-2020-01-01\.csv"$/);
  assert.match(csv.body.toString(), /^\ufeffposted_at,/);
  assert.match(csv.body.toString(), /30\.10/);
  assert.equal(csv.body.toString().trim().split('\r\n').length, told.lines.length + 3);
  for (const language of ['en', 'zh', 'es', 'fr']) {
    const pdf = await own.seller.get(`${path}.pdf?${period()}&language=${language}&utc_offset_min=-360`);
    assert.deepEqual([pdf.status, pdf.body.subarray(0, 5).toString()], [200, '%PDF-'], language);
  }
  const later = await own.seller.expect(200, 'GET', `${path}?from=2029-01-01T00:00:00Z&to=2030-01-01T00:00:00Z`);
  assert.deepEqual([later.opening_minor, later.lines.length], [told.closing_minor, 0]);
});

test('what a shop pays is entered once for its key', async () => {
  const own = await newShop('Lupe');
  const key = newKey();
  const enter = (body) => house.manager.post(`/shops/${own.shop.id}/book-entries`, body, { headers: { 'idempotency-key': key } });
  const payment = { kind: 'payment', amount_minor: 700, into: 'cash', memo: 'At the office' };
  assert.equal((await enter(payment)).json.balance.minor, 700);
  assert.equal((await enter(payment)).json.balance.minor, 700);
  const other = await enter({ ...payment, amount_minor: 701 });
  assert.deepEqual([other.status, other.json.type], [409, '/problems/ledger-source-reused']);
});

test('a batch is drafted, approved, handed to the bank and paid, and what failed comes back', async () => {
  await endPayouts(house.manager);
  const [paid, failed, poor, debtor] = await Promise.all(['Ana', 'Berta', 'Cora', 'Dora'].map((name) => newShop(name)));
  for (const { shop } of [paid, failed, poor]) await owe(house.manager, shop.id, 10_000);
  await owe(house.manager, debtor.shop.id, -1);
  for (const { seller, shop } of [paid, failed]) await seller.expect(200, 'PUT', `/shops/${shop.id}/bank-account`, kBankAccount);
  const { batch, skipped } = await house.manager.expect(201, 'POST', '/payouts', { currency: 'CNY', minimum_minor: 6000 });
  const why = (shop) => skipped.find((s) => s.shop_id === shop.id)?.reason;
  assert.deepEqual([why(poor.shop), why(debtor.shop), why(paid.shop)], ['no_bank_details', 'negative_balance', undefined]);
  const lineOf = (of, shop) => of.lines.find((line) => line.shop_id === shop.id);
  assert.deepEqual([batch.status, lineOf(batch, paid.shop).amount.minor, lineOf(batch, paid.shop).account_masked], ['draft', 10_000, '…1111']);
  assert.equal(lineOf(batch, paid.shop).shop_name, 'Ana Pearls');
  const again = await house.manager.post('/payouts', { currency: 'CNY' });
  assert.deepEqual([again.status, again.json.type], [409, '/problems/payout-draft-exists']);
  assert.equal((await house.manager.get(`/payouts/${batch.id}/bank-file`)).status, 409);

  await house.manager.expect(200, 'POST', `/payouts/${batch.id}/approve`);
  assert.equal((await house.manager.expect(200, 'POST', `/payouts/${batch.id}/approve`)).status, 'approved');
  assert.equal((await booksOf(paid)).balance.minor, 0);
  const file = (await house.manager.get(`/payouts/${batch.id}/bank-file`)).body.toString();
  assert.match(file, /^beneficiary,/);
  assert.match(file, /6222-0000-1111/);
  assert.match(file, /100\.00/);

  const mark = (line, body) => house.manager.expect(200, 'PUT', `/payouts/${batch.id}/lines/${line.id}`, body);
  await mark(lineOf(batch, paid.shop), { status: 'paid' });
  const told = await mark(lineOf(batch, failed.shop), { status: 'failed', failure: 'Account closed' });
  assert.deepEqual([lineOf(told, failed.shop).status, lineOf(told, failed.shop).failure], ['failed', 'Account closed']);
  assert.equal((await booksOf(failed)).balance.minor, 10_000);
  const ended = await house.manager.expect(200, 'POST', `/payouts/${batch.id}/paid`);
  assert.equal(ended.status, 'paid');
  assert.equal((await house.manager.expect(200, 'GET', '/payouts')).items[0].id, batch.id);
});

test('an account that changed after the draft is not paid into', async () => {
  const own = await newShop('Elisa');
  const batch = await payoutOf(house.manager, own.seller, own.shop.id);
  await own.seller.expect(200, 'PUT', `/shops/${own.shop.id}/bank-account`, { ...kBankAccount, account: '6222-9999-9999' });
  const refused = await house.manager.post(`/payouts/${batch.id}/approve`);
  assert.deepEqual([refused.status, refused.json.type], [409, '/problems/payout-account-changed']);
  await endPayouts(house.manager);
});

test('an account with wrong check digits is refused, and a good one is shown masked', async () => {
  const own = await newShop('Fabiola', 'MXN');
  const path = `/shops/${own.shop.id}/bank-account`;
  const set = (change) => own.seller.put(path, { ...kBankAccount, scheme: 'clabe', account: '032 180 00011835971 9', ...change });
  for (const change of [{ account: '032180000118359718' }, { scheme: 'iban', account: 'DE89370400440532013001' }, { account: '12' }]) {
    const refused = await set(change);
    assert.deepEqual([refused.status, refused.json.errors?.[0].path], [422, '/account'], JSON.stringify(change));
  }
  assert.equal((await own.seller.get(path)).status, 404);
  assert.equal((await set({})).json.account_masked, '…9719');
  assert.doesNotMatch(JSON.stringify(await own.seller.expect(200, 'GET', path)), /032180/);
  await own.seller.expect(204, 'DELETE', path);
  assert.equal((await own.seller.get(path)).json.type, '/problems/bank-account-not-found');
});

test('the audit names who changed a price, and is read by person and by shop', async () => {
  const own = await newShop('Gloria');
  const product = await newProduct(own.seller, own.shop.id);
  const { headers } = await own.seller.get(`/products/${product.id}`);
  await own.seller.patch(`/products/${product.id}`, { price: { minor: 15_000, currency: 'CNY' } }, headers.etag);
  await own.seller.expect(200, 'POST', `/products/${product.id}/stock-changes`, { change: -2 });
  await house.manager.expect(200, 'PUT', `/shops/${own.shop.id}/commission`, { basis_points: 250 });
  const { person } = await own.seller.expect(200, 'GET', '/session');
  const deeds = async (query) => (await house.admin.expect(200, 'GET', `/audit?${query}`)).items
    .map(({ action, subject, detail }) => `${action} ${subject} ${detail}`.trim());
  const ofSeller = [`stock-changed product/${product.id} -2`, `price-changed product/${product.id} 199.00 → 150.00 CNY`, `product-created product/${product.id}`];
  assert.deepEqual((await deeds(`person_id=${person.id}`)).slice(0, 3), ofSeller);
  assert.deepEqual((await deeds(`shop_id=${own.shop.id}`)).slice(0, 4), [`commission-changed shop/${own.shop.id} 0.00 % → 2.50 %`, ...ofSeller]);
  const [newest] = (await house.admin.expect(200, 'GET', `/audit?shop_id=${own.shop.id}&person_id=${person.id}&limit=1`)).items;
  assert.deepEqual([newest.person, newest.shop_id], [{ id: person.id, name: 'Gloria' }, own.shop.id]);
});

test('what was acknowledged is in the books after the power failed', async () => {
  const own = await newShop('Hilda');
  await owe(house.manager, own.shop.id, 1234);
  await house.server.kill();
  await house.server.start({ port: new URL(house.server.url).port });
  assert.equal((await booksOf(own)).balance.minor, 1234);
});

test('the check finds the books whole, holds them to a printed hash, and sees what was changed', async () => {
  const own = await newShop('Irma');
  await owe(house.manager, own.shop.id, 4321);
  const { books } = await own.seller.expect(200, 'GET', `/shops/${own.shop.id}/statement?${period()}`);
  const check = (query = '') => house.manager.expect(200, 'GET', `/books/check${query}`);
  assert.deepEqual(await check(), { is_whole: true, books, findings: [] });
  assert.equal((await check(`?number=${books.number}&hash=${books.hash}`)).is_whole, true);
  const other = await check(`?number=${books.number}&hash=${'0'.repeat(64)}`);
  assert.deepEqual([other.is_whole, other.findings.map((f) => f.fault)], [false, ['anchor']]);
  await house.server.sql('UPDATE ledger_posting SET amount_minor = 4322 WHERE amount_minor = 4321');
  const faults = new Set((await check()).findings.map((f) => f.fault));
  for (const fault of ['entry-hash', 'account-totals']) assert.ok(faults.has(fault), fault);
});
