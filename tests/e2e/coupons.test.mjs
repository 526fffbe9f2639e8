// A coupon on three phones: the shop makes one, the first buyer has it and pays less, the second is told that it is gone.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { kRoot } from '../lib/server.mjs';
import { kDesktop, kPhone } from './support/browser.mjs';
import { House } from './support/house.mjs';
import { ShowPage } from './support/show_page.mjs';
import { pin } from './support/village.mjs';

const kShots = path.join(kRoot, 'build/screenshots');
const kLanguages = { zh: '优惠券', es: 'Cupón', fr: 'Bon de réduction' };

// What the console notes of the code that is none.
const kNoCoupon = /404 \(Not Found\).*\/device\/coupons/;

let house, village, studio, buyers;

before(async () => {
  await mkdir(kShots, { recursive: true });
  house = await House.open();
  village = house.village;
  await pin(village, village.necklace);
  studio = await house.signedIn(village.seller, { viewport: kPhone });
  buyers = [];
  for (const viewport of [kPhone, kDesktop]) {
    const buyer = await house.visitor({ viewport });
    buyers.push({ ...buyer, show: await ShowPage.open(buyer.page, house.url, village.show) });
  }
});
after(() => house?.close());

const widthOf = (page) => page.evaluate(() => document.documentElement.scrollWidth);
const cardOf = (page) => page.getByRole('region', { name: 'Coupon' });

test('the shop gives out one coupon, with a thumb', async () => {
  const { page } = studio;
  await page.goto(`${house.url}/studio/products`);
  await page.getByRole('link', { name: 'Coupons' }).click();
  await page.getByRole('button', { name: 'New coupon' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: 'Give it out' }).click();
  await sheet.getByText('Give it a name.').waitFor();
  await sheet.getByLabel('Name').fill('Autumn');
  await sheet.getByLabel('Amount off (CNY)').fill('30');
  await sheet.getByLabel('How many there are').fill('1');
  await page.screenshot({ path: path.join(kShots, 'coupon-new-360.png') });
  assert.ok(await widthOf(page) <= kPhone.width);
  await sheet.getByRole('button', { name: 'Give it out' }).click();
  await page.getByText('0 of 1').waitFor();
  await page.screenshot({ path: path.join(kShots, 'coupons-360.png') });
});

test('both buyers see it at once; the first tap has it, the second hears that it is gone', async () => {
  const [ana, luis] = buyers;
  await Promise.all(buyers.map(({ page }) => cardOf(page).getByText('Autumn').waitFor()));
  await ana.page.screenshot({ path: path.join(kShots, 'coupon-card-360.png') });
  await luis.page.screenshot({ path: path.join(kShots, 'coupon-card-desktop.png') });
  await cardOf(ana.page).getByRole('button', { name: 'Take it' }).click();
  await cardOf(ana.page).getByText('You have it').waitFor();
  await cardOf(luis.page).waitFor({ state: 'detached' });
  assert.ok(await widthOf(ana.page) <= kPhone.width);
});

test('the price is told before the tap, and the order keeps it', async () => {
  const { page, show } = buyers[0];
  await show.tapBuy();
  await show.sheet.getByRole('definition').filter({ hasText: /−\S*30/ }).waitFor();
  await show.fillForm({ name: 'Ana', phone: '+52 473 732 0000' });
  await page.screenshot({ path: path.join(kShots, 'coupon-buy-360.png') });
  await show.confirmButton().filter({ hasText: '269' }).click();
  await show.sheet.getByRole('heading', { name: 'Yours! No. 1' }).waitFor();
  await show.sheet.getByRole('link', { name: 'See your order' }).click();
  await page.getByRole('heading', { name: 'Order no. 1' }).waitFor();
  await page.getByText('Autumn').waitFor();
  await page.getByText(/−\S*30/).first().waitFor();
  await page.screenshot({ path: path.join(kShots, 'coupon-order-360.png') });
  assert.ok(await widthOf(page) <= kPhone.width);
  for (const [language, word] of Object.entries(kLanguages)) {
    await page.evaluate((next) => localStorage.setItem('geili.language', next), language);
    await page.reload();
    await page.getByText(word).first().waitFor();
    assert.ok(await widthOf(page) <= kPhone.width, language);
  }
});

test('a code that is no coupon says what to do', async () => {
  const { show } = buyers[1];
  await show.tapBuy();
  await show.sheet.getByRole('button', { name: 'I have a code' }).click();
  await show.sheet.getByPlaceholder('Code').fill('NOBODY');
  await show.sheet.getByRole('button', { name: 'Use it' }).click();
  await show.sheet.getByText('There is no such coupon. Look at the code again.').waitFor();
});

test('nothing went wrong behind the pages', async () => {
  for (const one of buyers) assert.deepEqual(await one.faults(kNoCoupon), []);
});
