// Other platforms in the studio of a small phone: added, wrong URLs named, seen at the desk while they take the show,
// changed, switched off, deleted.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { join } from '../lib/house.mjs';
import { freePort, recordingServer } from '../lib/restreams.mjs';
import { kRoot } from '../lib/server.mjs';
import { graveFaults, kAxe } from './support/axe.mjs';
import { kPhone } from './support/browser.mjs';
import { House } from './support/house.mjs';

const kShots = path.join(kRoot, 'build/screenshots');
const kKey = 'stream';
const kRefused = {
  'live example': 'This is not a server URL',
  'https://live.example.com/app': 'It has to begin with rtmp://',
  'rtmp://me@live.example.com/app': 'before the @',
  'rtmp://2130706433/app': 'The name of the server',
  'rtmp://10.0.0.1/app': 'Only servers on the public internet',
  'rtmp://live.example.com:22/app': '(the port)',
  'rtmp://live.example.com': 'Something is missing',
};
const kTitles = { en: 'Other platforms', zh: '其他平台', es: 'Otras plataformas', fr: 'Autres plateformes' };

let house, village, one, page, folder, far, port;

before(async () => {
  await mkdir(kShots, { recursive: true });
  folder = await mkdtemp(path.join(tmpdir(), 'geili-restream-'));
  port = await freePort();
  far = recordingServer(port, path.join(folder, 'far.flv'));
  house = await House.open({ isOnAir: true, args: ['--webhooks-allow-loopback', 'true'] });
  village = house.village;
  one = await house.signedIn(village.seller, { viewport: kPhone });
  page = one.page;
  await one.context.addInitScript(kAxe);
});
after(async () => {
  far?.kill();
  await house?.close();
  if (folder) await rm(folder, { recursive: true });
});

const card = () => page.getByRole('region', { name: 'Village channel' });
const sheet = () => page.getByRole('dialog');
const send = () => sheet().getByRole('button', { name: /^(Add a platform|Save)$/ }).click();
const isNarrow = async () => assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= kPhone.width, page.url());
const show = (name) => page.screenshot({ path: path.join(kShots, `restream-${name}-360.png`), fullPage: true });
const atDesk = () => page.getByRole('region', { name: 'Also sent to' });

test('a seller without platforms is told what they are for, and what is wrong with a server URL', async () => {
  await page.goto(`${house.url}/studio`);
  await page.getByRole('link', { name: 'Other platforms' }).click();
  await page.getByText('Shown nowhere else yet').waitFor();
  assert.deepEqual(await graveFaults(page), []);
  await show('none');
  await page.getByRole('button', { name: 'Add a platform' }).click();
  await send();
  assert.equal(await sheet().getByText('Please fill this in.').count(), 3);
  await sheet().getByLabel('Name').fill('Village channel');
  await sheet().getByLabel('Stream key').fill(kKey);
  for (const [url, words] of Object.entries(kRefused)) {
    await sheet().getByLabel('Server URL').fill(url);
    await send();
    await sheet().locator('.field-error').getByText(words).waitFor();
  }
  await isNarrow();
});

test('a platform is added; its key is not shown again', async () => {
  await sheet().getByLabel('Server URL').fill(`rtmp://127.0.0.1:${port}/live`);
  await sheet().getByLabel('Only shows I choose').check();
  assert.deepEqual(await graveFaults(page, 'dialog[open]'), []);
  await show('sheet');
  await send();
  await card().getByText('Switched on', { exact: true }).waitFor();
  await card().getByText('Stream key is set').waitFor();
  await card().getByRole('button', { name: 'Change' }).click();
  assert.equal(await sheet().getByLabel('Stream key').inputValue(), '');
  await sheet().getByLabel('Name').fill('Village channel');
  await send();
  await sheet().waitFor({ state: 'detached' });
  assert.deepEqual(await graveFaults(page), []);
  await show('one');
  await isNarrow();
});

test('the desk takes it for this show, and says that it is sent', async () => {
  await page.goto(`${house.url}/studio/shows/${village.show.id}`);
  await atDesk().getByText('Not for this show', { exact: true }).waitFor();
  await atDesk().getByLabel('Send this show there').check();
  await atDesk().getByText('Sending', { exact: true }).waitFor();
  await atDesk().getByText(/[1-9][\d,]* kbit\/s/).waitFor();
  assert.deepEqual(await graveFaults(page), []);
  await show('desk');
  await isNarrow();
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.screenshot({ path: path.join(kShots, 'restream-desk-1280.png'), fullPage: true });
  await page.setViewportSize(kPhone);
});

test('a platform that is gone is said in words', async () => {
  far.kill();
  await far.ended;
  await atDesk().getByText('Not sent', { exact: true }).waitFor();
  await atDesk().getByText(/The platform ended the stream|The server was not reached/).waitFor();
  await show('failed');
});

test('all of it is said in four languages', async () => {
  for (const [language, title] of Object.entries(kTitles)) {
    await page.evaluate((chosen) => localStorage.setItem('geili.language', chosen), language);
    await page.goto(`${house.url}/studio/restreams`);
    await page.getByRole('heading', { name: title }).waitFor();
    await isNarrow();
    await show(language);
  }
  await page.evaluate(() => localStorage.setItem('geili.language', 'en'));
  await page.reload();
});

test('it is switched off, and deleted', async () => {
  await card().getByRole('button', { name: 'Switch off' }).click();
  await card().getByText('Switched off', { exact: true }).waitFor();
  await card().getByRole('button', { name: 'Delete' }).click();
  await sheet().getByText('Nothing more is sent to').waitFor();
  await sheet().getByRole('button', { name: 'Delete' }).click();
  await page.getByText('Shown nowhere else yet').waitFor();
  await page.goto(`${house.url}/studio/shows/${village.show.id}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  assert.equal(await atDesk().count(), 0);
});

test('a helper has no door to it', async () => {
  const { seller, shop } = village;
  const helper = await house.signedIn(await join(seller, { role: 'helper', name: 'Hua', shop_id: shop.id }), { viewport: kPhone });
  await helper.page.goto(`${house.url}/studio/restreams`);
  await helper.page.getByText('Only sellers and managers decide').waitFor();
  assert.deepEqual(await helper.faults(), []);
});

test('nothing was complained of', async () => {
  assert.deepEqual(await one.faults(/422 \(Unprocessable/), []);
});
