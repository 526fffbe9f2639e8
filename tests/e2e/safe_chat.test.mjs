// A safe chat in real browsers: the host at a desk, a helper with a phone, a buyer and somebody who misbehaves.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from '../lib/house.mjs';
import { graveFaults, kAxe } from './support/axe.mjs';
import { kDesktop } from './support/browser.mjs';
import { House } from './support/house.mjs';
import { ShowPage } from './support/show_page.mjs';

let house, village, host, helper, ana, bad;

async function enter(name) {
  const one = await house.visitor();
  one.show = await ShowPage.open(one.page, house.url, village.show);
  await one.show.say(`Hello from ${name}`);
  await one.show.takeName(name);
  await one.show.hears(`Hello from ${name}`);
  return one;
}

async function atDesk(client, options) {
  const one = await house.signedIn(client, options);
  await one.page.addInitScript(kAxe);
  await one.page.goto(`${house.url}/studio/shows/${village.show.id}`);
  await one.page.locator('#desk-chat').waitFor({ state: 'attached' });
  const tab = one.page.getByRole('button', { name: 'Chat', exact: true });
  if (await tab.isVisible()) await tab.click();
  one.talk = one.page.getByRole('log', { name: 'Chat' });
  one.dialog = one.page.getByRole('dialog');
  return one;
}

const author = async ({ page, dialog }, name, text, act) => {
  await page.getByRole('button', { name: `Silence ${name}: ${text}` }).click();
  await dialog.getByRole('button', { name: act, exact: true }).click();
  await dialog.waitFor({ state: 'detached' }).catch(() => dialog.waitFor({ state: 'hidden' }));
};

async function keep(one, work) {
  await one.page.getByRole('button', { name: 'Safe chat' }).click();
  await work(one.dialog);
  await one.page.keyboard.press('Escape');
}
const lift = (one, name) => keep(one, async (dialog) => {
  await dialog.getByRole('button', { name: `Let ${name} write again` }).click();
  await dialog.getByText('Nobody is silenced.').waitFor();
});
const input = ({ page }) => page.getByRole('textbox', { name: 'Say something…' });
const write = async (one, text) => {
  await input(one).fill(text);
  await one.page.getByRole('button', { name: 'Send', exact: true }).click();
};

before(async () => {
  house = await House.open();
  village = house.village;
  const helping = await join(village.seller, { role: 'helper', name: 'Hua', shop_id: village.shop.id });
  host = await atDesk(village.seller, { viewport: kDesktop });
  helper = await atDesk(helping);
  ana = await enter('Ana');
  bad = await enter('Bad');
  await helper.talk.getByText('Hello from Bad').waitFor();
});
after(() => house?.close());

test('a helper times somebody out on a phone, who reads it; the host lifts it', async () => {
  await author(helper, 'Bad', 'Hello from Bad', '10 minutes');
  await write(bad, 'Mine is cheaper');
  await bad.page.getByText('The host asked you to pause.').first().waitFor();
  assert.equal(await input(bad).getAttribute('readonly'), '');
  assert.match(await bad.page.getByRole('button', { name: 'Send', exact: true }).innerText(), /^(10:00|09:\d\d)$/);
  await lift(host, 'Bad');
  await bad.page.reload();
  await bad.show.connected();
  await write(bad, 'Sorry');
  await ana.show.hears('Sorry');
});

test('who is shadowed goes on alone', async () => {
  await author(host, 'Bad', 'Sorry', 'Shadow ban');
  await write(bad, 'Mine is cheaper');
  await bad.show.hears('Mine is cheaper');
  await write(ana, 'Lovely pearls');
  for (const { talk } of [host, helper, ana.show]) {
    await talk.getByText('Lovely pearls').waitFor();
    assert.equal(await talk.getByText('Mine is cheaper').count(), 0);
  }
  await lift(helper, 'Bad');
});

test('who is banned is gone, with all that was said', async () => {
  await author(helper, 'Bad', 'Sorry', 'Ban from the chat');
  for (const { talk } of [host, helper, ana.show]) {
    await talk.getByText('Sorry').waitFor({ state: 'detached' });
    assert.equal(await talk.getByText('Hello from Bad').count(), 0);
  }
  await write(bad, 'Why?');
  await bad.page.getByText('You can no longer write here.').first().waitFor();
});

test('slow mode and the announcement reach the buyer, who sees how long it is still', async () => {
  await keep(host, async (dialog) => {
    await dialog.getByLabel('Announcement').fill('Free shipping <b>tonight</b>');
    await dialog.getByRole('button', { name: 'Set', exact: true }).click();
    await dialog.getByLabel('Slow mode').selectOption('30');
    await dialog.getByRole('button', { name: 'Save the rules' }).click();
    await host.page.getByText('The rules hold from now on.').waitFor();
  });
  await ana.page.getByText('Free shipping <b>tonight</b>').waitFor();
  // Her first words: what somebody said shortly before counts, too.
  const eva = await house.visitor();
  eva.show = await ShowPage.open(eva.page, house.url, village.show);
  await eva.show.say('How much is it?');
  await eva.show.takeName('Eva');
  await host.talk.getByText('How much is it?').waitFor();
  await eva.page.getByPlaceholder('Slow chat: one moment…').waitFor();
  assert.match(await eva.page.getByRole('button', { name: 'Send', exact: true }).innerText(), /^00:\d\d$/);
  await write(helper, 'It is 299');
  await ana.show.hears('It is 299');
  await keep(host, async (dialog) => {
    await dialog.getByRole('button', { name: 'Take away' }).click();
    await dialog.getByLabel('Slow mode').selectOption('0');
    await dialog.getByRole('button', { name: 'Save the rules' }).click();
  });
  await ana.page.getByText('Free shipping').waitFor({ state: 'detached' });
});

test('members only and without links, in plain words', async () => {
  await keep(helper, async (dialog) => {
    await dialog.getByLabel('Only buyers of this shop may write').check();
    await dialog.getByRole('button', { name: 'Save the rules' }).click();
    await helper.page.getByText('The rules hold from now on.').waitFor();
  });
  await ana.page.getByPlaceholder('For buyers of this shop').waitFor();
  await write(ana, 'May I?');
  await ana.page.getByRole('alert').getByText('Only buyers of this shop may write now.').waitFor();
  await keep(helper, async (dialog) => {
    await dialog.getByLabel('Only buyers of this shop may write').uncheck();
    await dialog.getByLabel('No links').check();
    await dialog.getByRole('button', { name: 'Save the rules' }).click();
  });
  await ana.page.getByPlaceholder('Say something…').waitFor();
  await write(ana, 'see pearls.com');
  await ana.page.getByRole('alert').getByText('Links are not allowed here.').waitFor();
});

test('the sheets of the desk have no grave fault, and nothing on any page complained', async () => {
  await helper.page.getByRole('button', { name: 'Safe chat' }).click();
  await helper.dialog.getByLabel('Slow mode').waitFor();
  assert.deepEqual(await graveFaults(helper.page, 'dialog[open]'), []);
  for (const one of [host, helper, ana, bad]) assert.deepEqual(await one.faults(), []);
});
