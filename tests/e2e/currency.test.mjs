// About what prices are in the buyer's currency: chosen once, told wherever a price is, charged nowhere. And the page
// where the rates are kept. What was seen is kept in build/screenshots/ to be looked at.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { join } from '../lib/house.mjs';
import { kRoot } from '../lib/server.mjs';
import { graveFaults, kAxe } from './support/axe.mjs';
import { kDesktop, kPhone } from './support/browser.mjs';
import { House } from './support/house.mjs';
import { ShowPage } from './support/show_page.mjs';
import { pin } from './support/village.mjs';

const kShots = path.join(kRoot, 'build/screenshots');
const kDay_ms = 86_400_000;
const daysAgo = (days) => new Date(Date.now() - days * kDay_ms).toISOString().slice(0, 10);
const kRates = [['EUR', 'CNY', '8.2079', 2], ['EUR', 'MXN', '21.2402', 1], ['EUR', 'JPY', '181.02', 9]];
// 299.00 CNY by way of the euro.
const kNecklace = 'MX$773.74';
const kLocales = { en: 'en', zh: 'zh-Hans', es: 'es-MX', fr: 'fr' };
// The recording of a show without a picture, and who is not signed in.
const kMeant = /404 \(Not Found\) \(\S+\/recording|422 \(Unprocessable Content\) \(\S+\/exchange-rates/;

let house, village, buyer, manager;

before(async () => {
  await mkdir(kShots, { recursive: true });
  house = await House.open();
  village = house.village;
  await pin(village, village.necklace);
  buyer = await house.visitor({ viewport: kPhone });
  await buyer.context.addInitScript(kAxe);
  await buyer.context.addInitScript(() => {
    window.shifted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
});
after(() => house?.close());

const record = (rates) => village.seller.expect(200, 'POST', '/exchange-rates', { source: 'ECB',
  rates: rates.map(([base, quote, rate, days]) => ({ base, quote, rate, date: daysAgo(days) })) });
const choice = (page) => page.getByLabel('Show prices also in');
const note = (page) => page.locator('[data-about-note]:visible');
const productPage = () => `${house.url}/products/${village.necklace.id}`;
const sayDay = (days, tag = 'en') => new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${daysAgo(days)}T00:00:00Z`));

/** What axe finds once all that moves has come to rest. */
async function graveIn(page, part) {
  await page.waitForFunction(() => document.getAnimations()
    .every((one) => one.playState !== 'running' || one.effect?.getComputedTiming().endTime === Infinity));
  return graveFaults(page, part);
}

/** What moved by itself since the page began. */
const shifted = (page) => page.evaluate(() => window.shifted);

// Somebody else: what a browser was told it believes for five minutes.
test('without rates no currency is offered', async () => {
  const { page } = await house.visitor({ viewport: kPhone });
  const listed = page.waitForResponse(/\/currencies/);
  await page.goto(productPage());
  await page.getByText('CN¥299').waitFor();
  await listed;
  await choice(page).waitFor({ state: 'detached' });
  assert.equal(await page.getByText('≈').count(), 0);
});

test('a buyer chooses a currency beside the language, and sees about what the price is and by which rates', async () => {
  await record(kRates);
  const { page } = buyer;
  await page.goto(productPage());
  await choice(page).selectOption('MXN');
  await page.getByText(kNecklace).waitFor();
  await note(page).waitFor();
  assert.equal(await note(page).textContent(),
    `About, by the rate of ${sayDay(2)} and ${sayDay(1)} from ECB. You are charged in CNY.`);
  // The price itself is as it was.
  await page.getByText('CN¥299').waitFor();
});

test('a screen reader hears "about" and no sign', async () => {
  const heard = await buyer.page.getByRole('article').ariaSnapshot();
  assert.match(heard, /about MX\$773\.74/);
  assert.doesNotMatch(heard, /≈/);
});

test('it is remembered on the device, and nothing moves that would not move without it', async () => {
  const { page } = buyer;
  const whole = () => page.getByText('Forty-two freshwater pearls').waitFor();
  await choice(page).selectOption('');
  await page.reload();
  await whole();
  const alone = await shifted(page);
  await choice(page).selectOption('MXN');
  await page.getByText(kNecklace).waitFor();
  const told = page.waitForResponse(/exchange-rates/);
  await page.reload();
  await told;
  await page.getByText(kNecklace).waitFor();
  assert.equal(await choice(page).inputValue(), 'MXN');
  await whole();
  const more = (await shifted(page)) - alone;
  assert.ok(more < 0.01, `moved by ${more} more`);
});

test('the shop, the pinned product and the bag tell it as well', async () => {
  const { page } = buyer;
  await page.goto(`${house.url}/shops/${village.shop.id}`);
  await page.getByText('MX$227.72').waitFor();
  await note(page).waitFor();
  const show = await ShowPage.open(page, house.url, village.show);
  await show.pinned.getByText(kNecklace).waitFor();
  await page.getByRole('button', { name: /^Bag \(/ }).click();
  await show.sheet.getByText('MX$134.56').waitFor();
  await note(page).filter({ hasText: 'You are charged in CNY.' }).waitFor();
  assert.deepEqual(await graveIn(page, 'dialog[open]'), []);
  await page.screenshot({ path: path.join(kShots, 'currency-bag-360.png') });
});

test('who comes to a show chooses in its bag, where no header is', async () => {
  const { page } = buyer;
  const { sheet } = new ShowPage(page);
  await sheet.getByLabel('Show prices also in').selectOption('');
  await sheet.getByText('MX$134.56').waitFor({ state: 'detached' });
  await sheet.getByLabel('Show prices also in').selectOption('MXN');
  await sheet.getByText('MX$134.56').waitFor();
});

test('what is bought is charged in the currency of the shop, and the order says so', async () => {
  const { page } = buyer;
  const { sheet } = new ShowPage(page);
  await sheet.getByRole('button', { name: 'Buy: Pearl necklace' }).click();
  await sheet.getByText('Total').waitFor();
  await sheet.getByLabel(/Pick up/).check();
  await sheet.getByLabel('Name').fill('Ana');
  await sheet.getByLabel('Phone').fill('+52 473 100 2000');
  // The price of one, the goods and the total.
  await page.waitForFunction((text) => [...document.querySelectorAll('dialog[open] .about')].filter((one) => one.textContent.includes(text)).length >= 3, kNecklace);
  await note(page).filter({ hasText: 'You are charged in CNY.' }).waitFor();
  assert.deepEqual(await graveIn(page, 'dialog[open]'), []);
  await page.screenshot({ path: path.join(kShots, 'currency-buy-360.png') });
  const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/orders'));
  await sheet.getByRole('button', { name: 'Buy for CN¥299' }).click();
  assert.deepEqual((await sent).postDataJSON().expected_total, { minor: 29900, currency: 'CNY' });
  assert.doesNotMatch((await sent).postData(), /MXN/);
  await sheet.getByRole('link', { name: /order/i }).first().click();
  await page.getByRole('heading', { name: 'Order no. 1' }).waitFor();
  await page.getByText(kNecklace).waitFor();
  await note(page).filter({ hasText: 'You are charged in CNY.' }).waitFor();
  assert.deepEqual(await graveIn(page), []);
  await page.screenshot({ path: path.join(kShots, 'currency-order-360.png'), fullPage: true });
  const [order] = (await village.seller.expect(200, 'GET', `/shops/${village.shop.id}/orders`)).items;
  assert.deepEqual(order.total, { minor: 29900, currency: 'CNY' });
});

test('a basket tells its lines and its sum in both', async () => {
  const { page } = buyer;
  const show = await ShowPage.open(page, house.url, village.show);
  await page.getByRole('button', { name: /^Bag \(/ }).click();
  await show.sheet.getByRole('button', { name: 'Buy: Drop earrings' }).click();
  await show.sheet.getByRole('button', { name: 'Add to basket' }).click();
  await page.getByRole('button', { name: /^Basket: 1 / }).click();
  await show.sheet.getByRole('heading', { name: 'Your basket' }).waitFor();
  const line = show.sheet.getByRole('listitem').filter({ hasText: 'Drop earrings' });
  await line.getByText('MX$227.72').waitFor();
  await line.getByRole('button', { name: 'One more' }).click();
  await line.getByText(/MX\$455\.4\d/).waitFor();
  await line.getByRole('button', { name: 'One fewer' }).click();
  await line.getByText('MX$227.72').waitFor();
  assert.equal(await show.sheet.getByText('MX$227.72').count(), 2, 'and the sum');
  await note(page).filter({ hasText: 'You are charged in CNY.' }).waitFor();
  assert.deepEqual(await graveIn(page, 'dialog[open]'), []);
  await page.screenshot({ path: path.join(kShots, 'currency-basket-360.png') });
});

test('an old rate is told as such, and a currency nobody tells of any more is let go', async () => {
  const { page } = buyer;
  await page.goto(productPage());
  await choice(page).selectOption('MXN');
  await page.getByText(kNecklace).waitFor();
  // From one to another without a reload.
  await choice(page).selectOption('JPY');
  await page.getByText('¥6,594').waitFor();
  await note(page).filter({ hasText: 'by an old rate' }).waitFor();
  await page.evaluate(() => localStorage.setItem('geili.currency', 'SEK'));
  const listed = page.waitForResponse(/\/currencies/);
  await page.reload();
  await listed;
  await page.getByText('CN¥299').waitFor();
  await page.waitForFunction(() => !document.querySelector('.about.number'));
  assert.equal(await choice(page).inputValue(), '');
});

test('without an answer what was kept stands for a day; without that the price stands alone, and the page says so', async () => {
  const { page, context } = buyer;
  await page.evaluate(() => localStorage.setItem('geili.currency', 'MXN'));
  await context.route(/exchange-rates/, (route) => route.abort());
  await page.reload();
  await page.getByText(kNecklace).waitFor();
  await page.evaluate(() => {
    const kept = JSON.parse(localStorage.getItem('geili.currency_ways'));
    for (const one of Object.values(kept)) one.kept_at_ms -= 24 * 3600 * 1000;
    localStorage.setItem('geili.currency_ways', JSON.stringify(kept));
  });
  await page.reload();
  await note(page).filter({ hasText: 'is not known now' }).waitFor();
  assert.equal(await page.getByText('≈', { exact: true }).count(), 0);
  await context.unroute(/exchange-rates/);
});

for (const viewport of [kPhone, kDesktop]) {
  test(`in four languages, light and dark, at ${viewport.width} px`, async () => {
    const one = await house.visitor({ viewport });
    await one.context.addInitScript(kAxe);
    const { page } = one;
    await page.goto(productPage());
    const faults = [];
    // Without a choice, and as somebody who also sells: the header has most in it.
    await page.evaluate(() => localStorage.setItem('geili.signed_in', '1'));
    await page.reload();
    await page.getByRole('link', { name: 'Studio' }).first().waitFor();
    await page.screenshot({ path: path.join(kShots, `currency-none-${viewport.width}.png`) });
    if (await page.evaluate(() => document.documentElement.scrollWidth) > viewport.width) faults.push('too wide without a choice');
    for (const [language, tag] of Object.entries(kLocales)) {
      await page.evaluate((code) => { localStorage.setItem('geili.language', code); localStorage.setItem('geili.currency', 'MXN'); }, language);
      await page.reload();
      await note(page).filter({ hasText: 'CNY' }).waitFor();
      const shown = await page.locator('.about.number').first().textContent();
      const expected = new Intl.NumberFormat(tag, { style: 'currency', currency: 'MXN' }).format(773.74);
      if (!shown.includes(expected)) faults.push(`${language}: ${shown} and not ${expected}`);
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: path.join(kShots, `currency-product-${language}-${viewport.width}-${colorScheme}.png`) });
        faults.push(...(await graveIn(page)).map((fault) => `${language} ${colorScheme}: ${fault}`));
      }
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > viewport.width) faults.push(`${language}: ${width} px wide`);
    }
    assert.deepEqual(faults, []);
    assert.deepEqual(await one.faults(kMeant), []);
  });
}

test('a manager records a rate by hand, once it fits', async () => {
  manager = await house.signedIn(await join(village.seller, { role: 'manager', name: 'Hua' }), { viewport: kPhone });
  await manager.context.addInitScript(kAxe);
  const { page } = manager;
  await page.goto(`${house.url}/studio/rates`);
  await page.getByText('1 EUR = 21.2402 MXN').waitFor();
  const record = page.getByRole('button', { name: 'Record' });
  await record.click();
  const invalid = () => page.locator('[aria-invalid="true"]').evaluateAll((all) => all.map((one) => one.labels[0].textContent));
  await page.getByText('Say who gives this rate').waitFor();
  assert.deepEqual(await invalid(), ['One unit of', 'costs so many of', 'Rate', 'Who says so']);
  assert.equal(await page.evaluate(() => document.activeElement.labels[0].textContent), 'One unit of');
  await page.getByLabel('One unit of').fill('usd');
  await page.getByLabel('costs so many of').fill('usd');
  await page.getByLabel('Rate', { exact: true }).fill('7,08x');
  await page.getByLabel('Who says so').fill('Bank of the lake');
  await record.click();
  await page.getByText('That is the same currency.').waitFor();
  await page.getByText('A number above 0').waitFor();
  // What only the server knows is told at its field as well.
  await page.getByLabel('costs so many of').fill('XYZ');
  await page.getByLabel('Rate', { exact: true }).fill('7,08');
  await record.click();
  await page.getByText('This is not a currency we know.').waitFor();
  assert.deepEqual(await invalid(), ['costs so many of']);
  assert.deepEqual(await graveIn(page), []);
  await page.screenshot({ path: path.join(kShots, 'currency-rates-360-light.png'), fullPage: true });
  await page.getByLabel('costs so many of').fill('cny');
  await page.getByText('$100 ≈ CN¥708').waitFor();
  await record.click();
  await page.getByText('1 USD = 7.08 CNY').waitFor();
  await page.getByText(/^Hua, /).waitFor();
  const [newest] = (await village.seller.expect(200, 'GET', '/exchange-rates/records?limit=1')).items;
  assert.deepEqual([newest.base, newest.quote, newest.rate, newest.source], ['USD', 'CNY', '7.08', 'Bank of the lake']);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize(kDesktop);
  assert.deepEqual(await graveIn(page), []);
  await page.screenshot({ path: path.join(kShots, 'currency-rates-1280-dark.png'), fullPage: true });
});

test('nothing was complained of', async () => {
  assert.deepEqual(await buyer.faults(/404 \(Not Found\) \(\S+\/recording|ERR_FAILED/), []);
  assert.deepEqual(await manager.faults(kMeant), []);
});
