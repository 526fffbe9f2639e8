// An auction on three phones: the host opens it, two buyers bid against each other, it is extended, and the winner
// orders at the bid; what a winner gives back is the runner-up's.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { auctionFault } from '../lib/auction_log.mjs';
import { kRoot } from '../lib/server.mjs';
import { kDesktop, kPhone } from './support/browser.mjs';
import { House } from './support/house.mjs';
import { pin } from './support/village.mjs';

const kShots = path.join(kRoot, 'build/screenshots');
const kLanguages = { en: 'Auction', zh: '竞拍', es: 'Subasta', fr: 'Enchère' };

let house, seller, show, desk, ana, luis;

before(async () => {
  await mkdir(kShots, { recursive: true });
  house = await House.open();
  ({ seller, show } = house.village);
  await pin(house.village, house.village.necklace);
  desk = (await house.signedIn(seller, { viewport: kPhone })).page;
  await desk.goto(`${house.url}/studio/shows/${show.id}`);
  [ana, luis] = [(await house.visitor({ viewport: kPhone })).page, (await house.visitor({ viewport: kDesktop })).page];
  for (const page of [ana, luis]) await page.goto(`${house.url}/shows/${show.id}`);
});
after(() => house?.close());

// Not cut by what it scrolls in.
const isSeenWhole = (locator) => locator.evaluate((one) => new Promise((resolve) => {
  new IntersectionObserver(([{ intersectionRatio }], seen) => { seen.disconnect(); resolve(intersectionRatio > 0.99); }).observe(one);
}));

const widthOf = (page) => page.evaluate(() => document.documentElement.scrollWidth);
const cardOf = (page) => page.getByRole('region', { name: 'Auction', exact: true });
const shot = (page, name) => page.screenshot({ path: path.join(kShots, `auction-${name}.png`) });

async function begin(length) {
  await desk.getByRole('button', { name: 'Begin an auction' }).click();
  const sheet = desk.getByRole('dialog');
  await sheet.getByLabel('Starting price').fill('50');
  await sheet.getByLabel('Step').fill('10');
  await sheet.getByRole('button', { name: length }).click();
  await shot(desk, 'open-360');
  assert.ok(await widthOf(desk) <= kPhone.width);
  await sheet.getByRole('button', { name: 'Begin', exact: true }).click();
  await desk.getByText('No bid yet').waitFor();
}

// Bids the least, and says who asks for a name the first time.
async function bid(page, price, name) {
  await cardOf(page).getByRole('button', { name: price }).click();
  await page.getByRole('dialog').getByText('A bid is binding').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: /^Bid / }).click();
  if (name) {
    const sheet = page.getByRole('dialog').filter({ has: page.getByRole('textbox') });
    await sheet.getByRole('textbox').fill(name);
    await sheet.locator('button[type=submit]').click();
  }
  await cardOf(page).locator('.row').getByText('You lead').waitFor();
}

test('two buyers bid against each other, and each sees how it stands', async () => {
  await begin('5 min');
  await bid(ana, /50/, 'Ana');
  await cardOf(luis).locator('.row').getByText('Ana leads').waitFor();
  await luis.setViewportSize({ ...kDesktop, height: 640 });
  assert.ok(await isSeenWhole(cardOf(luis).getByRole('button', { name: /60/ })), 'there is nothing to scroll to on a small laptop');
  await luis.setViewportSize(kDesktop);
  await shot(ana, 'leads-360');
  await bid(luis, /60/, 'Luis');
  await cardOf(ana).locator('.row').getByText('You were outbid').waitFor();
  await shot(ana, 'outbid-360');
  await desk.getByText('2 bids').waitFor();
  for (const [language, title] of Object.entries(kLanguages)) {
    await ana.evaluate((one) => localStorage.setItem('geili.language', one), language);
    await ana.reload();
    await ana.getByRole('region', { name: title, exact: true }).waitFor();
    await shot(ana, `${language}-360`);
    assert.ok(await widthOf(ana) <= kPhone.width, language);
  }
  await ana.evaluate(() => localStorage.setItem('geili.language', 'en'));
  await ana.reload();
  await cardOf(ana).locator('.row').getByText('You were outbid').waitFor();
});

test('the winner gives it back, and the runner-up orders at the own bid', async () => {
  await desk.getByRole('button', { name: 'Sell now' }).click();
  await cardOf(luis).getByText(/^You won it for/).last().waitFor();
  await shot(luis, 'won-desktop');
  await shot(desk, 'desk-won-360');
  await cardOf(luis).getByRole('button', { name: 'Leave it to the next' }).click();
  await cardOf(ana).getByRole('button', { name: 'Order it now' }).waitFor();
  await shot(ana, 'won-360');
  await cardOf(ana).getByRole('button', { name: 'Order it now' }).click();
  const sheet = ana.getByRole('dialog');
  await sheet.getByText(/50/).first().waitFor();
  await shot(ana, 'order-360');
});

test('a late bid extends it, the clock closes it, and its log is fair', async () => {
  const { necklace } = house.village;
  const auction = await seller.expect(201, 'POST', `/shows/${show.id}/auctions`,
    { product_id: necklace.id, start: { minor: 5_000, currency: necklace.price.currency }, step_minor: 1_000, length_s: 10, mode: 'extend', extend_s: 10 });
  await cardOf(luis).getByRole('button', { name: /50/ }).waitFor();
  await bid(luis, /50/);
  const extended = await seller.expect(200, 'GET', `/auctions/${auction.id}`);
  assert.ok(Date.parse(extended.closes_at) > Date.parse(auction.closes_at));
  await cardOf(luis).getByRole('button', { name: 'Order it now' }).waitFor({ timeout: 30_000 });
  const log = JSON.parse((await seller.get(`/auctions/${auction.id}/log`)).body.toString());
  assert.equal(auctionFault(log), undefined);
  assert.ok(log.lines.some(({ what }) => what === 'extended'));
});
