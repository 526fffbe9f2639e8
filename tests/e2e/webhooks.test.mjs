// Webhooks in the studio of a small phone, with a receiver that believes only what is signed: added, looked after
// while it fails, switched off and on, given a new secret, deleted.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { join } from '../lib/house.mjs';
import { kRoot } from '../lib/server.mjs';
import { until } from '../lib/until.mjs';
import { Receiver, verified } from '../lib/webhooks.mjs';
import { graveFaults, kAxe } from './support/axe.mjs';
import { kPhone } from './support/browser.mjs';
import { House } from './support/house.mjs';
import { buyOverApi } from './support/village.mjs';

const kShots = path.join(kRoot, 'build/screenshots');
const kLanguages = { en: 'Send a test', zh: '发送测试', es: 'Enviar una prueba', fr: 'Envoyer un test' };
const kRefused = {
  'https://example .com/': 'This is not an address',
  'http://example.com/': 'It has to begin with https://',
  'https://me@example.com/': 'before the @',
  'https://2130706433/': 'The name of the server',
  'https://10.0.0.1/hook': 'Only addresses on the public internet',
  'https://example.com:22/': '(the port)',
};

let house, village, receiver, one, page, secret;

before(async () => {
  await mkdir(kShots, { recursive: true });
  receiver = await Receiver.start();
  house = await House.open({ args: ['--webhooks-allow-loopback', 'true'] });
  village = house.village;
  one = await house.signedIn(village.seller, { viewport: kPhone });
  page = one.page;
  await one.context.addInitScript(kAxe);
  await one.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: house.url });
});
after(async () => {
  await house?.close();
  receiver?.stop();
});

const hook = () => page.getByRole('region', { name: 'Stock list' });
const sheet = () => page.getByRole('dialog');
const line = (name) => hook().getByRole('listitem').filter({ hasText: name });
const press = (name) => hook().getByRole('button', { name, exact: true }).click();
const isNarrow = async () => assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= kPhone.width, page.url());
const show = (name) => page.screenshot({ path: path.join(kShots, `webhooks-${name}-360.png`), fullPage: true });
const focused = () => page.evaluate(() => document.activeElement?.id ?? '');

async function copiedSecret() {
  await sheet().getByText('it is not shown again').waitFor();
  await sheet().evaluate((dialog) => Promise.all(dialog.getAnimations().map((one) => one.finished)));
  assert.deepEqual(await graveFaults(page, 'dialog[open]'), []);
  await show('secret');
  await page.keyboard.press('Escape');
  await sheet().getByRole('button', { name: 'Copy' }).click();
  await page.getByText('Copied', { exact: true }).first().waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  await sheet().getByRole('button', { name: 'I have kept it' }).click();
  await sheet().waitFor({ state: 'detached' });
  assert.match(await focused(), /^endpoint-/);
  return copied;
}

test('a shop without webhooks is told what they are for, and what is wrong with an address at its field', async () => {
  await page.goto(`${house.url}/studio`);
  await page.getByRole('link', { name: 'Webhooks' }).click();
  await page.getByText('Your own programs can hear what happens in Lin Pearls').waitFor();
  await show('none');
  await page.getByRole('button', { name: 'Add a webhook' }).click();
  await sheet().getByRole('button', { name: 'Add a webhook' }).click();
  await sheet().getByText('Please fill this in.').waitFor();
  await sheet().getByText('Choose at least one.').waitFor();
  await sheet().getByRole('button', { name: 'Choose all' }).click();
  assert.equal(await sheet().getByRole('checkbox', { checked: true }).count(), 13);
  const address = sheet().getByLabel('Address');
  for (const [url, words] of Object.entries(kRefused)) {
    await address.fill(url);
    await sheet().getByRole('button', { name: 'Add a webhook' }).click();
    await sheet().locator('.field-error').getByText(words).waitFor();
    const described = await address.getAttribute('aria-describedby');
    assert.ok(await page.locator(`#${described.split(' ').at(-1)}`).getByText(words).isVisible(), url);
  }
  await isNarrow();
});

test('a webhook is added, its secret is copied once, and an order is told and shown as delivered', async () => {
  await sheet().getByRole('button', { name: 'Choose none' }).click();
  await sheet().getByLabel('New order').check();
  await sheet().getByLabel('Address').fill(receiver.url);
  await sheet().getByLabel('What it is for').fill('Stock list');
  await sheet().getByRole('button', { name: 'Add a webhook' }).click();
  secret = await copiedSecret();
  await hook().getByText('Working', { exact: true }).waitFor();
  await hook().getByText(receiver.url).waitFor();
  await hook().getByText('Nothing yet.').waitFor();
  assert.equal((await buyOverApi(house, village, 'Ana')).status, 201);
  await line('New order').getByText('Delivered', { exact: true }).waitFor();
  await line('New order').getByText('1 attempt').waitFor();
  const [message] = await receiver.messages(1);
  assert.equal(verified(secret, message).type, 'order.placed');
  assert.ok(!(await page.content()).includes(secret));
  await isNarrow();
});

test('what was delivered can be sent again, and is the same message', async () => {
  await line('New order').getByRole('button', { name: /^Send again: New order/ }).click();
  const [first, second] = await receiver.messages(2);
  assert.equal(second.headers['webhook-id'], first.headers['webhook-id']);
  assert.match(await focused(), /^delivery-/);
  await line('New order').getByText('Delivered', { exact: true }).waitFor();
});

test('a receiver that fails is told in words, and gets what was given up once it is mended', async () => {
  receiver.answers.push([500], [500], [500]);
  await press('Send a test');
  await line('Test').getByText('Not taken yet').waitFor();
  await line('Test').getByText('It answered 500: the program itself has a problem').waitFor();
  await line('Test').getByText(/^Next attempt: /).waitFor();
  await hook().getByText('Failing', { exact: true }).waitFor();
  await hook().getByText('Nothing has been taken since').waitFor();
  await show('failing');
  // The second attempt fails as well; the third is minutes away, and hurried.
  await line('Test').getByText('2 attempts').waitFor();
  await hook().getByRole('button', { name: 'Send all waiting now' }).waitFor();
  await show('waiting');
  await isNarrow();
  await line('Test').getByRole('button', { name: /^Send now: Test/ }).click();
  await page.getByText('It is on its way.').waitFor();
  assert.match(await focused(), /^delivery-/);
  await line('Test').getByText('3 attempts').waitFor();

  await press('Switch off');
  await sheet().getByText('What waits to be sent is given up').waitFor();
  await sheet().getByRole('button', { name: 'Switch off' }).click();
  await hook().getByText('Switched off by hand').waitFor();
  await line('Test').getByText('Given up', { exact: true }).waitFor();
  await line('Test').getByText('switched off before this was taken').waitFor();
  await hook().getByText('Switch the webhook on to send something again.').waitFor();
  assert.equal(await hook().getByRole('button', { name: /^Send/ }).count(), 0);
  await show('off');

  await press('Switch on');
  await hook().getByText('Working', { exact: true }).waitFor();
  await line('Test').getByRole('button', { name: /^Send again: Test/ }).click();
  await line('Test').getByText('Delivered', { exact: true }).waitFor();
  await isNarrow();
});

test('who answers that it is gone is switched off, and all that was given up is sent again at once', async () => {
  receiver.answers.push([410]);
  await press('Send a test');
  await hook().getByText('it wants nothing more (410)').waitFor();
  await hook().getByRole('combobox').selectOption('Given up');
  await line('Test').getByText('It answered 410').waitFor();
  await press('Switch on');
  await press('Send all given up again');
  await page.getByText('1 message is on its way again.').waitFor();
  await hook().getByText('None of this kind.').waitFor();
  await hook().getByRole('combobox').selectOption('All');
  for (const i of [0, 1]) await line('Test').nth(i).getByText('Delivered', { exact: true }).waitFor();
  assert.equal(await line('Test').count(), 2);
});

test('all that waits is sent at once when somebody says so', async () => {
  receiver.answers.push([500], [500]);
  await press('Send a test');
  await line('Test').first().getByText('2 attempts').waitFor();
  await press('Send all waiting now');
  await page.getByText('1 message is on its way.').waitFor();
  await line('Test').first().getByText('Delivered', { exact: true }).waitFor();
  assert.equal(await hook().getByRole('button', { name: 'Send all waiting now' }).count(), 0);
});

test('a change of the address does not switch on what was switched off meanwhile', async () => {
  receiver.answers.push([410]);
  await press('Change');
  const [{ id }] = (await village.seller.expect(200, 'GET', `/shops/${village.shop.id}/webhook-endpoints`)).items;
  const path = `/shops/${village.shop.id}/webhook-endpoints/${id}`;
  await village.seller.expect(201, 'POST', `${path}/test`);
  await until('the end of it', async () => (await village.seller.expect(200, 'GET', `${path}/deliveries?state=dead`)).items.length > 0);
  await sheet().getByRole('button', { name: 'Save' }).click();
  await hook().getByText('it wants nothing more (410)').waitFor();
  await press('Switch on');
  await hook().getByText('Working', { exact: true }).waitFor();
  await press('Send all given up again');
  await page.getByText('1 message is on its way again.').waitFor();
});

test('a long list comes page by page', async () => {
  const [{ id }] = (await village.seller.expect(200, 'GET', `/shops/${village.shop.id}/webhook-endpoints`)).items;
  for (let i = 0; i < 20; ++i) await village.seller.expect(201, 'POST', `/shops/${village.shop.id}/webhook-endpoints/${id}/test`);
  await page.reload();
  await line('Test').nth(19).waitFor();
  assert.equal(await line('New order').count(), 0);
  await hook().getByRole('button', { name: 'Show more' }).click();
  await line('New order').waitFor();
  assert.equal(await hook().getByRole('button', { name: 'Show more' }).count(), 0);
});

test('a webhook is changed', async () => {
  await press('Change');
  assert.equal(await sheet().getByLabel('Address').inputValue(), receiver.url);
  await sheet().getByLabel('Show ended').check();
  await sheet().getByRole('button', { name: 'Save' }).click();
  await hook().getByText('New order · Show ended').waitFor();
  await village.seller.expect(200, 'POST', `/shows/${village.show.id}/end`);
  await line('Show ended').getByText('Delivered', { exact: true }).waitFor();
});

test('after a new secret both sign, and the page says until when', async () => {
  await press('New secret');
  await sheet().getByText(/Until .+ messages are signed with the old one too/).waitFor();
  await show('rotate');
  await sheet().getByRole('button', { name: 'New secret' }).click();
  await sheet().getByText(/Until .+ messages are signed with the old secret too/).waitFor();
  const fresh = await copiedSecret();
  assert.notEqual(fresh, secret);
  await hook().getByText(/Until .+ messages are signed with the old secret too/).waitFor();
  const before = receiver.taken.length;
  await press('Send a test');
  const message = (await receiver.messages(before + 1)).at(-1);
  for (const key of [secret, fresh]) assert.equal(verified(key, message).type, 'webhook.test');
  await press('New secret');
  await sheet().getByText('The secret before it stops at once.').waitFor();
  await sheet().getByRole('button', { name: 'Go back' }).click();
});

test('the page is read in every language on a phone', async () => {
  for (const [language, words] of Object.entries(kLanguages)) {
    await page.evaluate((tag) => localStorage.setItem('geili.language', tag), language);
    await page.reload();
    await page.getByRole('button', { name: words }).waitFor();
    await page.locator('details li strong').first().waitFor();
    await show(language);
    await isNarrow();
  }
  await page.evaluate(() => localStorage.setItem('geili.language', 'en'));
  await page.reload();
});

test('a sixth is not offered, and deleting asks first', async () => {
  const { seller, shop } = village;
  const all = `/shops/${shop.id}/webhook-endpoints`;
  for (let i = 0; i < 4; ++i) await seller.expect(201, 'POST', all, { url: 'https://example.com/hook', description: `No. ${i}`, events: ['show.ended'] });
  await page.reload();
  await page.getByText('A shop has five webhooks at most.').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Add a webhook' }).count(), 0);
  await press('Delete');
  await sheet().getByText(`${receiver.url} is told nothing more`).waitFor();
  await sheet().getByRole('button', { name: 'Delete' }).click();
  await page.getByText('Deleted', { exact: true }).waitFor();
  await hook().waitFor({ state: 'detached' });
  assert.equal((await seller.expect(200, 'GET', all)).items.length, 4);
  await page.getByRole('button', { name: 'Add a webhook' }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H1');
});

test('a webhook that somebody else has deleted says so', async () => {
  const { seller, shop } = village;
  const all = `/shops/${shop.id}/webhook-endpoints`;
  const [{ id }] = (await seller.expect(200, 'GET', all)).items;
  await seller.expect(204, 'DELETE', `${all}/${id}`);
  const gone = page.getByRole('region', { name: 'No. 0' });
  await gone.getByRole('button', { name: 'Send a test' }).click();
  await gone.getByRole('alert').getByText('This webhook is not there any more').waitFor();
});

test('a helper has no door to it', async () => {
  const { seller, shop } = village;
  const helper = await house.signedIn(await join(seller, { role: 'helper', name: 'Hua', shop_id: shop.id }), { viewport: kPhone });
  await helper.page.goto(`${house.url}/studio`);
  await helper.page.getByText('Hello, Hua').waitFor();
  assert.equal(await helper.page.getByRole('link', { name: 'Webhooks' }).count(), 0);
  await helper.page.goto(`${house.url}/studio/webhooks`);
  await helper.page.getByText('Webhooks are for sellers and managers').waitFor();
  assert.deepEqual(await helper.faults(), []);
});

test('nothing was complained of', async () => {
  assert.deepEqual(await one.faults(/422 \(Unprocessable|404 \(Not Found\) \(\S+\/test/), []);
});
