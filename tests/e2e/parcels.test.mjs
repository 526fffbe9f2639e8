// From the tap to the parcel: shipping is known before it, a second order of the show joins the box, the seller packs
// and prints on a small phone, and the buyer follows it.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { kWorld, kZone, textOf } from '../lib/shipping.mjs';
import { kPhone } from './support/browser.mjs';
import { House } from './support/house.mjs';
import { ShowPage } from './support/show_page.mjs';
import { pin } from './support/village.mjs';

const kAddress = { 'Province': '浙江省', 'Town or city': '绍兴市', 'District': '诸暨市', 'Street and number': '中山路1号' };

let house, village, buyer, seller, show;

const settings = (method, path, body) => village.seller.expect(method === 'PUT' ? 200 : 201, method, `/shops/${village.shop.id}/shipping${path}`, body);

before(async () => {
  house = await House.open();
  village = house.village;
  await pin(village, village.necklace);
  await settings('PUT', '', { origin_country: 'CN', default_weight_g: 250, paper_language: 'en', sender_address: 'Lake Road 1' });
  await settings('POST', '/zones', { ...kZone, rates: [{ ...kZone.rates[0], free_from_minor: undefined }] });
  await settings('POST', '/zones', kWorld);
  await settings('PUT', '/carriers', { name: 'SF Express', tracking_template: 'https://sf.example/{number}' });
  buyer = await house.visitor({ viewport: kPhone });
  seller = await house.signedIn(village.seller, { viewport: kPhone });
});
after(() => house?.close());

test('the sheet asks for the address as the country writes it, and tells items, shipping and total before the tap', async () => {
  show = await ShowPage.open(buyer.page, house.url, village.show);
  await show.tapBuy();
  const { sheet } = show;
  await sheet.getByLabel('Country').selectOption('FR');
  await sheet.getByText('+CN¥160').waitFor();
  assert.equal(await sheet.getByLabel('Province').count(), 0, 'France has none');
  await sheet.getByLabel('Country').selectOption('CN');
  await sheet.getByText('+CN¥12').waitFor();
  await sheet.getByLabel('Name', { exact: true }).fill('李安娜');
  await sheet.getByLabel('Phone').fill('+86 138 0000 0000');
  await show.confirmButton().click();
  await sheet.getByText('Please fill this in.').first().waitFor();
  for (const [label, text] of Object.entries(kAddress)) await sheet.getByLabel(label, { exact: true }).fill(text);
  await sheet.getByRole('button', { name: 'Buy for CN¥311' }).click();
  await sheet.getByRole('heading', { name: 'Yours! No. 1' }).waitFor();
  await sheet.getByRole('button', { name: 'Go on' }).click();
});

test('another one adds nothing to the shipping: it goes into the parcel there is', async () => {
  await show.tapBuy();
  await show.sheet.getByText('Goes into the parcel you already have').waitFor();
  await show.sheet.getByText('+CN¥0').waitFor();
  await show.sheet.getByRole('button', { name: 'Buy for CN¥299' }).click();
  await show.sheet.getByRole('heading', { name: 'Yours! No. 2' }).waitFor();
  await show.sheet.getByRole('link', { name: 'See your order' }).click();
  await buyer.page.getByText('To be packed').waitFor();
});

test('the buyer changes the order until it is packed, and is asked again when shipping rises', async () => {
  const { page } = buyer;
  await page.getByRole('button', { name: 'Change the order' }).click();
  const sheet = page.getByRole('dialog');
  for (let i = 0; i < 3; i += 1) await sheet.getByRole('button', { name: 'One more' }).click();
  await sheet.getByRole('textbox').fill('For a gift');
  await sheet.getByRole('button', { name: 'Save for CN¥1,196' }).click();
  await sheet.getByText('It comes to CN¥1,202 now.').waitFor();
  await sheet.getByRole('button', { name: 'Save for CN¥1,202' }).click();
  await page.getByText('4 × CN¥299').waitFor();
  await page.getByText('Note: For a gift').waitFor();
});

test('the seller packs one box on a small phone and prints its slip', async () => {
  const { page } = seller;
  await page.goto(`${house.url}/studio/orders/parcels`);
  const box = page.getByRole('article', { name: 'Box 1' });
  await box.getByText('Order no. 1').waitFor();
  await box.getByText('Order no. 2').waitFor();
  await box.getByLabel('1 × Pearl necklace').check();
  await page.reload();
  assert.equal(await box.getByLabel('1 × Pearl necklace').isChecked(), true, 'what was ticked is remembered');
  await box.getByLabel('4 × Pearl necklace').check();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= kPhone.width, `the page is ${width} px wide`);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'New slips' }).click()]);
  const slip = textOf(await readFile(await download.path()));
  for (const words of ['Pearl necklace', '李安娜', '中山路1号', 'For a gift', '18.00', '1,513.00']) assert.ok(slip.includes(words), `${words} is not on\n${slip}`);
  await box.getByRole('button', { name: 'Packed' }).click();
});

test('the seller sets the tracking number, and the buyer follows the parcel', async () => {
  const box = seller.page.getByRole('article', { name: 'Box 1' });
  await box.getByRole('button', { name: 'Hand over' }).click();
  const sheet = seller.page.getByRole('dialog');
  assert.equal(await sheet.getByLabel('Carrier').inputValue(), 'SF Express');
  await sheet.getByLabel('Tracking number').fill('SF1234567890');
  await sheet.getByRole('button', { name: 'Hand over' }).click();
  await box.getByRole('link', { name: 'SF1234567890' }).waitFor();

  const { page } = buyer;
  await page.reload();
  await page.getByText('On its way').waitFor();
  await page.getByText('SF1234567890').waitFor();
  assert.equal(await page.getByRole('link', { name: 'Follow the parcel' }).getAttribute('href'), 'https://sf.example/SF1234567890');
  assert.equal(await page.getByRole('button', { name: 'Change the order' }).count(), 0);
});

test('the buyer gives a piece back, the seller accepts it and puts it on sale again', async () => {
  const { page } = buyer;
  await page.getByRole('button', { name: 'Give something back' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: 'Ask the shop' }).click();
  await sheet.getByText('Choose what you give back.').waitFor();
  await sheet.getByRole('button', { name: 'One more' }).click();
  await sheet.getByRole('button', { name: 'Ask the shop' }).click();
  await page.getByText('Asked', { exact: true }).waitFor();

  await seller.page.goto(`${house.url}/studio/orders/returns`);
  await seller.page.getByRole('button', { name: 'Accept' }).click();
  const stock = async () => (await village.seller.expect(200, 'GET', `/products/${village.necklace.id}`)).stock;
  const left = await stock();
  await seller.page.getByRole('button', { name: 'The goods are back' }).click();
  await seller.page.getByText('Back at the shop').waitFor();
  assert.equal(await stock(), left + 1);
  await page.reload();
  await page.getByText('Back at the shop').waitFor();
});

test('zones and pick-up points are set in the studio', async () => {
  const { page } = seller;
  await page.goto(`${house.url}/studio/orders/shipping`);
  await page.getByRole('button', { name: 'Add a zone' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: 'Save' }).click();
  await sheet.getByText('Please fill this in.').first().waitFor();
  await sheet.getByLabel('Name').fill('Mexico');
  await sheet.getByLabel('Countries').fill('mx');
  await sheet.getByLabel('Carrier').fill('EMS');
  await sheet.getByLabel('Price of a parcel (CNY)').fill('90');
  await sheet.getByRole('button', { name: 'Save' }).click();
  await page.getByText('EMS: CN¥90 up to 1,000 g').waitFor();
  await page.getByRole('button', { name: 'Add a pick-up point' }).click();
  await sheet.getByLabel('Name').fill('Pier');
  await sheet.getByLabel('Address').fill('Lake Road 1');
  await sheet.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Pier', { exact: true }).waitFor();
});

test('nothing was complained of in either page', async () => {
  assert.deepEqual(await buyer.faults(/409 \(Conflict\)/), []);
  assert.deepEqual(await seller.faults(), []);
});
