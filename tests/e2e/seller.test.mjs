// From the first start to a planned show, all of it in browsers: administrator, invitation, seller.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { kPassword, tokenOf } from '../lib/house.mjs';
import { kDesktop, kPhone } from './support/browser.mjs';
import { House } from './support/house.mjs';
import { pictureFile } from './support/village.mjs';

const kOtherPassword = 'eight shells in a row';

let house, admin, manager, seller, phone, invitationLink;

before(async () => {
  house = await House.open({ hasVillage: false });
  admin = await house.visitor({ viewport: kDesktop });
  manager = await house.visitor({ viewport: kDesktop });
  seller = await house.visitor({ viewport: kPhone });
});
after(() => house?.close());

async function fillAccount(page, { name, login }) {
  if (name) await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Sign-in name').fill(login);
  await page.getByLabel('Password').fill(kPassword);
}

/** Answers the link that is shown once. */
async function invite(page, { name, role }) {
  await page.goto(`${house.url}/studio/people`);
  await page.getByRole('button', { name: 'Invite', exact: true }).first().click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('Whom is it for?').fill(name);
  await sheet.getByRole('radio', { name: role }).check();
  await sheet.getByRole('button', { name: 'Make the invitation' }).click();
  const code = sheet.getByAltText('The code of the invitation link');
  await code.waitFor();
  assert.ok(await code.evaluate((image) => image.decode().then(() => image.naturalWidth > 0)), 'the code is a picture');
  const link = await sheet.getByRole('textbox', { name: 'Invitation link' }).inputValue();
  assert.ok(link.startsWith(`${house.url}/join#`), link);
  return link;
}

test('the link of the first start makes the administrator', async () => {
  const { page } = admin;
  await page.goto(`${house.url}/setup#${tokenOf(house.server.address.setup_url)}`);
  await fillAccount(page, { name: 'Mei', login: 'mei' });
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByRole('heading', { name: 'Hello, Mei' }).or(page.getByText('No shop yet')).first().waitFor();
});

test('the administrator invites a manager, who joins', async () => {
  const link = await invite(admin.page, { name: 'Hua', role: /Manager/ });
  const { page } = manager;
  await page.goto(link);
  await page.getByRole('heading', { name: 'Welcome, Hua' }).waitFor();
  await fillAccount(page, { login: 'hua' });
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByRole('heading', { name: 'Hello, Hua' }).or(page.getByText('No shop yet')).first().waitFor();
});

test('the manager invites a seller by a link and its code', async () => {
  invitationLink = await invite(manager.page, { name: 'Lin', role: /Seller/ });
});

test('the seller joins by the link and opens a shop', async () => {
  const { page } = seller;
  await page.goto(invitationLink);
  await page.getByRole('heading', { name: 'Welcome, Lin' }).waitFor();
  await fillAccount(page, { login: 'lin' });
  await page.getByLabel('Name of the shop').fill('Lin Pearls');
  await page.getByLabel('Village or town').fill('Pearl Village');
  await page.getByLabel('Currency').selectOption('CNY');
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByRole('heading', { name: 'Hello, Lin' }).waitFor();
});

test('the seller signs out and in again, and comes to the page that was asked for', async () => {
  const { page } = seller;
  await page.getByRole('button', { name: /^Sign out/ }).click();
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.goto(`${house.url}/studio/products`);
  await page.waitForURL(/\/signin\?next=/);
  await page.getByLabel('Sign-in name').fill('lin');
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Password').fill(kPassword);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${house.url}/studio/products`);
  await page.getByRole('button', { name: 'New product' }).first().waitFor();
});

test('the seller lists a product with a photo', async () => {
  const { page } = seller;
  await page.goto(`${house.url}/studio/products`);
  await page.getByRole('button', { name: 'New product' }).first().click();
  const sheet = page.getByRole('dialog');
  await sheet.locator('input[type=file]').first().setInputFiles(pictureFile('necklace-classic'));
  await sheet.getByLabel('Price in CNY').fill('299');
  await sheet.getByLabel('In stock', { exact: true }).fill('12');
  await sheet.getByLabel('Title').fill('Pearl necklace');
  await sheet.getByRole('button', { name: 'List it' }).click();
  await page.getByText('“Pearl necklace” is on sale').waitFor();
  const photo = page.locator('main img[src^="/photos/"]').first();
  await photo.waitFor();
  await photo.evaluate((image) => image.decode());
});

test('the seller plans a show with it, which the first page then names', async () => {
  const { page } = seller;
  await page.goto(`${house.url}/studio/shows`);
  await page.getByRole('button', { name: 'Plan a show' }).first().click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('Title').fill('Pearls of the morning');
  await sheet.getByRole('button', { name: 'Put Pearl necklace in the bag' }).click();
  await sheet.getByRole('button', { name: 'Plan it' }).click();
  await page.getByText('Pearls of the morning').first().waitFor();
  const buyer = await house.visitor();
  await buyer.page.goto(house.url);
  await buyer.page.getByText('Pearls of the morning').first().waitFor();
});

test('the link works once', async () => {
  const other = await house.visitor();
  await other.page.goto(invitationLink);
  await other.page.getByText('This link was used already.').waitFor();
});

test('the seller forgot her password: the manager makes a link, and she is in again with a new one', async () => {
  await manager.page.goto(`${house.url}/studio/people`);
  await manager.page.getByRole('button', { name: 'New sign-in link for Lin' }).click();
  const sheet = manager.page.getByRole('dialog');
  await sheet.getByRole('button', { name: 'Make the link' }).click();
  const code = sheet.getByAltText('The code of the sign-in link');
  await code.waitFor();
  assert.ok(await code.evaluate((image) => image.decode().then(() => image.naturalWidth > 0)), 'the code is a picture');
  const link = await sheet.getByRole('textbox', { name: 'Sign-in link' }).inputValue();

  phone = await house.visitor({ viewport: kPhone });
  const { page } = phone;
  await page.goto(`${house.url}/signin`);
  await page.getByText('Forgotten your password?').waitFor();
  await page.goto(link);
  await page.getByText('You came in by a link.').waitFor();
  await page.getByLabel('New password').fill('short');
  await page.getByRole('button', { name: 'Set the password' }).click();
  assert.equal(await page.getByLabel('New password').getAttribute('aria-invalid'), 'true');
  await page.getByLabel('New password').fill(kOtherPassword);
  await page.getByRole('button', { name: 'Set the password' }).click();
  await page.getByRole('heading', { name: 'Hello, Lin' }).waitFor();

  await seller.page.goto(`${house.url}/studio`);
  await seller.page.waitForURL(/\/signin\?next=/);
  await seller.page.getByLabel('Sign-in name').fill('lin');
  await seller.page.getByLabel('Password').fill(kOtherPassword);
  await seller.page.getByRole('button', { name: 'Sign in' }).click();
  await seller.page.getByRole('heading', { name: 'Hello, Lin' }).waitFor();
});

test('with the password she knows, the seller sets another one on her account page', async () => {
  const { page } = phone;
  await page.getByRole('link', { name: 'Your account, Lin' }).click();
  await page.getByRole('heading', { name: 'Change your password' }).waitFor();
  await page.getByLabel('Current password').fill('not the password');
  await page.getByLabel('New password').fill(kPassword);
  await page.getByRole('button', { name: 'Set the password' }).click();
  await page.getByText('This is not your current password.').waitFor();
  await page.getByLabel('Current password').fill(kOtherPassword);
  await page.getByRole('button', { name: 'Set the password' }).click();
  const emptied = (input) => new Promise((done) => {
    const look = () => (input.value === '' ? done() : requestAnimationFrame(look));
    look();
  });
  await page.getByLabel('Current password').evaluate(emptied);
  await page.getByText('Your new password is set.').first().waitFor();
});

test('nothing was complained of in the studio', async () => {
  // The first question of a browser nobody has signed in on is answered 401, which the console notes.
  // So is a current password that is wrong, by 422.
  for (const one of [admin, manager, seller, phone]) {
    assert.deepEqual(await one.faults(/401 \(Unauthorized\)|422 \(Unprocessable Content\) \(\S+\/session\/password/), []);
  }
});
