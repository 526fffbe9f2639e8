// A flash deal on phones of 360 px: the host begins it with one thumb, two buyers see it count down, one buys at its
// price, it is sold out, and the price goes back; then something new is listed in the middle of the show.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { kRoot } from '../lib/server.mjs';
import { graveFaults, kAxe } from './support/axe.mjs';
import { kPhone } from './support/browser.mjs';
import { House } from './support/house.mjs';
import { ShowPage } from './support/show_page.mjs';
import { pictureFile, pin } from './support/village.mjs';

const kShots = path.join(kRoot, 'build/screenshots');
/** Necklaces are 299. */
const kDeal = 'CN¥239';
const kFull = 'CN¥299';

let house, village, mei, ana, bo;
const shows = {};

const shot = ({ page }, name) => page.screenshot({ path: path.join(kShots, `deal-${name}-360.png`) });
async function enter(client) {
  const one = await (client ? house.signedIn(client, { viewport: kPhone }) : house.visitor({ viewport: kPhone }));
  await one.context.addInitScript(kAxe);
  return one;
}
async function looked({ page }, part) {
  await page.waitForFunction(() => document.getAnimations()
    .every((one) => one.playState !== 'running' || one.effect?.getComputedTiming().endTime === Infinity));
  const faults = await graveFaults(page, part);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  if (width > kPhone.width) faults.push(`${width} px wide`);
  return faults;
}
/** Where the button stands that a thumb is on its way to. */
const placeOf = async (locator) => {
  const { x, y } = await locator.boundingBox();
  return [Math.round(x), Math.round(y)];
};

before(async () => {
  await mkdir(kShots, { recursive: true });
  house = await House.open();
  village = house.village;
  await pin(village, village.necklace);
  [mei, ana, bo] = [await enter(village.seller), await enter(), await enter()];
  for (const [name, one] of Object.entries({ ana, bo })) shows[name] = await ShowPage.open(one.page, house.url, village.show);
  await mei.page.goto(`${house.url}/studio/shows/${village.show.id}`);
});
after(() => house?.close());

test('the host begins a deal with what is usual, of one piece', async () => {
  const { page } = mei;
  await page.getByRole('button', { name: 'Deal on Pearl necklace', exact: true }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: `Start: ${kDeal}` }).waitFor();
  await sheet.getByRole('button', { name: 'Own price' }).click();
  await sheet.getByLabel('Deal price', { exact: true }).and(page.locator('input')).fill('299');
  await sheet.getByRole('button', { name: 'Deal', exact: true }).click();
  await sheet.getByText(`A price below ${kFull}`).waitFor();
  await sheet.getByRole('button', { name: '−20 %' }).click();
  await sheet.getByRole('button', { name: 'How many' }).click();
  await sheet.getByRole('textbox', { name: 'How many' }).fill('1');
  assert.deepEqual(await looked(mei, 'dialog[open]'), []);
  await shot(mei, 'sheet');
  const before_ = await placeOf(shows.ana.pinned.getByRole('button', { name: 'Buy' }));
  await sheet.getByRole('button', { name: `Start: ${kDeal}` }).click();
  await sheet.waitFor({ state: 'hidden' });
  for (const { pinned } of Object.values(shows)) await pinned.getByText(`${kDeal} in`).waitFor();
  await shows.ana.pinned.getByText(/^0:0\d$/).waitFor();
  assert.deepEqual(await placeOf(shows.ana.pinned.getByRole('button', { name: 'Buy' })), before_, 'nothing moves under a thumb');
  await shot(ana, 'countdown');
  assert.deepEqual(await looked(ana), []);
});

test('from its start on both see its price without a reload, and one of them holds it', async () => {
  for (const { pinned } of Object.values(shows)) {
    await pinned.locator('.price', { hasText: kDeal }).waitFor();
    await pinned.locator('s', { hasText: kFull }).waitFor();
    await pinned.getByText('Deal: 1 left').waitFor();
  }
  await shot(bo, 'running');
  assert.deepEqual(await looked(bo), []);
  await mei.page.getByText('Deal: 1 left').waitFor();
  await shot(mei, 'desk');
  await shows.ana.pinned.getByRole('button', { name: 'Buy' }).click();
  await shows.ana.sheet.getByText('Yours for').waitFor();
  await shows.ana.sheet.locator('s', { hasText: kFull }).waitFor();
  await shot(ana, 'held');
  await shows.bo.pinned.getByText('Deal sold out').waitFor();
  await shows.bo.pinned.locator('.price', { hasText: kFull }).waitFor();
});

test('it is bought at its price, and the order says so', async () => {
  await shows.ana.fillForm({ name: 'Ana', phone: '+86 138 0000 0000' });
  await shows.ana.sheet.getByRole('button', { name: `Buy for ${kDeal}` }).click();
  await shows.ana.sheet.getByRole('heading', { name: 'Bought' }).waitFor();
  const { items: [order] } = await village.seller.expect(200, 'GET', `/shops/${village.shop.id}/orders?show_id=${village.show.id}`);
  assert.deepEqual([order.lines[0].unit_price.minor, order.total.minor], [23900, 23900]);
});

test('the other one pays the ordinary price, knowingly, and the host ends the deal', async () => {
  await shows.bo.pinned.getByRole('button', { name: 'Buy' }).click();
  await shows.bo.sheet.getByText('Yours for').waitFor();
  await shows.bo.fillForm({ name: 'Bo', phone: '+86 138 0000 0001' });
  await shows.bo.sheet.getByRole('button', { name: `Buy for ${kFull}` }).waitFor();
  await mei.page.getByRole('button', { name: 'End the deal on Pearl necklace now' }).click();
  await mei.page.getByRole('button', { name: 'Deal on Pearl necklace', exact: true }).waitFor();
  await shows.bo.sheet.getByRole('button', { name: `Buy for ${kFull}` }).click();
  await shows.bo.sheet.getByRole('heading', { name: 'Bought' }).waitFor();
});

test('a sheet that is open follows the price, up and down', async () => {
  await bo.page.reload();
  await shows.bo.connected();
  const { seller, show, necklace } = village;
  await shows.bo.pinned.getByRole('button', { name: 'Buy' }).click();
  await shows.bo.sheet.getByText('Yours for').waitFor();
  const deal = await seller.expect(201, 'POST', `/shows/${show.id}/deals`, { product_id: necklace.id,
    price: { minor: 20000, currency: 'CNY' }, units: 5, countdown_s: 3, length_s: 600, units_per_buyer_max: 2 });
  await shows.bo.sheet.getByRole('button', { name: 'Buy for CN¥200' }).waitFor();
  // It is held under the deal now, and keeps its price.
  await seller.expect(200, 'DELETE', `/shows/${show.id}/deals/${deal.id}`);
  await shows.bo.sheet.getByText('Deal:').waitFor({ state: 'hidden' });
  await shows.bo.sheet.getByRole('button', { name: 'Buy for CN¥200' }).click();
  await shows.bo.sheet.getByRole('heading', { name: 'Bought' }).waitFor();
  await shows.bo.sheet.getByRole('button', { name: 'Close' }).first().click();
});

test('something new is listed, in the bag and pinned, in one go', async () => {
  const { page } = mei;
  await page.getByRole('button', { name: 'New product' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.locator('input[type=file][capture]').setInputFiles(pictureFile('earrings-drop'));
  await sheet.getByLabel('Price in CNY').fill('120');
  await sheet.getByLabel('Weight in grams').fill('80');
  assert.equal(await sheet.getByLabel('Title').inputValue(), 'Article 4');
  assert.deepEqual(await looked(mei, 'dialog[open]'), []);
  await shot(mei, 'listing');
  await sheet.getByRole('button', { name: 'List it now' }).click();
  await shows.bo.pinned.getByText('Article 4').waitFor();
  await sheet.waitFor({ state: 'hidden' });
  await shows.bo.pinned.locator('img').waitFor();
  const { products } = await village.seller.expect(200, 'GET', `/shows/${village.show.id}`);
  const made = products.at(-1);
  assert.deepEqual([made.title, made.price.minor, made.stock, made.weight_g, made.photos.length], ['Article 4', 12000, 1, 80, 1]);
});

test('stock, price and place are changed from the bag, and the next one is pinned', async () => {
  const { page } = mei;
  await page.getByRole('button', { name: 'Price, stock and place of Article 4' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: '+5' }).click();
  await sheet.getByText('6 left').waitFor();
  await sheet.getByLabel('Price', { exact: true }).fill('110');
  await sheet.getByRole('button', { name: 'Save' }).click();
  await shows.bo.pinned.getByText('CN¥110').waitFor();
  await shows.bo.pinned.getByText('6 left').waitFor();
  await sheet.getByRole('button', { name: 'Sooner' }).click();
  await sheet.getByText('3/4').waitFor();
  assert.deepEqual(await looked(mei, 'dialog[open]'), []);
  await shot(mei, 'change');
  await sheet.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Pin the next: Loose pearls' }).click();
  await shows.bo.pinned.getByText('Loose pearls').waitFor();
  for (const one of [mei, ana, bo]) assert.deepEqual(await one.faults(), []);
});
