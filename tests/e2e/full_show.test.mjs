// A whole show on phones of 360 px, as a village would have it: planned and waited for, live from a phone, something new
// listed, a deal, an auction, a draw, a chat that is kept safe, the helper's phone in the place of the host's, and after
// the end the report and the replay with its chapters.
//   GEILI_SHOTS=all: each moment is looked at in every language and both sizes, else in one of each in turn.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { join } from '../lib/house.mjs';
import { kept } from '../lib/recorded_show.mjs';
import { kRoot } from '../lib/server.mjs';
import { graveFaults, kAxe } from './support/axe.mjs';
import { kDesktop, kPhone } from './support/browser.mjs';
import { House } from './support/house.mjs';
import { draws, ShowPage } from './support/show_page.mjs';
import { pictureFile } from './support/village.mjs';

const kShots = path.join(kRoot, 'build/screenshots');

let house, seller, shop, show, camera, desk, helper, ana, bo;

const button = (page, name) => page.getByRole('button', { name, exact: true });
const region = (page, name) => page.getByRole('region', { name, exact: true });

const kViews = ['en-US', 'zh-CN', 'es-MX', 'fr-FR'].flatMap((locale) => [kDesktop, kPhone].map((viewport) => ({ locale, viewport })));
let turn = 0;

/** A picture of the page, which is no wider than its screen and without a grave fault. */
async function picture(page, name) {
  await page.waitForFunction(() => document.getAnimations()
    .every((one) => one.playState !== 'running' || one.effect?.getComputedTiming().endTime === Infinity));
  await page.screenshot({ path: path.join(kShots, `full-show-${name}.png`) });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= page.viewportSize().width, `${name} is too wide`);
  assert.deepEqual(await graveFaults(page), [], name);
}

/** The page as it is, and the same person's page in other languages and sizes. */
async function look({ page, context }, name, { isOnAir = false } = {}) {
  await picture(page, `${name}-360`);
  const views = process.env.GEILI_SHOTS === 'all' ? kViews : [kViews[(turn += 3) % kViews.length]];
  for (const { locale, viewport } of views) {
    const other = await house.visitor({ locale, viewport, cookies: await context.cookies() });
    await other.context.addInitScript(kAxe);
    await other.page.goto(page.url());
    await other.page.locator('h1, [data-wait], .uplot canvas').first().waitFor();
    await other.page.waitForLoadState('networkidle');
    if (isOnAir) await draws(other.page);
    await picture(other.page, `${name}-${locale}-${viewport.width}`);
    await other.context.close();
  }
}

async function phone(client) {
  const one = await (client ? house.signedIn(client, { viewport: kPhone }) : house.visitor({ viewport: kPhone }));
  await one.context.addInitScript(kAxe);
  return one;
}

async function enter(name) {
  const one = await phone();
  one.show = await ShowPage.open(one.page, house.url, show);
  await one.show.say(`Hello from ${name}`);
  await one.show.takeName(name);
  await one.show.hears(`Hello from ${name}`);
  return one;
}

const showTab = async ({ page }, name) => button(page, name).first().click();

before(async () => {
  await mkdir(kShots, { recursive: true });
  house = await House.open({ hasCamera: true });
  ({ seller, shop } = house.village);
  desk = await phone(seller);
  helper = await phone(await join(seller, { role: 'helper', name: 'Hua', shop_id: shop.id }));
});
after(() => house?.close());

test('the host plans a show, and buyers wait for it', async () => {
  const { page } = desk;
  await page.goto(`${house.url}/studio/shows`);
  await page.getByRole('button', { name: 'Plan a show' }).first().click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('Title').fill('The whole show');
  for (const { title } of house.village.products) await sheet.getByRole('button', { name: `Put ${title} in the bag` }).click();
  await sheet.getByRole('button', { name: 'Plan it' }).click();
  await page.getByText('The whole show').first().waitFor();
  const { items } = await seller.expect(200, 'GET', `/shows?shop_id=${shop.id}&status=scheduled`);
  show = items.find(({ title }) => title === 'The whole show');
  [ana, bo] = [await enter('Ana'), await enter('Bo')];
  await ana.page.locator('[data-wait]').waitFor();
  assert.equal((await ana.page.request.get(`${house.url}/api/v1/shows/${show.id}/calendar.ics`)).status(), 200);
  await look(ana, 'waiting');
});

test('it goes live from a phone, and the page of who waits goes live by itself', async () => {
  camera = await phone(seller);
  await camera.page.goto(`${house.url}/studio/shows/${show.id}/camera`);
  await draws(camera.page);
  await button(camera.page, 'Go live').click();
  await camera.page.getByText('LIVE', { exact: true }).waitFor();
  await draws(ana.page);
  for (const one of [desk, helper]) await one.page.goto(`${house.url}/studio/shows/${show.id}`);
});

test('something new is listed in the middle of it', async () => {
  await button(desk.page, 'New product').click();
  const sheet = desk.page.getByRole('dialog');
  await sheet.locator('input[type=file][capture]').setInputFiles(pictureFile('earrings-drop'));
  await sheet.getByLabel('Title').fill('Lake pearls');
  await sheet.getByLabel('Price in CNY').fill('120');
  await sheet.getByLabel('Weight in grams').fill('80');
  await sheet.getByRole('button', { name: 'List it now' }).click();
  await ana.show.pinned.getByText('Lake pearls').waitFor();
  await sheet.waitFor({ state: 'hidden' });
});

test('a deal is bought at its price', async () => {
  await desk.page.getByRole('button', { name: 'Deal on Pearl necklace', exact: true }).click();
  await desk.page.getByRole('dialog').getByRole('button', { name: 'Start: CN¥239' }).click();
  await seller.expect(200, 'PUT', `/shows/${show.id}/pin`, { product_id: house.village.necklace.id });
  await ana.show.pinned.locator('.price', { hasText: 'CN¥239' }).waitFor();
  await look(ana, 'deal', { isOnAir: true });
  await ana.show.pinned.getByRole('button', { name: 'Buy' }).click();
  await ana.show.sheet.getByText('Yours for').waitFor();
  await ana.show.fillForm({ name: 'Ana', phone: '+86 138 0000 0000' });
  await ana.show.sheet.getByRole('button', { name: 'Buy for CN¥239' }).click();
  await ana.show.sheet.getByRole('heading', { name: 'Bought' }).waitFor();
  await ana.show.sheet.getByRole('button', { name: 'Close' }).first().click();
});

async function bid({ page }, price) {
  await region(page, 'Auction').getByRole('button', { name: price }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^Bid / }).click();
  await region(page, 'Auction').locator('.row').getByText('You lead').waitFor();
}

test('an auction is won by the highest bid', async () => {
  await button(desk.page, 'Begin an auction').click();
  const sheet = desk.page.getByRole('dialog');
  await sheet.getByLabel('Starting price').fill('50');
  await sheet.getByLabel('Step').fill('10');
  await sheet.getByRole('button', { name: '5 min' }).click();
  await sheet.getByRole('button', { name: 'Begin', exact: true }).click();
  await bid(ana, /50/);
  await bid(bo, /60/);
  await look(ana, 'auction', { isOnAir: true });
  await desk.page.getByText('2 bids').waitFor();
  await button(desk.page, 'Sell now').click();
  await region(bo.page, 'Auction').getByRole('button', { name: 'Order it now' }).click();
  await bo.show.fillForm({ name: 'Bo', phone: '+86 138 0000 0001' });
  await bo.show.sheet.getByRole('button', { name: 'Buy for CN¥60' }).click();
  await bo.show.sheet.getByRole('heading', { name: 'Bought' }).waitFor();
  await bo.show.sheet.getByRole('button', { name: 'Close' }).first().click();
});

test('a draw has a winner', async () => {
  await button(desk.page, 'Begin a lucky draw').click();
  const sheet = desk.page.getByRole('dialog');
  await sheet.getByRole('button', { name: '10 minutes' }).click();
  await sheet.getByRole('button', { name: 'Begin', exact: true }).click();
  for (const one of [ana, bo]) {
    await region(one.page, 'Lucky draw').getByRole('button', { name: 'I want to be in it' }).click();
    await region(one.page, 'Lucky draw').getByText(/^You are in it/).waitFor();
  }
  await button(desk.page, 'Draw now').click();
  await region(ana.page, 'Lucky draw').getByText(/^Won by (Ana|Bo), no\. [12]$/).waitFor();
  await look(ana, 'draw', { isOnAir: true });
});

test('the helper keeps the chat safe', async () => {
  await bo.show.say('Cheaper at my shop');
  await showTab(helper, 'Chat');
  await helper.page.getByRole('button', { name: 'Silence Bo: Cheaper at my shop' }).click();
  const sheet = helper.page.getByRole('dialog');
  await sheet.getByRole('button', { name: '10 minutes', exact: true }).click();
  await sheet.waitFor({ state: 'hidden' });
  await bo.show.say('Much cheaper');
  await bo.page.getByText('The host asked you to pause.').first().waitFor();
  await look(helper, 'safe-chat');
});

test('the host’s phone dies, and the helper’s goes on for the same viewers', async () => {
  const asked = [];
  ana.page.on('request', (request) => /\/whep$|index\.m3u8$/.test(request.url()) && asked.push(request.url()));
  await camera.context.close();
  await helper.page.getByRole('link', { name: 'Go on with this phone' }).click();
  await button(helper.page, 'Go on with this phone').click();
  await helper.page.getByText('LIVE', { exact: true }).waitFor();
  await ana.page.waitForFunction(() => document.querySelector('.stage canvas').hidden);
  await draws(ana.page, 60);
  assert.deepEqual(asked, [], 'nobody joins anew');
  const { duration_ms } = await kept(seller, show.id, 1000);
  await seller.expect(200, 'PUT', `/shows/${show.id}/pin`, { product_id: house.village.products[1].id });
  await kept(seller, show.id, duration_ms + 3000);
});

test('the host ends it, and reads how it went', async () => {
  await button(desk.page, 'End the show').click();
  await desk.page.getByRole('dialog').getByRole('button', { name: 'End the show' }).click();
  await desk.page.getByRole('link', { name: 'How it went' }).click();
  await desk.page.locator('.uplot canvas').waitFor();
  const report = await seller.expect(200, 'GET', `/shows/${show.id}/report`);
  assert.deepEqual([report.orders, report.takings_minor], [2, 23900 + 6000]);
  await look(desk, 'report');
});

test('who was there watches it again, by its chapters', async () => {
  await button(ana.page, 'Watch again').click();
  await ana.page.getByRole('heading', { name: 'What was shown' }).waitFor();
  await ana.page.getByRole('button', { name: /^Pearl necklace/ }).first().waitFor();
  await ana.page.getByRole('button', { name: /^Drop earrings/ }).first().waitFor();
  await look(ana, 'replay');
});
