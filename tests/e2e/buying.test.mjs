// Buying on a small phone: the form once, then one tap; the order's link opens anywhere.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { kPhone } from './support/browser.mjs';
import { House } from './support/house.mjs';
import { ShowPage } from './support/show_page.mjs';
import { pin } from './support/village.mjs';

let house, village;

before(async () => {
  house = await House.open();
  village = house.village;
  await pin(village, village.necklace);
});
after(() => house?.close());

test('the form is filled once, the next purchase is one tap, the order link opens', async () => {
  const buyer = await house.visitor({ viewport: kPhone });
  const { page } = buyer;
  const show = await ShowPage.open(page, house.url, village.show);

  await show.tapBuy();
  await show.confirmButton().click();
  await show.sheet.getByText('Please fill this in.').first().waitFor();
  await show.fillForm({ name: 'Ana', phone: '+52 473 732 0000' });
  await show.confirmButton().click();
  await show.sheet.getByRole('heading', { name: 'Yours! No. 1' }).waitFor();
  await show.sheet.getByRole('button', { name: 'Go on' }).click();

  await show.tapBuy();
  assert.equal(await show.sheet.getByLabel('Phone').count(), 0, 'nothing is asked twice');
  await show.confirmButton().click();
  await show.sheet.getByRole('heading', { name: 'Yours! No. 2' }).waitFor();
  await show.sheet.getByRole('link', { name: 'See your order' }).click();
  await page.getByRole('heading', { name: 'Order no. 2' }).waitFor();

  const elsewhere = await house.visitor();
  await elsewhere.page.goto(page.url());
  await elsewhere.page.getByRole('heading', { name: 'Order no. 2' }).waitFor();
  await elsewhere.page.getByText('Pearl necklace').first().waitFor();
  assert.deepEqual([...(await buyer.faults()), ...(await elsewhere.faults())], []);
  assert.ok(buyer.exchanges.http >= 4 && buyer.exchanges.frames >= 2, 'the talk with the server was held to its documents');
});

test('no page is wider than a phone', async () => {
  const { page } = await house.visitor({ viewport: kPhone });
  for (const path of ['/', `/shows/${village.show.id}`, `/shops/${village.shop.id}`, `/products/${village.necklace.id}`, '/orders', '/signin']) {
    await page.goto(house.url + path);
    await page.locator('h1').first().waitFor();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= kPhone.width, `${path} is ${width} px wide`);
  }
});
