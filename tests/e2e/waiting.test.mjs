// Before a show: people wait on a phone and a wide window, the start is moved, it is late and says so, and the page goes live
// by itself. A shop is followed, a show comes again, and one is called off.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { kRoot } from '../lib/server.mjs';
import { kDesktop, kPhone } from './support/browser.mjs';
import { House } from './support/house.mjs';

const kShots = path.join(kRoot, 'build/screenshots');
const kLate = { en: 'A little late', zh: '稍有延迟', es: 'Un poco tarde', fr: 'Un peu de retard' };
/** What who waits reads, the button on the desk, and the title of its question. */
const kOff = {
  en: ['This show was called off', 'Call off the show', 'Call off the show?'], zh: ['这场直播已取消', '取消直播', '取消这场直播吗？'],
  es: ['Este show se canceló', 'Cancelar el show', '¿Cancelar el show?'], fr: ['Ce direct est annulé', 'Annuler le direct', 'Annuler le direct ?'],
};
const kHour_ms = 3_600_000;

let house, seller, shop, show, desk, waiting;
const isoIn = (ms) => new Date(Date.now() + ms).toISOString();
const widthOf = (page) => page.evaluate(() => document.documentElement.scrollWidth);
async function moveTo(starts_at) {
  const { headers } = await seller.get(`/shows/${show.id}`);
  assert.equal((await seller.patch(`/shows/${show.id}`, { starts_at }, headers.etag)).status, 200);
}

before(async () => {
  await mkdir(kShots, { recursive: true });
  house = await House.open();
  ({ seller, shop } = house.village);
  show = await seller.expect(201, 'POST', `/shops/${shop.id}/shows`, {
    title: 'Pearls of the evening', starts_at: isoIn(2 * kHour_ms), product_ids: house.village.products.map(({ id }) => id),
  });
  desk = await house.signedIn(seller, { viewport: kPhone });
  await desk.page.goto(`${house.url}/studio/shows/${show.id}`);
  waiting = [];
  for (const viewport of [kPhone, kDesktop]) {
    const one = await house.visitor({ viewport });
    await one.page.goto(`${house.url}/shows/${show.id}`);
    waiting.push(one);
  }
});
after(() => house?.close());

test('people see when it begins, and how many wait with them', async () => {
  for (const { page } of waiting) {
    await page.locator('[data-wait=counting]').getByText(/^1:\d\d:\d\d$/).waitFor();
    await page.locator('[data-wait]').getByText(/people are waiting/).waitFor();
    assert.ok(await widthOf(page) <= page.viewportSize().width);
  }
  await waiting[0].page.screenshot({ path: path.join(kShots, 'waiting-360.png') });
  await waiting[1].page.screenshot({ path: path.join(kShots, 'waiting-desktop.png') });
});

test('the host moves the start with a thumb, and all who wait are told at once', async () => {
  const { page } = desk;
  await page.getByRole('button', { name: 'Move the start' }).click();
  await page.screenshot({ path: path.join(kShots, 'waiting-move-360.png') });
  assert.ok(await widthOf(page) <= kPhone.width);
  await page.getByRole('dialog').getByRole('button', { name: '60 minutes later' }).click();
  await page.getByText('The start was moved', { exact: true }).waitFor();
  for (const one of waiting) {
    await one.page.getByText(/^The start was moved to /).waitFor();
    await one.page.locator('[data-wait=counting]').getByText(/^[23]:\d\d:\d\d$/).waitFor();
  }
});

test('a late show says so, in every language', async () => {
  await moveTo(isoIn(-4 * 60_000 - 5_000));
  for (const { page } of waiting) {
    await page.locator('[data-wait=late]').getByText('The show should have begun 4 minutes ago. The seller is late.').waitFor();
  }
  const { page } = waiting[0];
  for (const [language, title] of Object.entries(kLate)) {
    await page.evaluate((one) => localStorage.setItem('geili.language', one), language);
    await page.reload();
    await page.getByText(title).waitFor();
    await page.screenshot({ path: path.join(kShots, `waiting-late-${language}-360.png`) });
    assert.ok(await widthOf(page) <= kPhone.width, language);
  }
  await page.evaluate(() => localStorage.setItem('geili.language', 'en'));
  await page.reload();
  await page.getByText(kLate.en).waitFor();
});

test('a shop is followed with one tap and is among those of the first page', async () => {
  const { page } = await house.visitor({ viewport: kPhone });
  await page.goto(`${house.url}/shops/${shop.id}`);
  await page.getByRole('button', { name: 'Follow Lin Pearls' }).click();
  await page.getByRole('button', { name: /^Following Lin Pearls/, pressed: true }).waitFor();
  await page.screenshot({ path: path.join(kShots, 'follow-shop-360.png') });
  assert.ok(await widthOf(page) <= kPhone.width);
  await page.goto(`${house.url}/`);
  await page.getByRole('region', { name: 'Shops you follow' }).getByRole('link', { name: /Lin Pearls/ }).waitFor();
});

test('a show comes again on the days that are chosen', async () => {
  const { page } = desk;
  await page.getByRole('button', { name: 'Edit the show' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: 'Fri', exact: true }).click();
  await page.screenshot({ path: path.join(kShots, 'repeat-360.png') });
  assert.ok(await widthOf(page) <= kPhone.width);
  await sheet.getByRole('button', { name: 'Save' }).click();
  await sheet.waitFor({ state: 'hidden' });
  const { repeat } = await seller.expect(200, 'GET', `/shows/${show.id}`);
  assert.deepEqual(repeat.weekdays, ['fri']);
});

test('the page goes live by itself when the show begins', async () => {
  for (const { page } of waiting) await page.evaluate(() => { window.isSamePage = true; });
  await seller.expect(200, 'POST', `/shows/${show.id}/start`);
  for (const { page } of waiting) {
    await page.locator('header .badge-live').waitFor();
    await page.locator('[data-wait]').waitFor({ state: 'detached' });
    assert.equal(await page.evaluate(() => window.isSamePage), true, 'without a reload');
  }
  const next = (await seller.expect(200, 'GET', `/shows?shop_id=${shop.id}&status=scheduled`)).items;
  assert.deepEqual(next.map(({ title }) => title), ['Pearls of the evening'], 'the next one is planned');
});

test('the shop is followed beside its name while the show runs, and nothing moves', async () => {
  for (const { page } of waiting) {
    const spot = () => page.locator('header h1').boundingBox();
    const before = await spot();
    await page.getByRole('button', { name: 'Follow Lin Pearls' }).click();
    await page.getByRole('button', { name: 'Following Lin Pearls', pressed: true }).waitFor();
    assert.deepEqual(await spot(), before);
  }
  await waiting[0].page.screenshot({ path: path.join(kShots, 'follow-live-360.png') });
  await waiting[1].page.screenshot({ path: path.join(kShots, 'follow-live-desktop.png') });
});

async function speak(page, language) {
  await page.evaluate((one) => localStorage.setItem('geili.language', one), language);
  await page.reload();
}

test('the host calls a show off at the desk; who waits reads it at once, and the home page names it no more', async () => {
  const title = 'Pearls of the night';
  const planned = await seller.expect(201, 'POST', `/shops/${shop.id}/shows`, {
    title, starts_at: isoIn(2 * kHour_ms), product_ids: house.village.products.map(({ id }) => id),
  });
  const home = await house.visitor({ viewport: kPhone });
  await home.page.goto(`${house.url}/`);
  await home.page.getByRole('link', { name: new RegExp(title) }).waitFor();
  const { page: waiter } = waiting[0];
  await waiter.goto(`${house.url}/shows/${planned.id}`);
  await waiter.locator('[data-wait=counting]').waitFor();
  await waiter.evaluate(() => { window.isSamePage = true; });

  const { page } = desk;
  await page.goto(`${house.url}/studio/shows/${planned.id}`);
  for (const [language, [, button, question]] of Object.entries(kOff)) {
    await speak(page, language);
    await page.getByRole('button', { name: button, exact: true }).click();
    await page.getByRole('dialog', { name: question }).waitFor();
    await page.screenshot({ path: path.join(kShots, `call-off-${language}-360.png`) });
    assert.ok(await widthOf(page) <= kPhone.width, language);
  }
  await speak(page, 'en');
  await page.getByRole('button', { name: 'Call off the show' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Call off the show' }).click();
  await page.getByText('This show was called off. It is in no list any more.').waitFor();
  await page.getByText('Called off', { exact: true }).waitFor();
  for (const name of ['Go live', 'End the show', 'Call off the show', 'Edit the show', 'Move the start']) {
    assert.equal(await page.getByRole('button', { name }).count(), 0, name);
  }
  assert.equal(await page.locator(`a[href="/studio/shows/${planned.id}/camera"]`).count(), 0);
  assert.ok(await widthOf(page) <= kPhone.width);
  await page.screenshot({ path: path.join(kShots, 'called-off-desk-360.png') });

  await waiter.getByText(kOff.en[0], { exact: true }).waitFor();
  assert.equal(await waiter.evaluate(() => window.isSamePage), true, 'without a reload');
  assert.equal(await waiter.getByText('The show is over').count(), 0);
  for (const [language, [off]] of Object.entries(kOff)) {
    await speak(waiter, language);
    await waiter.getByText(off, { exact: true }).waitFor();
    await waiter.screenshot({ path: path.join(kShots, `called-off-${language}-360.png`) });
    assert.ok(await widthOf(waiter) <= kPhone.width, language);
  }
  await speak(waiter, 'en');
  await waiter.getByRole('link', { name: 'See the shop' }).click();
  await waiter.getByRole('heading', { name: 'Lin Pearls' }).waitFor();

  await home.page.reload();
  await home.page.locator('[aria-labelledby=home-live] a').first().waitFor();
  assert.equal(await home.page.getByText(title).count(), 0);
});
