// The books in the studio: what a show earned, the month on a phone, the account, and a batch until it is paid.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { owe } from '../lib/books.mjs';
import { kRoot } from '../lib/server.mjs';
import { kDesktop, kPhone } from './support/browser.mjs';
import { House } from './support/house.mjs';
import { buyOverApi } from './support/village.mjs';

const kShots = path.join(kRoot, 'build/screenshots');
const kLanguages = { en: 'Statement', zh: '对账单', es: 'Estado de cuenta', fr: 'Relevé' };

let house, seller, shop, show;

before(async () => {
  await mkdir(kShots, { recursive: true });
  house = await House.open();
  ({ seller, shop, show } = house.village);
  await seller.expect(200, 'PUT', `/shops/${shop.id}/commission`, { basis_points: 250 });
  await buyOverApi(house, house.village, 'Ana');
  const [{ id }] = (await seller.expect(200, 'GET', `/shops/${shop.id}/orders`)).items;
  for (const status of ['packed', 'handed_over']) await seller.expect(200, 'PUT', `/shops/${shop.id}/orders/${id}/status`, { status });
  await seller.expect(200, 'POST', `/shows/${show.id}/end`);
});
after(() => house?.close());

const widthOf = (page) => page.evaluate(() => document.documentElement.scrollWidth);

test('a show that is over says what it earned', async () => {
  const { page, faults } = await house.signedIn(seller, { viewport: kPhone });
  await page.goto(`${house.url}/studio/shows/${show.id}`);
  await page.getByRole('heading', { name: /^You earned .*291\.52$/ }).waitFor();
  await page.screenshot({ path: path.join(kShots, 'books-earned-360.png'), fullPage: true });
  assert.deepEqual(await faults(/404|ERR_/), []);
});

test('the month is read on a phone in every language, and taken along on paper', async () => {
  const { page, faults } = await house.signedIn(seller, { viewport: kPhone });
  await page.goto(`${house.url}/studio/books`);
  for (const [language, statement] of Object.entries(kLanguages)) {
    await page.evaluate((one) => localStorage.setItem('geili.language', one), language);
    await page.reload();
    await page.getByRole('heading', { name: statement }).waitFor();
    await page.locator('details summary').first().click();
    await page.locator('details li').first().waitFor();
    await page.screenshot({ path: path.join(kShots, `books-${language}-360.png`), fullPage: true });
    assert.ok(await widthOf(page) <= kPhone.width, language);
  }
  const address = await page.locator('a[href*="statement.pdf"]').getAttribute('href');
  assert.match(address, /language=fr/);
  const pdf = await page.request.get(new URL(address, house.url).href);
  assert.deepEqual([pdf.status(), (await pdf.body()).subarray(0, 5).toString()], [200, '%PDF-']);
  assert.deepEqual(await faults(), []);
});

test('a number that does not check is told at its field, and a good one is kept masked', async () => {
  const { page } = await house.signedIn(seller, { viewport: kPhone });
  await page.goto(`${house.url}/studio/books`);
  await page.getByRole('button', { name: 'Name an account' }).click();
  await page.getByLabel('In whose name').fill('Lin Mei');
  await page.getByLabel('Number', { exact: true }).fill('1');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByText('This number does not check').waitFor();
  await page.getByLabel('Number', { exact: true }).fill('6222-0000-1111');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByText('…1111').waitFor();
});

test('a batch goes from draft to paid, and one shop of it comes back', async () => {
  await owe(seller, shop.id, 100_000);
  const { page, faults } = await house.signedIn(seller, { viewport: kPhone });
  await page.goto(`${house.url}/studio/payouts`);
  await page.getByRole('button', { name: 'Draft a batch' }).click();
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.screenshot({ path: path.join(kShots, 'payout-approve-360.png') });
  await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
  await page.getByRole('link', { name: 'File for the bank (CSV)' }).waitFor();
  await page.screenshot({ path: path.join(kShots, 'payout-360.png'), fullPage: true });
  assert.ok(await widthOf(page) <= kPhone.width);
  await page.getByRole('button', { name: 'Lin Pearls failed' }).click();
  await page.getByLabel('What the bank said').fill('Account closed');
  await page.getByRole('button', { name: 'Put it back into the balance' }).click();
  await page.getByText('Account closed').waitFor();
  assert.deepEqual(await faults(), []);
});

test('who changed what is read by person and shop on a desk', async () => {
  const { page, faults } = await house.signedIn(seller, { viewport: kDesktop });
  await page.goto(`${house.url}/studio/audit`);
  await page.getByText('changed the commission').waitFor();
  await page.getByLabel('Shop', { exact: true }).last().selectOption({ label: 'Lin Pearls' });
  await page.getByText('0.00 % → 2.50 %').waitFor();
  await page.screenshot({ path: path.join(kShots, 'audit-1280.png') });
  assert.deepEqual(await faults(), []);
});
