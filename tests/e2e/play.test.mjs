// Play on phones: the host gives away a red packet, buyers write what they want, and the crowd cheers.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { newDevice } from '../lib/house.mjs';
import { kRoot } from '../lib/server.mjs';
import { Room } from '../lib/websocket.mjs';
import { kDesktop, kPhone } from './support/browser.mjs';
import { House } from './support/house.mjs';
import { ShowPage } from './support/show_page.mjs';
import { pin } from './support/village.mjs';

const kShots = path.join(kRoot, 'build/screenshots');
const kLanguages = { zh: '红包', es: 'Sobre rojo', fr: 'Enveloppe rouge' };

let house, village, desk, buyers;

before(async () => {
  await mkdir(kShots, { recursive: true });
  house = await House.open();
  village = house.village;
  await pin(village, village.necklace);
  desk = await house.signedIn(village.seller, { viewport: kDesktop });
  await desk.page.goto(`${house.url}/studio/shows/${village.show.id}`);
  buyers = [];
  for (const viewport of [kPhone, kDesktop]) {
    const buyer = await house.visitor({ viewport });
    buyers.push({ ...buyer, show: await ShowPage.open(buyer.page, house.url, village.show) });
  }
});
after(() => house?.close());

const widthOf = (page) => page.evaluate(() => document.documentElement.scrollWidth);
const packetOf = (page) => page.getByRole('region', { name: 'Red packet' });
/** Whether the place to write is in sight, and nothing lies over it. */
const mayWrite = (page) => page.getByPlaceholder('Say something…').evaluate((input) => {
  const { left, top, width, height } = input.getBoundingClientRect();
  return top >= 0 && top + height <= innerHeight && document.elementFromPoint(left + width / 2, top + height / 2) === input;
});

test('goods have numbers, on the desk and for buyers', async () => {
  const [{ page, show }] = buyers;
  await desk.page.getByText('No. 2 Drop earrings').waitFor();
  await show.pinned.getByText('No. 1').waitFor();
  await page.getByRole('button', { name: /^Bag/ }).click();
  await show.sheet.getByText('No. 3').waitFor();
  await show.sheet.getByText('Write “2 x 1” in the chat').waitFor();
  await page.screenshot({ path: path.join(kShots, 'play-bag-360.png') });
  assert.ok(await widthOf(page) <= kPhone.width);
  await page.keyboard.press('Escape');
});

test('"2 x 1" opens the sheet with two that are held, and everybody reads it', async () => {
  const [ana, luis] = buyers;
  await ana.show.say('2 x 1');
  await ana.show.takeName('Ana');
  await ana.show.sheet.getByRole('timer').or(ana.show.sheet.getByText(/\d:\d\d/)).first().waitFor();
  await ana.show.sheet.getByText('598').first().waitFor();
  await ana.page.screenshot({ path: path.join(kShots, 'play-order-360.png') });
  await luis.show.hears('takes 2 of no. 1');
  await luis.page.screenshot({ path: path.join(kShots, 'play-takes-desktop.png') });
  await desk.page.getByRole('log', { name: 'Chat' }).getByText('takes 2 of no. 1').waitFor();
  await ana.page.keyboard.press('Escape');
});

test('a number that is not in the bag is told to the writer, whose words come back', async () => {
  const [{ page, show }] = buyers;
  await show.say('#9');
  await page.getByRole('alert').filter({ hasText: 'Nothing in the bag has this number' }).waitFor();
  assert.equal(await page.getByPlaceholder('Say something…').inputValue(), '#9');
  await page.getByPlaceholder('Say something…').fill('');
});

test('the host gives a red packet at the desk', async () => {
  const { page } = desk;
  await page.getByRole('button', { name: 'Give a red packet' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: 'Give it now' }).click();
  await sheet.getByText('something for each envelope').waitFor();
  await sheet.getByLabel('Sum (CNY)').fill('20');
  await sheet.getByRole('button', { name: '5 min' }).click();
  await sheet.getByRole('button', { name: 'The same in each' }).click();
  await page.screenshot({ path: path.join(kShots, 'play-packet-desk.png') });
  await sheet.getByRole('button', { name: 'Give it now' }).click();
  await packetOf(page).getByText('10 left').waitFor();
});

test('it drops onto the stage, one tap opens an envelope, and all see how many are left', async () => {
  const [ana, luis] = buyers;
  await packetOf(ana.page).getByText('10 left').waitFor();
  assert.ok(await mayWrite(ana.page));
  await ana.page.screenshot({ path: path.join(kShots, 'play-packet-360.png') });
  await packetOf(ana.page).getByRole('button', { name: 'Open one' }).click();
  await packetOf(ana.page).getByText(/You got \S*2(\.00)? off/).waitFor();
  await packetOf(luis.page).getByText('9 left').waitFor();
  await packetOf(desk.page).getByText('9 left').waitFor();
  assert.ok(await mayWrite(ana.page));
  assert.ok(await widthOf(ana.page) <= kPhone.width);
  await ana.page.screenshot({ path: path.join(kShots, 'play-won-360.png') });
  for (const [language, word] of Object.entries(kLanguages)) {
    await ana.page.evaluate((next) => localStorage.setItem('geili.language', next), language);
    await ana.page.reload();
    await ana.page.getByRole('region', { name: word }).waitFor();
    assert.ok(await widthOf(ana.page) <= kPhone.width, language);
    await ana.page.screenshot({ path: path.join(kShots, `play-won-${language}.png`) });
  }
  await ana.page.evaluate(() => localStorage.setItem('geili.language', 'en'));
  await ana.page.reload();
  await ana.show.connected();
});

test('what was won comes off the price', async () => {
  const [{ show }] = buyers;
  await show.tapBuy();
  await show.sheet.getByRole('definition').filter({ hasText: /−\S*2/ }).waitFor();
  await show.page.keyboard.press('Escape');
});

test('the host ends it early', async () => {
  await desk.page.getByRole('button', { name: 'End it now' }).click();
  await desk.page.getByText('1 of 10 was opened').waitFor();
  await packetOf(buyers[1].page).waitFor({ state: 'detached' });
});

test('a crowd that cheers bursts on every page', async () => {
  const rooms = await Promise.all(['Bo', 'Cai', 'Dan'].map(async (name) => Room.join(await newDevice(house.url, name), village.show.id)));
  for (const room of rooms) room.hearts(1);
  await Promise.all(buyers.map(({ page }) => page.getByText('Geili!').waitFor()));
  await buyers[0].page.screenshot({ path: path.join(kShots, 'play-burst-360.png') });
  await buyers[0].page.getByText('Geili!').waitFor({ state: 'detached' });
  for (const room of rooms) room.drop();
});

test('nothing went wrong behind the pages', async () => {
  for (const one of [...buyers, desk]) assert.deepEqual(await one.faults(), []);
});
