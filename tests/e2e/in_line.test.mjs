// Two want the last one: it is held for who was first, the other waits in line, and gets it when it falls back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { graveFaults, kAxe } from './support/axe.mjs';
import { kDesktop, kPhone } from './support/browser.mjs';
import { House } from './support/house.mjs';
import { ShowPage } from './support/show_page.mjs';
import { pin } from './support/village.mjs';

let house, village, host, ana, bo;
const kConflict = /409 \(Conflict\)/;

async function enter() {
  const one = await house.visitor({ viewport: kPhone });
  await one.context.addInitScript(kAxe);
  one.show = await ShowPage.open(one.page, house.url, village.show);
  return one;
}

/** In both colours, once what moves has come to rest. */
async function looked({ page }, part) {
  const faults = [];
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await page.waitForFunction(() => document.getAnimations()
      .every((one) => one.playState !== 'running' || one.effect?.getComputedTiming().endTime === Infinity));
    faults.push(...await graveFaults(page, part));
  }
  return faults;
}

const yours = ({ show }) => show.sheet.getByText(/^Yours for$/).first();
const seconds = (clock) => { const [m, s] = clock.split(':').map(Number); return 60 * m + s; };

before(async () => {
  house = await House.open();
  village = house.village;
  await pin(village, village.necklace);
  await village.seller.expect(200, 'POST', `/products/${village.necklace.id}/stock-changes`, { change: -11 });
  host = await house.signedIn(village.seller, { viewport: kDesktop });
  await host.page.goto(`${house.url}/studio/shows/${village.show.id}`);
  ana = await enter();
  bo = await enter();
});
after(() => house?.close());

test('a tap holds the last one, and the clock runs', async () => {
  await ana.show.tapBuy();
  await yours(ana).waitFor();
  await ana.show.sheet.getByText('You came as no. 1').waitFor();
  const clock = ana.show.sheet.getByRole('timer');
  const first = seconds(await clock.innerText());
  assert.ok(first > 150 && first <= 180, `${first} s`);
  await ana.page.waitForFunction((before) => {
    const [m, s] = document.querySelector('dialog[open] [role=timer]').textContent.split(':').map(Number);
    return 60 * m + s < before;
  }, first);
  await bo.show.pinned.getByText('Sold out').waitFor();
  await host.page.getByText('1 held').waitFor();
});

test('who comes too late waits in line', async () => {
  await bo.show.tapWait();
  await bo.show.sheet.getByText('You would be no. 1 in line.').waitFor();
  assert.deepEqual(await looked(bo, 'dialog[open]'), []);
  await bo.show.sheet.getByRole('button', { name: 'Wait in line' }).click();
  await bo.show.sheet.getByText('You are no. 1 in line.').waitFor();
  await bo.show.sheet.getByRole('button', { name: 'Go on' }).click();
  await bo.page.getByText('No. 1 in line for Pearl necklace').waitFor();
  await host.page.getByText('1 waiting').waitFor();
  // Another tap on the card tells the same place.
  await bo.show.pinned.getByRole('button', { name: 'In line', exact: true }).click();
  await bo.show.sheet.getByText('You are no. 1 in line.').waitFor();
  await bo.show.sheet.getByRole('button', { name: 'Go on' }).click();
});

test('who closes the sheet lets go, and it is the turn of who waited', async () => {
  await ana.show.sheet.getByRole('button', { name: 'Close' }).click();
  const turn = bo.page.getByRole('region', { name: 'Your turn' });
  await turn.getByText('Your turn: Pearl necklace').waitFor();
  assert.deepEqual(await looked(bo), []);
  assert.ok(seconds(await turn.getByRole('timer').innerText()) > 240);
  await ana.show.pinned.getByRole('button', { name: 'Wait in line' }).waitFor();

  // By the card as well, and a look at it gives nothing away.
  for (const place of [bo.show.pinned, turn]) {
    await place.getByRole('button', { name: 'Buy' }).click();
    await yours(bo).waitFor();
    await bo.show.sheet.getByRole('button', { name: 'Close' }).click();
    await turn.waitFor();
  }
  await turn.getByRole('button', { name: 'Buy' }).click();
  await bo.show.fillForm({ name: 'Bo', phone: '+52 473 732 0000' });
  await bo.show.confirmButton().click();
  await bo.show.sheet.getByRole('heading', { name: 'Yours! No. 1' }).waitFor();
  await bo.show.sheet.getByText('You came as no. 2').waitFor();
});

test('the browser checks the order of claims', async () => {
  await bo.show.sheet.getByRole('button', { name: 'See who came when' }).click();
  await bo.page.getByText('Checked by your browser: 4 lines, unchanged.').waitFor();
  assert.equal(await bo.page.locator('.log .own').count(), 2);
  await bo.page.keyboard.press('Escape');
  await bo.show.sheet.getByRole('button', { name: 'Go on' }).click();
  await bo.page.getByRole('region', { name: 'Your turn' }).waitFor({ state: 'detached' });
});

test('who leaves the line is out of it', async () => {
  await ana.show.tapWait();
  await ana.show.sheet.getByRole('button', { name: 'Wait in line' }).click();
  await ana.show.sheet.getByRole('button', { name: 'Go on' }).click();
  const place = ana.page.getByText('No. 1 in line for Pearl necklace');
  await place.waitFor();
  await ana.page.getByRole('button', { name: 'Leave the line: Pearl necklace' }).click();
  await place.waitFor({ state: 'detached' });
});

test('the host limits what each buyer gets, and the buyer is told', async () => {
  await host.page.getByRole('button', { name: 'Limits of Drop earrings' }).click();
  await host.page.getByLabel('At most for each buyer').fill('2');
  await host.page.getByRole('button', { name: 'Save' }).click();
  await host.page.getByText('2 each').waitFor();
  await pin(village, village.products[1]);
  await ana.show.pinned.getByText('Drop earrings').waitFor();
  await ana.show.tapBuy();
  await ana.show.sheet.getByText('At most 2 for each buyer.').waitFor();
  const more = ana.show.sheet.getByRole('button', { name: 'One more' });
  await more.click();
  assert.equal(await more.isEnabled(), false);
});

test('when the time is over the sheet says so, and holds again when it is asked', async () => {
  const cai = await enter();
  await cai.page.clock.install();
  await cai.page.reload();
  await cai.show.connected();
  await cai.show.tapBuy();
  await yours(cai).waitFor();
  await cai.page.clock.fastForward('02:01');
  await cai.show.sheet.getByText('Yours for one more minute.').waitFor({ state: 'attached' });
  await cai.page.clock.fastForward('01:00');
  await cai.show.sheet.getByText('Your time is over.').first().waitFor();
  await cai.show.sheet.getByRole('button', { name: 'Hold it again' }).click();
  await yours(cai).waitFor();
  await cai.show.sheet.getByRole('button', { name: 'Close' }).click();
});

test('nothing was complained of in any page', async () => {
  for (const one of house.visitors) assert.deepEqual(await one.faults(kConflict), []);
});
