// The host's desk on real screens: a buyer asks and raises a hand, the host answers, shows what is wanted, reads out the
// script, sells, and sees afterwards what each beat brought in.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { kRoot } from '../lib/server.mjs';
import { graveFaults, kAxe } from './support/axe.mjs';
import { kDesktop, kPhone } from './support/browser.mjs';
import { House } from './support/house.mjs';
import { ShowPage } from './support/show_page.mjs';
import { buyOverApi } from './support/village.mjs';

const kShots = path.join(kRoot, 'build/screenshots');
const kLanguages = ['en', 'zh', 'es', 'fr'];

let house, village, ana, phone, wide, reader;

const widthOf = (page) => page.evaluate(() => document.documentElement.scrollWidth);
const shot = (page, name, more) => page.screenshot({ path: path.join(kShots, `${name}.png`), ...more });
const button = ({ page }, name, exact = true) => page.getByRole('button', { name, exact });

async function atDesk(options, where = '') {
  const one = await house.signedIn(village.seller, options);
  await one.page.addInitScript(kAxe);
  await one.page.goto(`${house.url}/studio/shows/${village.show.id}${where}`);
  return one;
}

before(async () => {
  await mkdir(kShots, { recursive: true });
  house = await House.open();
  village = house.village;
  phone = await atDesk({ viewport: kPhone });
  wide = await atDesk({ viewport: kDesktop });
  ana = await house.visitor({ viewport: kPhone });
  ana.show = await ShowPage.open(ana.page, house.url, village.show);
  await ana.show.say('Hello');
  await ana.show.takeName('Ana');
  await ana.show.hears('Hello');
});
after(() => house?.close());

test('a question waits at the desk until a thumb says that it was answered', async () => {
  const { page } = ana;
  const line = page.getByRole('textbox', { name: 'Say something…' });
  await line.fill('Tell me how long it is');
  await button(ana, 'It is a question').click();
  assert.equal(await button(ana, 'It is a question').getAttribute('aria-pressed'), 'true');
  await shot(page, 'desk-asking-360');
  await button(ana, 'Send').click();
  await ana.show.hears('Tell me how long it is');
  assert.equal(await button(ana, 'It is a question').count(), 0);

  for (const one of [phone, wide]) await button(one, 'Questions 1').click();
  await phone.page.getByText('Tell me how long it is').waitFor();
  await shot(phone.page, 'desk-questions-360');
  assert.ok(await widthOf(phone.page) <= kPhone.width);
  assert.deepEqual(await graveFaults(phone.page), []);
  await button(phone, 'Answered: Ana: Tell me how long it is').click();
  for (const one of [phone, wide]) await one.page.getByText('No open questions').waitFor();
  await wide.page.getByText('1 answered').waitFor();
  await page.getByRole('log').getByText('Answered').waitFor({ state: 'attached' });
});

test('a raised hand is counted at the desk, and one tap shows the product', async () => {
  const { page } = ana;
  await button(ana, 'Bag (3)').click();
  const dialog = page.getByRole('dialog');
  const hand = dialog.getByRole('button', { name: /^Show me: Drop earrings/ });
  await hand.click();
  assert.equal(await hand.getAttribute('aria-pressed'), 'true');
  await dialog.getByRole('button', { name: 'Show me: Drop earrings, 1 asks for it' }).waitFor();
  await shot(page, 'desk-hand-360');
  assert.ok(await widthOf(page) <= kPhone.width);
  await button(phone, 'Bag').click();
  for (const one of [phone, wide]) await button(one, '1 wants to see: Drop earrings').waitFor();
  await shot(phone.page, 'desk-hands-360');
  await button(phone, '1 wants to see: Drop earrings').click();
  for (const one of [phone, wide]) await one.page.getByText('Nobody asks to see a product right now.').waitFor();
  await dialog.getByRole('button', { name: /^Show me: Drop earrings/ }).waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
});

test('the script is written from the bag, and read out with the figures of the moment', async () => {
  reader = await atDesk({ viewport: kPhone });
  const { page } = reader;
  await page.getByRole('link', { name: 'Teleprompter' }).click();
  await page.getByRole('heading', { name: village.show.title }).waitFor();
  await button(reader, 'Five beats for Pearl necklace').click();
  await page.getByRole('textbox', { name: 'What you say in beat 1' }).fill('Good evening. {title}!');
  await button(reader, 'Remove beat 5').click();
  await button(reader, 'Move beat 4 up').click();
  await page.getByText('Good evening. Pearl necklace!').waitFor();
  await shot(page, 'desk-script-edit-360', { fullPage: true });
  assert.ok(await widthOf(page) <= kPhone.width);
  assert.deepEqual(await graveFaults(page), []);
  await button(reader, 'Save the script').click();

  await button(reader, 'Begin').click();
  const now = page.getByRole('region', { name: 'Read this out' });
  await now.getByText('Good evening. Pearl necklace!').waitFor();
  assert.equal((await village.seller.expect(200, 'GET', `/shows/${village.show.id}`)).pinned_product_id, village.necklace.id, 'it is pinned along');
  await page.keyboard.press('ArrowRight');
  await now.getByText(/how Pearl necklace is made/).waitFor();
  await page.keyboard.press('PageDown');
  await now.getByText(/There are 12 of Pearl necklace/).waitFor();
  await page.getByText('12 left').first().waitFor();
  await button(reader, 'Larger letters').click();
  await shot(page, 'desk-prompter-360');
  assert.ok(await widthOf(page) <= kPhone.width);
  assert.deepEqual(await graveFaults(page), []);
  assert.equal((await buyOverApi(house, village, 'Luis')).status, 201);
  await now.getByText(/There are 11 of Pearl necklace/).waitFor();
  await page.keyboard.press('ArrowLeft');
  await now.getByText(/how Pearl necklace is made/).waitFor();
  const desktop = await atDesk({ viewport: kDesktop }, '/script');
  await desktop.page.getByRole('region', { name: 'Read this out' }).waitFor();
  await shot(desktop.page, 'desk-prompter-desktop');
  assert.deepEqual(await desktop.faults(/401/), []);
});

test('the report tells what each beat brought in, in every language', async () => {
  await village.seller.expect(200, 'POST', `/shows/${village.show.id}/end`);
  const { beats } = await village.seller.expect(200, 'GET', `/shows/${village.show.id}/report`);
  const sold = beats.filter(({ orders }) => orders > 0);
  assert.deepEqual(sold.map(({ kind, takings_minor }) => [kind, takings_minor]), [['urgency', village.necklace.price.minor]]);
  const { page } = await atDesk({ viewport: kPhone }, '/report');
  await page.getByRole('row', { name: /Urgency/ }).waitFor();
  for (const language of kLanguages) {
    await page.evaluate((one) => localStorage.setItem('geili.language', one), language);
    await page.reload();
    await page.locator('#report-beats').waitFor();
    await page.locator('#report-beats').scrollIntoViewIfNeeded();
    await shot(page, `desk-report-${language}-360`, { fullPage: true });
    assert.ok(await widthOf(page) <= kPhone.width, language);
  }
  assert.deepEqual(await graveFaults(page), []);
});

test('nothing was complained of', async () => {
  for (const one of [ana, phone, wide, reader]) assert.deepEqual(await one.faults(/401 \(Unauthorized\)|404|ERR_/), []);
});
