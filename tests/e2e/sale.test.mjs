// The first sale: live picture, chat, a race for twelve necklaces, a crash in the middle of the evening.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { anyOf, kDesktop, kOutages } from './support/browser.mjs';
import { House } from './support/house.mjs';
import { ShowPage } from './support/show_page.mjs';
import { buyOverApi } from './support/village.mjs';

const kStock = 12;
const kBuyers = 13;
const kBuyersInPages = 3;

let house, village, host;
const people = [];

async function enter(options) {
  const one = await house.visitor(options);
  one.show = await ShowPage.open(one.page, house.url, village.show);
  people.push(one);
  return one;
}

async function stockNow() {
  return (await village.seller.expect(200, 'GET', `/products/${village.necklace.id}`)).stock;
}

const changeStock = (change) =>
  village.seller.expect(200, 'POST', `/products/${village.necklace.id}/stock-changes`, { change });

async function ordersNow() {
  return (await village.seller.expect(200, 'GET', `/shops/${village.shop.id}/orders?show_id=${village.show.id}&limit=100`)).items;
}

before(async () => {
  house = await House.open({ isOnAir: true });
  village = house.village;
});
after(() => house?.close());

test('the show plays with picture and sound', async () => {
  const { show } = await enter();
  await show.playsOn(2);
  const picture = await show.picture();
  assert.ok(picture.width > 0 && picture.height > picture.width, `upright: ${JSON.stringify(picture)}`);
  assert.ok(picture.hasSound, 'a sound track is decoded');
});

test('two browsers chat with each other', async () => {
  const ana = people[0];
  const tomas = await enter();
  await ana.show.say('Is it freshwater?');
  await ana.show.takeName('Ana');
  await tomas.show.hears('Is it freshwater?');
  await tomas.show.say('It is!');
  await tomas.show.takeName('Tomas');
  await ana.show.hears('It is!');
});

test('the host pins the necklace, and viewers see it with twelve left', async () => {
  host = await house.signedIn(village.seller, { viewport: kDesktop });
  await host.page.goto(`${house.url}/studio/shows/${village.show.id}`);
  await host.page.getByRole('button', { name: 'Pin Pearl necklace' }).click();
  for (const { show } of people) {
    await show.pinned.getByText('Pearl necklace').waitFor();
    await show.pinned.getByText(`${kStock} left`).waitFor();
  }
});

// Buyers in pages and buyers over the API all press the button at once.
async function race() {
  const racers = people.slice(0, kBuyersInPages);
  for (const [index, { show }] of racers.entries()) {
    await show.tapBuy();
    await show.fillForm({ name: `Racer ${index}`, phone: '+52 473 000 0000' });
  }
  const others = Array.from({ length: kBuyers - racers.length }, (_, index) =>
    buyOverApi(house, village, `Buyer ${index}`));
  const [answers, outcomes] = await Promise.all([
    Promise.all(others),
    Promise.all(racers.map(async ({ show }) => {
      await show.confirmButton().click();
      const result = show.sheet.getByRole('heading', { name: /^(Yours! No\. \d+|Sold out)$/, level: 3 });
      await result.waitFor();
      return result.innerText();
    })),
  ]);
  return { answers, outcomes };
}

test('thirteen race for twelve: twelve orders, one honest "sold out", nothing left', async () => {
  await enter();
  await people[2].show.pinned.waitFor();
  const { answers, outcomes } = await race();
  const sold = answers.filter(({ status }) => status === 201).length + outcomes.filter((text) => text !== 'Sold out').length;
  const refused = answers.filter(({ json }) => json.type === '/problems/sold-out').length + outcomes.filter((text) => text === 'Sold out').length;
  assert.deepEqual({ sold, refused }, { sold: kStock, refused: kBuyers - kStock });
  assert.equal(await stockNow(), 0);
  assert.deepEqual((await ordersNow()).map(({ number }) => number).sort((a, b) => a - b), Array.from({ length: kStock }, (_, i) => i + 1));
  await host.page.getByText(`${kStock} orders`, { exact: true }).waitFor();
  await host.page.getByText(/Sold to .*, no\. 12/).first().waitFor();
});

test('who comes late reads "sold out" on the card and in the sheet', async () => {
  const late = await enter();
  await late.show.pinned.getByText('Sold out').waitFor();
  await late.show.tapWait();
  await late.show.sheet.getByRole('heading', { name: 'Sold out', level: 3 }).waitFor();
  await late.show.sheet.getByText('You came as no. 13.').waitFor();
  await late.show.sheet.getByText('You would be no. 1 in line.').waitFor();
  await late.page.keyboard.press('Escape');
});

test('a page that did not hear of the last sale is told "sold out" by the sheet', async () => {
  await changeStock(1);
  const one = await enter();
  await one.show.pinned.getByRole('button', { name: 'Buy' }).waitFor();
  // The tap arrives when the last one has gone.
  await one.page.route('**/api/v1/device/holds', async (route) => {
    if (route.request().method() === 'POST') await changeStock(-1);
    await route.continue();
  });
  await one.show.tapBuy();
  await one.show.sheet.getByRole('heading', { name: 'Sold out', level: 3 }).waitFor();
  await one.context.close();
  people.pop();
});

test('the publisher dies: viewers read "back in a moment" and see the picture again by themselves', async () => {
  const { page, show } = people[1];
  await show.playsOn();
  await house.publisher.kill();
  await page.getByText('Back in a moment…').waitFor();
  house.publisher.start();
  await page.getByText('Back in a moment…').waitFor({ state: 'hidden' });
  await show.playsOn();
});

test('kill -9 and a restart: every order is there, open pages come back by themselves', async () => {
  for (const { page } of people) await page.keyboard.press('Escape');
  await house.server.kill();
  await house.publisher.ended();
  for (const { page } of people.slice(0, 2)) await page.getByText('Reconnecting…').waitFor();
  await house.server.startAgain();
  house.publisher.start();
  assert.equal((await ordersNow()).length, kStock);
  assert.equal(await stockNow(), 0);
  const [ana, tomas] = people;
  await Promise.all([ana.show.connected(), tomas.show.connected()]);
  await ana.show.say('Are you all still here?');
  await tomas.show.hears('Are you all still here?');
  await ana.show.playsOn();
  await host.page.getByText(`${kStock} orders`, { exact: true }).waitFor();
});

test('nothing was complained of in any page', async () => {
  // The losers of the race are answered 409, which the console notes as a failed load.
  for (const one of house.visitors) assert.deepEqual(await one.faults(anyOf(kOutages, /409 \(Conflict\)/)), []);
  assert.ok(people[0].exchanges.frames > 10, 'the frames of the room were held to their document');
});
