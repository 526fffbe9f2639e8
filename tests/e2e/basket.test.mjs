// A basket: goods of two shops in one show, held while the buyer looks on, and bought together on a small phone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buy, join, newDevice, newProduct } from '../lib/house.mjs';
import { until } from '../lib/until.mjs';
import { graveFaults, kAxe } from './support/axe.mjs';
import { kPhone } from './support/browser.mjs';
import { House } from './support/house.mjs';
import { ShowPage } from './support/show_page.mjs';
import { pin } from './support/village.mjs';

// Refusals that are meant, the answer that is lost on its way, and the recording of a show without a picture.
const kMeant = /409 \(Conflict\)|ERR_FAILED|404 \(Not Found\) \(\S+\/recording/;
const kMortar = { title: 'Stone mortar', price: { minor: 45000, currency: 'MXN' }, stock: 1 };

let house, village, earrings, stranger, otherShop, mortar, manager, host, buyer, show;

before(async () => {
  house = await House.open();
  village = house.village;
  earrings = village.products[1];
  stranger = await join(village.seller, { role: 'seller', name: 'Tomas', shop: { name: 'Molcajetes', currency: 'MXN' } });
  [otherShop] = (await stranger.expect(200, 'GET', '/session')).shops;
  mortar = await newProduct(stranger, otherShop.id, kMortar);
  manager = await join(village.seller, { role: 'manager', name: 'Hua' });
  host = await house.signedIn(manager, { viewport: kPhone });
  buyer = await house.visitor({ viewport: kPhone });
  for (const { context } of [host, buyer]) await context.addInitScript(kAxe);
  await host.context.addInitScript((id) => localStorage.setItem('geili.studio.shop', id), village.shop.id);
});
after(() => house?.close());

/** What moves once has come to rest. */
const rested = (page) => page.waitForFunction(() => document.getAnimations()
  .every((one) => one.playState !== 'running' || one.effect?.getComputedTiming().endTime === Infinity));

/** In both colours; and nothing is wider than the phone. */
async function looked({ page }, part) {
  const faults = [];
  for (const colorScheme of ['dark', 'light']) {
    await page.emulateMedia({ colorScheme });
    await rested(page);
    faults.push(...await graveFaults(page, part));
  }
  const width = await page.evaluate(() => document.querySelector('dialog[open]').scrollWidth);
  if (width > kPhone.width) faults.push(`it is ${width} px wide`);
  return faults;
}

const shopOf = (name) => show.sheet.getByRole('region', { name });
const lineOf = (title) => show.sheet.getByRole('listitem').filter({ hasText: title });
const basketButton = (count) => buyer.page.getByRole('button', { name: new RegExp(`^Basket: ${count} `) });
const holdsNow = () => buyer.page.evaluate(async () => (await (await fetch('/api/v1/device/holds')).json()).holds);
const heldOf = async (product) => (await holdsNow()).find(({ product_id }) => product_id === product.id);
const ordersOf = async (seller, { id }) => (await seller.expect(200, 'GET', `/shops/${id}/orders?show_id=${show.id}`)).items;

async function put(title) {
  await buyer.page.getByRole('button', { name: /^Bag \(/ }).click();
  await show.sheet.getByRole('button', { name: `Buy: ${title}` }).click();
  await show.sheet.getByRole('button', { name: 'Add to basket' }).click();
  await show.sheet.waitFor({ state: 'detached' });
}

test('a manager puts goods of two shops into one show', async () => {
  const { page } = host;
  await page.goto(`${house.url}/studio/shows`);
  await page.getByRole('button', { name: 'Plan a show' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('Title').fill('Stone and pearls');
  for (const title of ['Pearl necklace', 'Drop earrings']) await sheet.getByRole('button', { name: `Put ${title} in the bag` }).click();
  await sheet.getByText('Molcajetes', { exact: true }).click();
  await sheet.getByRole('button', { name: 'Put Stone mortar in the bag' }).click();
  const chosen = sheet.getByRole('listitem').filter({ hasText: '3. Stone mortar' });
  await chosen.getByText('Molcajetes').waitFor();
  assert.deepEqual(await looked(host, 'dialog[open]'), []);
  await sheet.getByRole('button', { name: 'Plan it' }).click();
  await page.getByText('With goods of Molcajetes').waitFor();
  const id = new URL(page.url()).pathname.split('/').at(-1);
  await manager.expect(200, 'POST', `/shows/${id}/start`);
  await pin({ seller: manager, show: { id } }, village.necklace);
  show = Object.assign(await ShowPage.open(buyer.page, house.url, { id }), { id });
});

test('what is held goes into the basket, and nothing on the page moves', async () => {
  await show.pinned.waitFor();
  const spots = async () => {
    await rested(buyer.page);
    return Promise.all([show.pinned, show.talk, buyer.page.getByPlaceholder('Say something…')].map((one) => one.boundingBox()));
  };
  const before = await spots();
  await put('Pearl necklace');
  await basketButton(1).waitFor();
  assert.deepEqual(await spots(), before);
  await put('Drop earrings');
  await put('Stone mortar');
  await basketButton(3).waitFor();
  assert.deepEqual((await holdsNow()).map(({ product_id, quantity, show_id }) => [product_id, quantity, show_id]),
    [village.necklace, earrings, mortar].map(({ id }) => [id, 1, show.id]));
});

test('the sheet has the lines by shop, each with its clock, and a sum for each currency', async () => {
  await basketButton(3).click();
  await shopOf('Lin Pearls').getByText('Drop earrings').waitFor();
  await shopOf('Molcajetes').getByText('Stone mortar').waitFor();
  assert.equal(await show.sheet.getByRole('timer').count(), 3);
  await lineOf('Drop earrings').getByRole('button', { name: 'One more' }).click();
  await show.sheet.getByRole('button', { name: 'Buy all for CN¥475 + MX$450' }).waitFor();
  assert.deepEqual(await looked(buyer, 'dialog[open]'), []);
  while ((await heldOf(earrings))?.quantity !== 2) await buyer.page.waitForResponse(/device\/holds/);
});

test('another tab of the browser sees at once what is done to the basket', async () => {
  const tab = await buyer.context.newPage();
  const button = (count) => tab.getByRole('button', { name: new RegExp(`^Basket: ${count} `) });
  const line = (title) => tab.getByRole('dialog').getByRole('listitem').filter({ hasText: title });
  await tab.goto(`${house.url}/shows/${show.id}`);
  await button(3).click();
  await line('Drop earrings').getByRole('timer').waitFor();
  await lineOf('Drop earrings').getByRole('button', { name: 'One more' }).click();
  await line('Drop earrings').getByText('3 × CN¥88').waitFor();
  await line('Drop earrings').getByRole('button', { name: 'One fewer' }).click();
  await lineOf('Drop earrings').getByText('2 × CN¥88').waitFor();
  await until('the hold', async () => (await heldOf(earrings))?.quantity === 2);
  // Taken out there it is gone here, too, and comes back with what is held here.
  await line('Drop earrings').getByRole('button', { name: 'Remove Drop earrings' }).click();
  await lineOf('Drop earrings').waitFor({ state: 'detached' });
  await basketButton(2).waitFor();
  await until('the hold to go', async () => (await heldOf(earrings)) === undefined);
  await tab.close();
  await buyer.page.keyboard.press('Escape');
  await put('Drop earrings');
  await basketButton(3).click();
  await lineOf('Drop earrings').getByRole('button', { name: 'One more' }).click();
  await until('the hold', async () => (await heldOf(earrings))?.quantity === 2);
});

test('a product that lies in the basket is held once: buying it opens the basket', async () => {
  await buyer.page.keyboard.press('Escape');
  await show.tapBuy();
  await show.sheet.getByRole('heading', { name: 'Your basket' }).waitFor();
  assert.equal((await holdsNow()).length, 3);
});

test('a reload keeps the basket, and so does leaving the show', async () => {
  await buyer.page.goto(house.url);
  await basketButton(3).click();
  await lineOf('Drop earrings').getByRole('timer').waitFor();
  await buyer.page.goto(`${house.url}/shows/${show.id}`);
  await buyer.page.reload();
  await show.connected();
  await basketButton(3).click();
  await lineOf('Stone mortar').getByRole('timer').waitFor();
  await lineOf('Drop earrings').getByText('2 × CN¥88').waitFor();
});

test('somebody else took the last one: its line says so, and the rest is kept', async () => {
  const { id } = await heldOf(mortar);
  await buyer.page.evaluate((claim) => fetch(`/api/v1/device/holds/${claim}`, { method: 'DELETE' }), id);
  const other = await newDevice(house.url, 'Bo');
  const sold = await buy(other, { shop_id: otherShop.id, show_id: show.id, lines: [{ product_id: mortar.id, quantity: 1 }], fulfilment: 'delivery',
    buyer: { name: 'Bo', phone: '+52 473 732 0000', address: 'Calle Uno 1', country: 'MX' }, expected_total: mortar.price });
  assert.equal(sold.status, 201);

  const { sheet } = show;
  await sheet.getByRole('button', { name: /^Buy all for/ }).click();
  await sheet.getByText('Please fill this in.').first().waitFor();
  await sheet.getByLabel('Name', { exact: true }).fill('Ana');
  await sheet.getByLabel('Phone').fill('+52 473 100 2000');
  await sheet.getByLabel('Country').selectOption('FR');
  await sheet.getByLabel('Street and number').fill('1 rue du Lac');
  await sheet.getByLabel('Postal code').fill('74000');
  await sheet.getByLabel('Town or city', { exact: true }).fill('Annecy');
  await sheet.getByRole('button', { name: 'Buy all for CN¥475 + MX$450' }).click();
  await lineOf('Stone mortar').getByText('the rest is still in your basket').waitFor();
  await lineOf('Stone mortar').getByText('It is not in the total.').waitFor();
  await lineOf('Drop earrings').getByRole('timer').waitFor();
  await sheet.getByRole('button', { name: 'Buy all for CN¥475' }).waitFor();
  assert.deepEqual(await looked(buyer, 'dialog[open]'), []);
  assert.equal((await ordersOf(village.seller, village.shop)).length, 0, 'nothing was ordered');
  await sheet.getByRole('button', { name: 'Remove Stone mortar' }).click();
  await basketButton(2).waitFor();
});

test('a new price is told before the buyer is asked again', async () => {
  const { version } = await village.seller.expect(200, 'GET', `/products/${earrings.id}`);
  await village.seller.expect(200, 'PATCH', `/products/${earrings.id}`, { price: { minor: 9000, currency: 'CNY' } }, { headers: { 'if-match': `"${version}"` } });
  await show.sheet.getByRole('button', { name: 'Buy all for CN¥475' }).click();
  await shopOf('Lin Pearls').getByText('The price has just changed from CN¥475 to CN¥479.').waitFor();
  await lineOf('Drop earrings').getByText('was CN¥88').waitFor();
  await show.sheet.getByRole('button', { name: 'Buy all for CN¥479' }).waitFor();
  await buyer.page.keyboard.press('Escape');
});

test('all is bought with one tap and one key, even when an answer is lost on its way', async () => {
  await stranger.expect(200, 'POST', `/products/${mortar.id}/stock-changes`, { change: 1 });
  await put('Stone mortar');
  const keys = [];
  await buyer.page.route('**/api/v1/baskets', async (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    if (keys.length > 1) return route.continue();
    await route.fetch();
    return route.abort();
  });
  await basketButton(3).click();
  await show.sheet.getByText('1 rue du Lac').waitFor();
  await show.sheet.getByRole('button', { name: 'Buy all for CN¥479 + MX$450' }).click();
  await show.sheet.getByRole('heading', { name: 'Yours! 2 orders' }).waitFor();
  assert.deepEqual(await looked(buyer, 'dialog[open]'), []);
  assert.equal(keys.length, 2);
  assert.equal(keys[0], keys[1]);
  const [ofPearls] = await ordersOf(village.seller, village.shop);
  assert.deepEqual(ofPearls.lines.map(({ title, quantity }) => [title, quantity]), [['Pearl necklace', 1], ['Drop earrings', 2]]);
  assert.equal((await ordersOf(stranger, otherShop)).length, 2, "the other buyer's and this one's");
  assert.equal(await basketButton(3).count(), 0, 'the basket is empty');
  await show.sheet.getByRole('link', { name: 'See your order: Molcajetes' }).click();
  await buyer.page.getByText('Stone mortar').first().waitFor();
  await buyer.page.goto(`${house.url}/orders`);
  await buyer.page.getByText('Pearl necklace, Drop earrings').waitFor();
});

test('when the time of a line is over it says so, and holds again when it is asked', async () => {
  const cai = await house.visitor({ viewport: kPhone });
  cai.show = await ShowPage.open(cai.page, house.url, show);
  await cai.page.clock.install();
  await cai.page.reload();
  await cai.show.connected();
  await cai.show.tapBuy();
  await cai.show.sheet.getByRole('button', { name: 'Add to basket' }).click();
  await cai.page.getByRole('button', { name: 'Basket: 1 product' }).click();
  await cai.show.sheet.getByRole('timer').waitFor();
  await cai.page.clock.fastForward('03:02');
  await cai.show.sheet.getByText('Its time is over.').waitFor();
  await cai.show.sheet.getByRole('button', { name: 'Hold it again' }).click();
  await cai.show.sheet.getByRole('timer').waitFor();
  await cai.show.sheet.getByRole('button', { name: 'Remove Pearl necklace' }).click();
  await cai.show.sheet.getByText('Your basket is empty.').waitFor();
});

test('at the end it is told what each shop has earned', async () => {
  await manager.expect(200, 'POST', `/shows/${show.id}/end`);
  await host.page.reload();
  await host.page.getByText('Lin Pearls earned CN¥0').waitFor();
  await host.page.getByText('Molcajetes earned MX$0').waitFor();
});

test('nothing was complained of in any page', async () => {
  for (const one of house.visitors) assert.deepEqual(await one.faults(kMeant), []);
});
