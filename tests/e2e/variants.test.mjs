// On the phone: the seller makes a product in three variants and a bundle; buyers in a live show choose among them, and
// two want the last piece, one of them in the bundle.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { graveFaults, kAxe } from './support/axe.mjs';
import { kPhone } from './support/browser.mjs';
import { House } from './support/house.mjs';
import { ShowPage } from './support/show_page.mjs';
import { pin } from './support/village.mjs';

let house, village, mei, ana, bo, chain, set;

async function enter(client) {
  const one = await (client ? house.signedIn(client, { viewport: kPhone }) : house.visitor({ viewport: kPhone }));
  await one.context.addInitScript(kAxe);
  return one;
}

/** In both colours, once what moves has come to rest. */
async function looked({ page }, part) {
  const faults = [];
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await page.waitForFunction(() => document.getAnimations()
      .every((one) => one.playState !== 'running' || one.effect?.getComputedTiming().endTime === Infinity));
    faults.push(...await graveFaults(page, part));
  }
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  if (width > kPhone.width) faults.push(`${width} px wide`);
  return faults;
}

const productsOf = async () => (await village.seller.expect(200, 'GET', `/shops/${village.shop.id}/products?hidden=true`)).items;

before(async () => {
  house = await House.open();
  village = house.village;
  mei = await enter(village.seller);
  ana = await enter();
  bo = await enter();
});
after(() => house?.close());

test('the seller adds three variants to a product', async () => {
  const { page } = mei;
  await village.seller.expect(201, 'POST', `/shops/${village.shop.id}/products`, { title: 'Silver chain', price: { minor: 15000, currency: 'CNY' }, stock: 0 });
  await page.goto(`${house.url}/studio/products`);
  await page.getByRole('button', { name: 'Silver chain' }).click();
  const sheet = page.getByRole('dialog');
  for (const [name, price, stock] of [['45 cm', '150', '4'], ['50 cm', '165', '0'], ['60 cm', '180', '3']]) {
    await sheet.getByRole('button', { name: 'Add a variant' }).click();
    await sheet.getByLabel('Name of the variant').fill(name);
    await sheet.getByLabel('Price in CNY').last().fill(price);
    await sheet.getByLabel('In stock').last().fill(stock);
    await sheet.getByRole('button', { name: 'Add it' }).click();
    await sheet.getByRole('group', { name: `Stock of Silver chain · ${name}` }).waitFor();
  }
  assert.deepEqual(await looked(mei, 'dialog[open]'), []);
  await sheet.getByRole('button', { name: 'Show 60 cm sooner' }).click();
  await sheet.getByRole('button', { name: 'Show 60 cm later' }).and(page.locator(':enabled')).waitFor();
  await sheet.getByRole('button', { name: 'Save' }).click();
  await page.getByText('3 variants').waitFor();
  chain = (await productsOf()).find(({ title }) => title === 'Silver chain');
  assert.deepEqual(chain.variants.map(({ name, stock, price }) => [name, stock, price.minor]),
    [['45 cm', 4, 15000], ['60 cm', 3, 18000], ['50 cm', 0, 16500]]);
});

test('the seller makes a bundle of a variant and two earrings', async () => {
  const { page } = mei;
  await page.getByRole('button', { name: 'New bundle' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('Title').fill('Evening set');
  await sheet.getByLabel('Price in CNY').fill('300');
  await sheet.getByRole('button', { name: 'List it' }).click();
  await sheet.getByText('A bundle has two pieces at least.').waitFor();
  await sheet.getByRole('button', { name: 'Put Silver chain · 60 cm in the bundle' }).click();
  await sheet.getByRole('button', { name: 'Put Drop earrings in the bundle' }).click();
  await sheet.getByRole('button', { name: 'One more of Drop earrings' }).click();
  await sheet.getByText('Your stock makes 3 of it').waitFor();
  assert.deepEqual(await looked(mei, 'dialog[open]'), []);
  await sheet.getByRole('button', { name: 'List it' }).click();
  await sheet.waitFor({ state: 'detached' }).catch(() => undefined);
  await page.getByText('“Evening set” is on sale').waitFor();
  set = (await productsOf()).find(({ title }) => title === 'Evening set');
  assert.deepEqual([set.stock, set.parts.map(({ title, quantity }) => [title, quantity])],
    [3, [['Drop earrings', 2], ['Silver chain · 60 cm', 1]]]);
});

test('a product’s page lets the buyer choose what there is, by the keyboard, and the price follows', async () => {
  const { page } = ana;
  await page.goto(`${house.url}/products/${chain.id}`);
  await page.getByText(/^from CN¥150/).waitFor();
  await page.getByRole('button', { name: 'Buy' }).click();
  await page.getByText('Choose one of these first.').waitFor();
  const choice = page.getByRole('group', { name: 'Choose one' });
  assert.ok(await choice.getByRole('radio', { name: /50 cm.*Sold out/ }).isDisabled());
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  assert.ok(await choice.getByRole('radio', { name: /60 cm/ }).isChecked());
  await page.locator('.row .price', { hasText: 'CN¥180' }).waitFor();
  assert.deepEqual(await looked(ana), []);
  await page.goto(`${house.url}/products/${set.id}`);
  await page.getByRole('region', { name: 'What is in it' }).getByText('Silver chain · 60 cm').waitFor();
  assert.deepEqual(await looked(ana), []);
});

test('a variant is bought in the show from the card that is shown', async () => {
  const { headers: { etag } } = await village.seller.get(`/shows/${village.show.id}`);
  const bag = [chain.id, set.id, ...village.products.map(({ id }) => id)];
  const changed = await village.seller.patch(`/shows/${village.show.id}`, { product_ids: bag }, etag);
  assert.equal(changed.status, 200);
  await pin(village, chain);
  ana.show = await ShowPage.open(ana.page, house.url, village.show);
  await ana.show.pinned.getByText(/^from CN¥150/).waitFor();
  await ana.show.pinned.getByRole('button', { name: 'Choose' }).click();
  await ana.show.sheet.getByRole('radio', { name: /50 cm.*Sold out/ }).waitFor();
  await ana.show.sheet.getByRole('radio', { name: /60 cm/ }).check();
  await ana.show.sheet.getByText('Silver chain · 60 cm').waitFor();
  await ana.show.sheet.getByText(/^Yours for$/).first().waitFor();
  assert.deepEqual(await looked(ana, 'dialog[open]'), []);
  await ana.show.sheet.getByRole('radio', { name: /45 cm/ }).check();
  await ana.show.sheet.getByText('Silver chain · 45 cm').waitFor();
  await ana.show.sheet.getByRole('radio', { name: /60 cm/ }).check();
  await ana.show.sheet.getByText(/^Yours for$/).first().waitFor();
  await ana.show.fillForm({ name: 'Ana', phone: '+52 473 732 0000' });
  await ana.show.confirmButton().click();
  await ana.show.sheet.getByRole('heading', { name: 'Yours! No. 1' }).waitFor();
  await ana.show.sheet.getByText('Silver chain · 60 cm').waitFor();
  await ana.show.sheet.getByRole('button', { name: 'Go on' }).click();
  const now = (await productsOf()).find(({ id }) => id === chain.id);
  assert.deepEqual(now.variants.map(({ stock }) => stock), [4, 2, 0], 'what was looked at before is not held');
});

test('a bundle is bought with what is in it', async () => {
  await pin(village, set);
  bo.show = await ShowPage.open(bo.page, house.url, village.show);
  await bo.show.pinned.getByText('Only 2 left').waitFor();
  await bo.show.tapBuy();
  await bo.show.sheet.getByRole('region', { name: 'What is in it' }).getByText('Drop earrings').waitFor();
  await bo.show.fillForm({ name: 'Bo', phone: '+52 473 732 0000' });
  await bo.show.confirmButton().click();
  await bo.show.sheet.getByRole('heading', { name: 'Yours! No. 2' }).waitFor();
  await bo.show.sheet.getByRole('button', { name: 'Go on' }).click();
  await bo.show.pinned.getByText('Only 1 left').waitFor();
});

test('of two who want the last piece, alone and in the bundle, one is told that it is sold out', async () => {
  await bo.show.tapBuy();
  await bo.show.sheet.getByText(/^Yours for$/).first().waitFor();
  await ana.page.getByRole('button', { name: /^Bag/ }).click();
  await ana.show.sheet.getByRole('button', { name: 'Choose: Silver chain' }).click();
  const last = ana.show.sheet.getByRole('radio', { name: /60 cm.*Sold out/ });
  await last.waitFor();
  await last.check();
  await ana.show.sheet.getByText('You would be no. 1 in line.').waitFor();
  await ana.show.sheet.getByRole('button', { name: 'Wait in line' }).click();
  await ana.show.sheet.getByRole('button', { name: 'Go on' }).click();
  await ana.page.getByText('No. 1 in line for Silver chain · 60 cm').waitFor();

  await bo.show.sheet.getByRole('button', { name: 'Close' }).click();
  const turn = ana.page.getByRole('region', { name: 'Your turn' });
  await turn.getByText('Your turn: Silver chain · 60 cm').waitFor();
  await bo.show.pinned.getByRole('button', { name: 'Wait in line' }).waitFor();
  await turn.getByRole('button', { name: 'Buy' }).click();
  await ana.show.sheet.getByText(/^Yours for$/).first().waitFor();
  await ana.show.confirmButton().click();
  await ana.show.sheet.getByRole('heading', { name: 'Yours! No. 3' }).waitFor();
  const [chainNow, setNow] = [chain, set].map(({ id }) => id).map((id) => village.seller.expect(200, 'GET', `/products/${id}`));
  assert.deepEqual((await chainNow).variants.map(({ stock }) => stock), [4, 0, 0]);
  assert.equal((await setNow).stock, 0);
});

test('nothing was said that does not fit the documents', async () => {
  for (const one of [mei, ana, bo]) assert.deepEqual(await one.faults(/409 \(Conflict\)/), []);
});
