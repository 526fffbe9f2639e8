// A flash sale: twelve necklaces and forty buyers, who pay by cards in Stripe's sandbox. Three payments fail, two are
// late, the line is served; then the seller packs, and the statement adds up with what Stripe has. (The practice cards
// of the shop's own sandbox are nobody's money, and in no books.)
import assert from 'node:assert/strict';
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { brokenAt } from '../lib/claim_log.mjs';
import { codesIn, drawPages, pageTexts } from '../lib/papers.mjs';
import { kRoot } from '../lib/server.mjs';
import { kWorld, kZone } from '../lib/shipping.mjs';
import { until } from '../lib/until.mjs';
import { kPhone } from './support/browser.mjs';
import { PageBuyer, WireBuyer } from './support/flash_buyers.mjs';
import { House } from './support/house.mjs';
import { kCard, StripeSandbox } from './support/stripe_sandbox.mjs';

const kUnits = 12;
const kBuyers = 40;
const kQuickPages = 6;   // tap as soon as they see it
const kLatePages = 2;    // look when all are gone
const kHerdAt = 7;       // so many are left when all others tap: five of the quick are sure of theirs
const kGoods_minor = 29_900;
const kCommission = 0.1;
const kShots = path.join(kRoot, 'build/screenshots');
const kPatience_ms = 90_000;
// Refusals that are meant, and the recording of a show without a picture.
const kMeant = /409 \(Conflict\)|404 \(Not Found\) \(\S+\/recording/;

let house, village, sandbox, seller, papers;
/** What the buyers share. */
let world;
const inPages = [];
const onWires = [];
let winners, line;
/** Who fails to pay, and who pays late; all others of the winners pay at once. */
let calledOff, runOut, runOutUnseen, lateKept, lateBack;

const shot = (page, name) => page.screenshot({ path: path.join(kShots, `flash-${name}-360.png`) });
const sumOf = (list, minor) => list.reduce((sum, one) => sum + minor(one), 0);
/** As pages write it. */
const money = (minor) => `${minor < 0 ? '-' : ''}CN¥${(Math.abs(minor) / 100).toLocaleString('en-US', { minimumFractionDigits: minor % 100 ? 2 : 0 })}`;
const everyBuyer = () => [...inPages, ...onWires];
const ordered = () => everyBuyer().filter(({ token }) => token);
const stock = async () => (await village.seller.expect(200, 'GET', `/products/${village.necklace.id}`)).stock;
const ordersNow = async () => (await village.seller.expect(200, 'GET', `/shops/${village.shop.id}/orders?show_id=${village.show.id}&limit=100`)).items;
const openParcels = async (state) => (await village.seller.expect(200, 'GET', `/shops/${village.shop.id}/parcels?state=${state}&limit=100`)).items;
const becomes = (buyer, state) => until(`${buyer.name}'s payment is ${state}`, async () => (await buyer.sees()).payment.state === state, kPatience_ms);
const payFrom = (buyer) => buyer.pay(kCard.pays, 'Paid');

async function buyWhatFellBack(buyer) {
  await buyer.takeOffer();
  await payFrom(buyer);
}

/** Each shows one moment of the sale, the first time it comes. */
const looked = new Set();
async function look({ page }, name) {
  if (looked.has(name)) return;
  looked.add(name);
  await shot(page, name);
}

// Each goes on from where the one before it ended.
let isBroken = false;
const step = (name, work) => test(name, async (t) => {
  if (isBroken) return t.skip('a step before it failed');
  isBroken = true;
  await work();
  isBroken = false;
});

before(async () => {
  await mkdir(kShots, { recursive: true });
  papers = await mkdtemp(path.join(tmpdir(), 'geili-papers-'));
  sandbox = await StripeSandbox.start();
  house = await House.open({ args: sandbox.args });
  village = house.village;
  const { seller: client, shop } = village;
  await sandbox.openFor(client, shop);
  await client.expect(200, 'PUT', `/shops/${shop.id}/commission`, { basis_points: 10_000 * kCommission });
  const shipping = `/shops/${shop.id}/shipping`;
  await client.expect(200, 'PUT', shipping, { origin_country: 'CN', default_weight_g: 250, paper_language: 'en', sender_address: 'Lake Road 1' });
  await client.expect(201, 'POST', `${shipping}/zones`, { ...kZone, rates: [{ ...kZone.rates[0], free_from_minor: undefined }] });
  await client.expect(201, 'POST', `${shipping}/zones`, kWorld);

  world = { house, url: house.url, sandbox, show: village.show, product: village.necklace, look };
  for (let i = 0; i < kQuickPages + kLatePages; i += 1) inPages.push(await PageBuyer.enter(world, `Ana ${i + 10}`));
  for (let i = inPages.length; i < kBuyers; i += 1) onWires.push(await WireBuyer.enter(world, `Buyer ${i}`, i % 3 === 0));
  seller = await house.signedIn(client, { viewport: kPhone });
});
after(async () => {
  for (const one of onWires) one.leave();
  await house?.close();
  sandbox?.stop();
  if (papers) await rm(papers, { recursive: true });
});

step('the seller pins it, forty tap, and twelve have it', async () => {
  const { page } = seller;
  await page.goto(`${house.url}/studio/shows/${village.show.id}`);
  const herd = onWires.map((one) => one.tapWhenLeft(kHerdAt));
  await page.getByRole('button', { name: 'Pin Pearl necklace' }).click();
  await Promise.all([...inPages.slice(0, kQuickPages).map((one) => one.tap()), ...herd]);
  for (const one of inPages.slice(kQuickPages)) {
    await one.show.pinned.getByText('Sold out').waitFor();
    await one.tap();
  }
  winners = everyBuyer().filter(({ isHeld }) => isHeld);
  assert.equal(winners.length, kUnits);
  assert.equal(await stock(), 0);
  await page.getByText(`${kUnits} held`).waitFor();

  const [first, second, third, fourth, ...rest] = winners.filter((one) => one.page);
  [calledOff, runOut, lateKept, lateBack] = [first, second, third, fourth];
  assert.ok(rest.length > 0, 'somebody in a page pays at once');
  runOutUnseen = winners.find((one) => !one.page);
});

step('twenty-eight came too late: each is told a place in line', async () => {
  const losers = everyBuyer().filter(({ isHeld }) => !isHeld);
  for (const one of losers.filter(({ page }) => page)) await one.join();
  await Promise.all(losers.filter(({ page }) => !page).map((one) => one.join()));
  line = losers.toSorted((a, b) => a.wait.place - b.wait.place);
  assert.deepEqual(line.map(({ wait }) => wait.place), Array.from({ length: kBuyers - kUnits }, (_, i) => i + 1));
  await seller.page.getByText(`${line.length} waiting`).waitFor();
  await shot(seller.page, 'desk');
  await shot(line[0].page, 'line');
});

step('who was in time orders, and pays; three cards are declined, and two banks are slow', async () => {
  const willPay = new Set(winners.filter((one) => ![calledOff, runOut, runOutUnseen, lateKept, lateBack].includes(one)));
  await Promise.all(winners.map(async (one) => {
    await one.order();
    if (willPay.has(one)) return payFrom(one);
    if (one === lateKept || one === lateBack) return one.pay(kCard.isSlow, 'Not paid yet');
    return one.pay(kCard.isDeclined, 'Your card was declined.');
  }));
  for (const one of willPay) assert.equal((await one.sees()).payment.state, 'paid', one.name);
  for (const one of [calledOff, runOut, runOutUnseen, lateKept, lateBack]) assert.equal((await one.sees()).payment.state, 'pending', one.name);
  await shot(runOut.page, 'declined');
  await shot([...willPay].find(({ page }) => page).page, 'paid');
  assert.equal(await stock(), 0, 'what is not paid yet is held');
});

step('whose card was declined calls the order off, and the first in line gets the necklace', async () => {
  const { page } = calledOff;
  await calledOff.goBackToOrder();
  await page.getByRole('button', { name: 'Cancel the order' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel the order' }).click();
  await page.getByText('Called off').first().waitFor();
  await line[0].offered();
  await shot(line[0].page, 'offer');
  await buyWhatFellBack(line[0]);
});

step('four do not pay in time: their pages say so, and the line moves up', async () => {
  await runOut.goBackToOrder();
  // Their ten minutes are over.
  await house.server.sql("UPDATE payment SET expires_at = 1 WHERE state IN ('created', 'pending')");
  await Promise.all([runOut, runOutUnseen, lateKept, lateBack].map((one) => becomes(one, 'expired')));
  for (const { page } of [runOut, lateKept, lateBack]) {
    await page.getByText('Not paid in time').first().waitFor();
    await page.getByText('You owe nothing').waitFor();
  }
  await shot(runOut.page, 'expired');
  const [, declines, ...buy] = line.slice(0, 5);
  await Promise.all([declines, ...buy].map((one) => one.offered()));
  await Promise.all([declines.decline(), ...buy.map(buyWhatFellBack)]);
});

step('the line is served in order to its end, and one necklace is left for all', async () => {
  for (const one of line.slice(5)) {
    await one.offered();
    await one.decline();
  }
  const { room } = onWires[0];
  await room.until(() => onWires[0].left === 1, 'one left', kPatience_ms);
  assert.deepEqual(room.events.filter(({ type }) => type === 'offered').map(({ wait_id }) => wait_id), line.map(({ wait }) => wait.id));
  assert.equal(await stock(), 1);
});

step('money that comes late buys what is still there; what comes later goes back, and the buyer is told', async () => {
  await sandbox.clear(lateKept.secret);
  await becomes(lateKept, 'paid');
  await lateKept.page.reload();
  await lateKept.page.getByText('Your payment came late, but the goods were still there: they are yours.').waitFor();
  await shot(lateKept.page, 'late-kept');
  assert.equal(await stock(), 0);

  await sandbox.clear(lateBack.secret);
  await becomes(lateBack, 'refunded');
  await lateBack.page.reload();
  await lateBack.page.getByText('Your payment came after the goods were gone. It goes back to you by itself.').waitFor();
  await lateBack.page.getByText('CN¥311 went back to you.').waitFor();
  await shot(lateBack.page, 'late-back');
});

step('twelve are sold, each to one who paid, and nobody paid for nothing', async () => {
  const seen = await Promise.all(ordered().map(async (buyer) => ({ buyer, order: await buyer.sees() })));
  const sold = seen.filter(({ order }) => order.status !== 'cancelled');
  assert.equal(sold.length, kUnits);
  for (const { buyer, order } of sold) assert.equal(order.payment.state, 'paid', buyer.name);
  const told = new Map(seen.filter(({ order }) => order.status === 'cancelled').map(({ buyer, order }) => [buyer, order.payment.state]));
  assert.deepEqual(told, new Map(seen.filter(({ buyer }) => told.has(buyer)).map(({ buyer }) =>
    [buyer, buyer === calledOff ? 'cancelled' : buyer === lateBack ? 'refunded' : 'expired'])));
  assert.deepEqual(new Set(told.keys()), new Set([calledOff, runOut, runOutUnseen, lateBack]));
  for (const one of line.slice(5).filter(({ device }) => device)) {
    const { holds, waits } = await one.device.expect(200, 'GET', '/device/holds');
    assert.deepEqual([holds, waits, one.token], [[], [], undefined], 'nothing is kept for who said no');
  }

  const paid_minor = sumOf(sold, ({ order }) => order.total.minor);
  assert.equal(sumOf(sandbox.money, (one) => one.received_minor - one.refunded_minor), paid_minor);
  assert.deepEqual(sandbox.money.filter((one) => one.refunded_minor > 0).map((one) => [one.secret, one.refunded_minor - one.received_minor]), [[lateBack.secret, 0]]);
  assert.equal((await ordersNow()).filter(({ status, payment }) => status === 'placed' && payment.state === 'paid').length, kUnits);
});

step('the order of claims is whole, and at no time were there more than twelve', async () => {
  const { items } = await village.seller.expect(200, 'GET', `/shows/${village.show.id}/claims`);
  assert.equal(brokenAt(village.show.id, items), undefined);
  let taken = 0;
  for (const { what, quantity, position } of items) {
    if (what === 'held' || what === 'claimed') taken += quantity;
    if (what === 'released' || what === 'expired') taken -= quantity;
    assert.ok(taken <= kUnits, `${taken} after entry ${position}`);
  }
  assert.equal(taken, kUnits);
  const { page, show } = inPages.at(-1);
  await page.goto(`${house.url}/shows/${village.show.id}`);
  await show.connected();
  await show.pinned.getByText('Sold out').waitFor();
  await show.tapWait();
  await show.sheet.getByRole('button', { name: 'See who came when' }).click();
  await page.getByText(`Checked by your browser: ${items.length} lines, unchanged.`).waitFor();
});

step('the show ends, and the seller reads what it earned', async () => {
  const { page } = seller;
  await page.getByRole('button', { name: 'Sold', exact: true }).click();
  await page.getByText(`${kUnits} orders`, { exact: true }).waitFor();
  assert.equal(await page.getByRole('list', { name: 'Sold' }).getByText('Cancelled').count(), 4);
  await shot(page, 'sold');
  const expected = await statementOf();
  const { seller: client, show } = village;
  await until('the fees are in the books', async () =>
    (await client.expect(200, 'GET', `/shows/${show.id}/earnings`)).provider_fees_minor === expected.fees_minor);
  await page.getByRole('button', { name: 'End the show' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End the show' }).click();
  await page.getByRole('heading', { name: `You earned ${money(expected.net_minor)}`, exact: true }).waitFor();
  await shot(page, 'earned');
});

/** What the books must say, from what Stripe has and the buyers paid alone. */
async function statementOf() {
  const sold = (await Promise.all(ordered().map((one) => one.sees()))).filter(({ status }) => status !== 'cancelled');
  const gross_minor = sumOf(sold, ({ total }) => total.minor);
  const commission_minor = sumOf(sold, () => kGoods_minor * kCommission);
  // Stripe keeps its fee of what went back, too.
  const fees_minor = sumOf(sandbox.money, (one) => one.fee_minor);
  return { gross_minor, shipping_minor: gross_minor - kUnits * kGoods_minor, commission_minor, fees_minor, net_minor: gross_minor - commission_minor - fees_minor };
}

async function download(page, name) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name, exact: true }).click()]);
  return readFile(await file.path());
}

/** Answers the pictures of the pages; the first is kept to be looked at. */
async function draw(pdf, name) {
  const pages = drawPages(pdf, papers, name);
  await copyFile(pages[0], path.join(kShots, `flash-${name}.png`));
  return pages;
}

async function checkSlips(pdf, parcels, name) {
  const texts = pageTexts(pdf);
  assert.equal(texts.length, kUnits, 'a page for each box');
  const codes = codesIn(await draw(pdf, name));
  assert.equal(codes.length, kUnits, 'a code on each');
  for (const { number, to, orders: [order] } of parcels) {
    const at = texts.findIndex((text) => text.includes(to.recipient));
    assert.ok(at >= 0, `no slip for ${to.recipient}`);
    const text = texts[at];
    assert.match(text, new RegExp(`^\\s*${number}\\s*$`, 'm'), `the number of the box on\n${text}`);
    assert.match(text, new RegExp(`Order ${order.number}\\b`), text);
    assert.match(text, /Pearl necklace/);
    const { token } = ordered().find((one) => one.name === to.recipient);
    assert.equal(codes[at], `${house.url}/order#${token}`);
  }
}

step('a pick list and a slip for each buyer are printed, on A6 and on A4', async () => {
  const { page } = seller;
  const parcels = await openParcels('open');
  assert.equal(parcels.length, kUnits, 'no box for who did not buy');
  await page.goto(`${house.url}/studio/orders/parcels`);
  await page.getByRole('article', { name: `Box ${parcels[0].number}`, exact: true }).waitFor();
  await shot(page, 'packing');
  const picked = await download(page, 'Pick list');
  await draw(picked, 'pick-list');
  const [list, ...more] = pageTexts(picked);
  assert.deepEqual(more, []);
  assert.match(list, new RegExp(`${kUnits} pieces`));
  await checkSlips(await download(page, 'New slips'), parcels, 'slip-a6');
  const a4 = await village.seller.post(`/shops/${village.shop.id}/parcel-papers`, { paper: 'slip', layout: 'a4', parcel_ids: parcels.map(({ id }) => id) });
  await checkSlips(a4.body, parcels, 'slip-a4');
});

step('twelve boxes are packed and handed over, and the buyers see them on their way', async () => {
  const { page } = seller;
  const numbers = (await openParcels('open')).map(({ number }) => number);
  const box = (number) => page.getByRole('article', { name: `Box ${number}`, exact: true });
  for (const number of numbers) {
    await box(number).getByRole('checkbox').check();
    await box(number).getByRole('button', { name: 'Packed' }).click();
  }
  await until('all are packed', async () => (await openParcels('packed')).length === kUnits);
  await page.getByRole('button', { name: 'Packed', exact: true }).first().click();
  for (const number of numbers) {
    await box(number).getByRole('button', { name: 'Hand over' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel('Tracking number').fill(`SF00${number}`);
    await sheet.getByRole('button', { name: 'Hand over' }).click();
    await sheet.waitFor({ state: 'detached' });
  }
  assert.equal((await openParcels('shipped')).length, kUnits);
  const buyer = winners.find((one) => one.page && ![calledOff, runOut, lateBack].includes(one));
  await buyer.page.reload();
  await buyer.page.getByText('On its way').waitFor();
  await shot(buyer.page, 'on-its-way');
});

step('the statement adds up with what Stripe has, on the page, for a spreadsheet and on paper', async () => {
  const expected = await statementOf();
  const { seller: client, shop, show } = village;
  const earned = await client.expect(200, 'GET', `/shows/${show.id}/earnings`);
  assert.deepEqual({ orders: earned.orders, units: earned.units, gross: earned.gross_minor, shipping: earned.shipping_minor, refunds: earned.refunds_minor,
    commission: earned.commission_minor, fees: earned.provider_fees_minor, net: earned.net_minor },
  { orders: kUnits, units: kUnits, gross: expected.gross_minor, shipping: expected.shipping_minor, refunds: 0,
    commission: expected.commission_minor, fees: expected.fees_minor, net: expected.net_minor });

  const { page } = seller;
  await page.goto(`${house.url}/studio/books`);
  const statement = page.getByRole('region', { name: 'Statement' });
  for (const minor of [expected.gross_minor, -expected.commission_minor, -expected.fees_minor, expected.net_minor]) {
    await statement.getByText(money(minor), { exact: true }).first().waitFor();
  }
  await shot(page, 'books');

  const file = async (name) => {
    const [taken] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
    return readFile(await taken.path());
  };
  const rows = (await file(/CSV/)).toString().trim().split('\r\n').slice(1).map((row) => row.split(','));
  const minorOf = (decimal) => Math.round(Number(decimal) * 100);
  const sum = (...purposes) => sumOf(rows.filter(([, , , purpose]) => purposes.includes(purpose)), (row) => minorOf(row[6]));
  assert.deepEqual([sum('goods', 'shipping', 'tax'), sum('commission'), sum('provider_fee'), sumOf(rows, (row) => minorOf(row[6]))],
    [expected.gross_minor, -expected.commission_minor, -expected.fees_minor, expected.net_minor]);
  assert.equal(minorOf(rows.at(-1)[7]), expected.net_minor);
  const paper = await file(/PDF/);
  await draw(paper, 'statement');
  const printed = pageTexts(paper).join('\n');
  for (const minor of [expected.gross_minor, expected.commission_minor, expected.fees_minor, expected.net_minor]) {
    assert.ok(printed.includes((minor / 100).toLocaleString('en-US', { minimumFractionDigits: 2 })), `${minor} is not in\n${printed}`);
  }
  assert.deepEqual((await client.expect(200, 'GET', '/books/check')).findings, []);
  assert.equal((await client.expect(200, 'GET', `/shops/${shop.id}/books`)).balance.minor, expected.net_minor);
});

step('nothing was complained of in any page', async () => {
  for (const one of house.visitors) assert.deepEqual(await one.faults(kMeant), []);
});
