// A lucky draw on three phones: the host opens it, two buyers are in it, and both can check who won.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { drawFault } from '../lib/draw_log.mjs';
import { kRoot } from '../lib/server.mjs';
import { kDesktop, kPhone } from './support/browser.mjs';
import { House } from './support/house.mjs';
import { pin } from './support/village.mjs';

const kShots = path.join(kRoot, 'build/screenshots');
const kLanguages = { en: 'Lucky draw', zh: '抽奖', es: 'Sorteo', fr: 'Tirage au sort' };

let house, seller, show, desk, buyers;

before(async () => {
  await mkdir(kShots, { recursive: true });
  house = await House.open();
  ({ seller, show } = house.village);
  await pin(house.village, house.village.necklace);
  desk = await house.signedIn(seller, { viewport: kPhone });
  await desk.page.goto(`${house.url}/studio/shows/${show.id}`);
  buyers = [];
  for (const viewport of [kPhone, kDesktop]) {
    const buyer = await house.visitor({ viewport });
    await buyer.page.goto(`${house.url}/shows/${show.id}`);
    buyers.push(buyer);
  }
});
after(() => house?.close());

const widthOf = (page) => page.evaluate(() => document.documentElement.scrollWidth);
const cardOf = (page) => page.getByRole('region', { name: 'Lucky draw' });

test('the host opens a draw for what is shown, with a thumb', async () => {
  const { page } = desk;
  await page.getByRole('button', { name: 'Begin a lucky draw' }).click();
  const sheet = page.getByRole('dialog');
  assert.equal(await sheet.getByLabel('Prize').inputValue(), 'Pearl necklace');
  assert.equal(await sheet.getByLabel('What is given').inputValue(), house.village.necklace.id);
  await sheet.getByRole('button', { name: '10 minutes' }).click();
  await page.screenshot({ path: path.join(kShots, 'draw-open-360.png') });
  assert.ok(await widthOf(page) <= kPhone.width);
  await sheet.getByRole('button', { name: 'Begin', exact: true }).click();
  await page.getByText('0 are in it').waitFor();
});

test('buyers see it at once, choose a name and are in it', async () => {
  for (const [i, { page }] of buyers.entries()) {
    const card = cardOf(page);
    await card.getByRole('button', { name: 'I want to be in it' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill(['Ana', 'Luis'][i]);
    await page.getByRole('dialog').locator('button[type=submit]').click();
    await card.getByText(`You are in it: no. ${i + 1}`).waitFor();
  }
  await buyers[0].page.screenshot({ path: path.join(kShots, 'draw-in-360.png') });
  await buyers[1].page.screenshot({ path: path.join(kShots, 'draw-in-desktop.png') });
  await desk.page.getByText('2 are in it').waitFor();
});

test('everybody hears who won, and may check it', async () => {
  await desk.page.getByRole('button', { name: 'Draw now' }).click();
  await desk.page.locator('ol li', { hasText: /^(Ana|Luis), no\. [12]$/ }).waitFor();
  await desk.page.screenshot({ path: path.join(kShots, 'draw-desk-360.png'), fullPage: true });
  const won = [];
  for (const { page } of buyers) {
    await cardOf(page).getByText(/^Won by (Ana|Luis), no\. [12]$/).waitFor();
    won.push(await cardOf(page).getByText('You won!').isVisible());
    const address = await cardOf(page).getByRole('link', { name: 'Check that it was fair' }).getAttribute('href');
    const log = await (await page.request.get(new URL(address, house.url).href)).json();
    assert.equal(drawFault(log), undefined);
  }
  assert.deepEqual(won.sort(), [false, true]);
  for (const [language, title] of Object.entries(kLanguages)) {
    const { page } = buyers[0];
    await page.evaluate((one) => localStorage.setItem('geili.language', one), language);
    await page.reload();
    await page.getByRole('region', { name: title }).waitFor();
    await page.screenshot({ path: path.join(kShots, `draw-won-${language}-360.png`) });
    assert.ok(await widthOf(page) <= kPhone.width, language);
  }
});
