// Every page and every sheet on it, light and dark, on a phone and a desk: axe finds nothing serious, nothing is
// wider than the screen, the console and the content security policy complain of nothing. What was seen is kept in
// build/screenshots/ to be looked at.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { payoutOf } from '../lib/books.mjs';
import { makeCoupon } from '../lib/coupons.mjs';
import { buy, join, newDevice, newProduct, orderOf } from '../lib/house.mjs';
import { ProviderStub } from '../lib/provider_stub.mjs';
import { recordedShow } from '../lib/recorded_show.mjs';
import { kRoot } from '../lib/server.mjs';
import { graveFaults, kAxe } from './support/axe.mjs';
import { kDesktop, kPhone } from './support/browser.mjs';
import { House } from './support/house.mjs';
import { payingOrders } from './support/paying_orders.mjs';
import { sentOrders } from './support/sent_orders.mjs';
import { kStripeStub } from './support/stripe_stub.mjs';
import { buyOverApi, pin } from './support/village.mjs';

const kShots = path.join(kRoot, 'build/screenshots');
const kColours = ['light', 'dark'];
const kRulesOfColour = ['color-contrast', 'link-in-text-block'];
// Where a page repeats its parts by the hundred, their colours are looked at in the first of each section: axe asks of
// every word what lies behind it.
const kPartOfColours = { 'api-docs': 'header, footer, main > :not(section), main > section > :nth-child(-n+5)' };
// The buyer is nobody yet, and one address is made to miss: both are answers the console notes.
const kMeantToMiss = /401 \(Unauthorized\)|404 \(Not Found\) \(\S+\/nowhere|Not found: \/nowhere|404 \(Not Found\) \(\S+\/session\/link|422 \(Unprocessable Content\) \(\S+\/invitations\/peek/;

let house, stub, order, sent, open, invitation, over, paying;

before(async () => {
  await mkdir(kShots, { recursive: true });
  stub = await ProviderStub.start();
  house = await House.open({ isOnAir: true, args: stub.args });
  const { village } = house;
  const { seller, shop, necklace } = village;
  await pin(village, necklace);
  await seller.expect(201, 'POST', `/shops/${shop.id}/shows`, {
    title: 'Evening at the lake', starts_at: new Date(Date.now() + 36e5).toISOString(), product_ids: [necklace.id] });
  ({ show: over } = await recordedShow(house.server, seller, shop.id, village.products.slice(0, 2)));
  ({ json: order } = await buyOverApi(house, village, 'Ana'));
  await makeCoupon(seller, shop);
  await seller.expect(200, 'PUT', `/shows/${village.show.id}/script`, { beats: [{ kind: 'opening', text: 'Welcome to the lake' }, { kind: 'price', product_id: necklace.id, text: 'Only {price}' }] });
  await keepBooks(seller, shop.id);
  await tellPrograms(seller, shop.id);
  const date = new Date().toISOString().slice(0, 10);
  await seller.expect(200, 'POST', '/exchange-rates', { source: 'ECB', rates: [{ base: 'EUR', quote: 'CNY', rate: '8.2079', date }] });
  ({ sent, open } = await sentOrders(house));
  paying = await payingOrders(house);
  await join(seller, { role: 'helper', name: 'Hua', shop_id: shop.id });
  invitation = await seller.expect(201, 'POST', '/invitations', { role: 'seller', name: 'Lin' });
});
after(async () => {
  await house?.close();
  stub?.stop();
});

// An order of another show that was handed over, and a batch that pays the shop out.
async function keepBooks(seller, shop_id) {
  const product = await newProduct(seller, shop_id, { title: 'Pearl brooch' });
  const device = await newDevice(house.url, 'Ben');
  const { json: { number } } = await buy(device, orderOf(product));
  const { items } = await seller.expect(200, 'GET', `/shops/${shop_id}/orders`);
  const { id } = items.find((one) => one.number === number && one.show_id === undefined);
  for (const status of ['packed', 'handed_over']) await seller.expect(200, 'PUT', `/shops/${shop_id}/orders/${id}/status`, { status });
  await payoutOf(seller, seller, shop_id, ['approve']);
}

// A webhook with one message that was given up and one that nobody took yet.
async function tellPrograms(seller, shop_id) {
  const all = `/shops/${shop_id}/webhook-endpoints`;
  const hook = { url: 'https://stock.village.example/hooks/geili?shop=lin-pearls', description: 'Stock list', events: ['order.placed', 'product.sold_out', 'show.ended'] };
  const { id } = await seller.expect(201, 'POST', all, hook);
  const test = () => seller.expect(201, 'POST', `${all}/${id}/test`);
  await test();
  for (const disabled of [true, false]) await seller.expect(200, 'PUT', `${all}/${id}`, { ...hook, disabled });
  await test();
}

const press = (name) => (page) => page.getByRole('button', { name }).first().click();

// [name, address, what is there once the page is whole, {sheet: how it is opened}]
function pagesOfBuyers(viewport) {
  const { shop, show, necklace } = house.village;
  const join = new URL(invitation.url);
  return [
    ['home', '/', (page) => page.getByText('Evening at the lake').first()],
    ['show', `/shows/${show.id}`, (page) => page.getByRole('article', { name: 'Shown right now' }), {
      buy: press(/^Buy$/),
      // On a desk the bag lies beside the picture.
      ...(viewport === kPhone ? { bag: press(/Bag/) } : { claims: press('See who came when') }),
      name: async (page) => {
        await page.getByPlaceholder('Say something…').fill('Hello');
        await page.getByRole('button', { name: 'Send', exact: true }).click();
      },
    }],
    ['replay', `/shows/${over.id}#t=4`, (page) => page.getByRole('heading', { name: 'What was shown' })],
    ['product', `/products/${necklace.id}`, (page) => page.getByRole('heading', { name: 'Pearl necklace' }).first(), { buy: press(/^Buy/) }],
    ['shop', `/shops/${shop.id}`, (page) => page.getByText('Drop earrings').first()],
    ['order', `/order#${order.token}`, (page) => page.getByRole('heading', { name: 'Order no. 1' }), { cancel: press(/^Cancel/) }],
    ['order-sent', `/order#${sent.token}`, (page) => page.getByText('On its way'), { return: press('Give something back') }],
    ['order-open', `/order#${open.token}`, (page) => page.getByText('To be packed'), { change: press('Change the order') }],
    ['order-transfer', `/order#${paying.transfer.token}`, (page) => page.getByText('Pay until')],
    ['pay', `/pay#${paying.card.token}`, (page) => page.getByLabel('Card of the stub')],
    ['orders', '/orders', (page) => page.getByRole('heading', { level: 1 })],
    ['reminders', '/reminders', (page) => page.getByRole('heading', { level: 1 })],
    ['signin', '/signin', (page) => page.getByRole('button', { name: 'Sign in' })],
    ['signin-link', '/signin/link#not-the-one', (page) => page.getByRole('link', { name: 'Sign in with a password' })],
    ['join', join.pathname + join.hash, (page) => page.getByRole('heading', { name: 'Welcome, Lin' })],
    ['setup', '/setup#not-the-one', (page) => page.getByRole('button', { name: 'Begin' })],
    ['join-broken', '/join', (page) => page.getByText('There is nothing here').first()],
    ['api-docs', '/api-docs', (page) => page.getByRole('heading', { name: 'Place order' })],
    ['missing', '/nowhere', (page) => page.getByText('There is nothing here').first()],
    // Last, because a basket follows the buyer from page to page.
    ['basket', `/shows/${show.id}`, (page) => page.getByRole('article', { name: 'Shown right now' }), {
      open: async (page) => {
        if (viewport === kPhone) await press(/Bag/)(page);
        await press('Buy: Drop earrings')(page);
        await press('Add to basket')(page);
        await press(/^Basket: /)(page);
        await page.getByRole('heading', { name: 'Your basket' }).waitFor();
      },
    }],
  ];
}

function pagesOfSellers() {
  const desk = `/studio/shows/${house.village.show.id}`;
  return [
    ['studio', '/studio', (page) => page.getByText('Hello, Mei').first()],
    ['studio-products', '/studio/products', (page) => page.getByText('Drop earrings').first(), {
      new: press('New product'), edit: press(/^Drop earrings$/),
    }],
    ['studio-shows', '/studio/shows', (page) => page.getByText('Evening at the lake').first(), { plan: press('Plan a show') }],
    ['studio-orders', '/studio/orders', (page) => page.getByText('Ana').first(), {
      cancel: press(/^Cancel$/), confirm: press('The money is here'), refund: press('Give money back'), 'problem-done': press('Done'),
    }],
    ['studio-payments', '/studio/payments', (page) => page.getByRole('region', { name: 'Stripe' })],
    ['studio-coupons', '/studio/coupons', (page) => page.getByText('Autumn').first(), { new: press('New coupon'), withdraw: press(/^Withdraw/) }],
    ['studio-rates', '/studio/rates', (page) => page.getByText('1 EUR = 8.2079 CNY')],
    ['studio-webhooks', '/studio/webhooks', (page) => page.getByText('Given up', { exact: true }).last(), {
      add: press('Add a webhook'), change: press('Change'), 'new-secret': press('New secret'), off: press('Switch off'), delete: press('Delete'),
    }],
    ['studio-restreams', '/studio/restreams', (page) => page.getByRole('heading', { name: 'Other platforms' }), { add: press('Add a platform') }],
    ['studio-parcels', '/studio/orders/parcels', (page) => page.getByRole('article').first(), {
      'hand-over': async (page) => {
        const box = page.getByRole('article').first();
        await box.getByRole('button', { name: 'Packed' }).click();
        await box.getByRole('button', { name: 'Hand over' }).click();
      },
    }],
    ['studio-returns', '/studio/orders/returns', (page) => page.getByRole('button', { name: 'Accept' }), { refund: press('Give money back') }],
    ['studio-shipping', '/studio/orders/shipping', (page) => page.getByText('World').first(), {
      zone: press('Change: World'), point: press('Add a pick-up point'),
    }],
    ['studio-people', '/studio/people', (page) => page.getByText('Lin').first(), {
      invite: press(/^Invite$/), revoke: press('Take back the invitation for Lin'),
      'let-in': press('New sign-in link for Hua'),
      'let-in-made': async (page) => {
        await press('New sign-in link for Hua')(page);
        await press('Make the link')(page);
        await page.getByAltText('The code of the sign-in link').waitFor();
      },
    }],
    ['studio-account', '/studio/account', (page) => page.getByRole('heading', { name: 'Change your password' })],
    ['studio-books', '/studio/books', (page) => page.getByText('Cash you kept').first(), { account: press('Change the account') }],
    ['studio-payouts', '/studio/payouts', (page) => page.getByText('Batch 1').first()],
    ['studio-audit', '/studio/audit', (page) => page.locator('main ol > li:not(.skeleton)').first()],
    ['studio-desk', desk, (page) => page.getByRole('button', { name: 'Unpin Pearl necklace' }), {
      end: press('End the show'), limits: press('Limits of Pearl necklace'), auction: press('Begin an auction'), draw: press('Begin a lucky draw'),
    }],
    ['studio-script', `${desk}/script`, (page) => page.getByText('Welcome to the lake').first()],
    ['studio-report', `/studio/shows/${over.id}/report`, (page) => page.getByRole('heading', { level: 1 })],
    ['studio-recording', `/studio/shows/${over.id}`, (page) => page.getByRole('button', { name: 'Make a clip Drop earrings' }), { delete: press('Delete the recording') }],
  ];
}

/** The letters and pictures are there, and what moves once is over; what moves for ever is not waited for. */
function settled(page) {
  return page.waitForFunction(() => {
    const passing = document.getAnimations()
      .filter((one) => one.playState === 'running' && one.effect?.getComputedTiming().endTime !== Infinity);
    const loading = [...document.images].filter((image) => image.loading !== 'lazy' && !image.complete);
    return document.fonts.status === 'loaded' && passing.length === 0 && loading.length === 0;
  });
}

async function isPlaying(page) {
  await page.waitForFunction(() => {
    const video = document.querySelector('video');
    return video && video.videoWidth > 0 && video.currentTime > 0.5;
  });
}

/** [part, rules] to be looked at: of all the rules only those about colour see another page in the other colours. */
function looksOf(name, colorScheme, part) {
  const partOfColours = kPartOfColours[name] ?? part;
  const colours = [partOfColours, { only: kRulesOfColour }];
  if (colorScheme !== kColours[0]) return [colours];
  return partOfColours === part ? [[part]] : [[part, { except: kRulesOfColour }], colours];
}

/** Looks at what is shown now in both colours; `part` names the element when it is not the whole page. */
async function look(page, name, { part, fullPage = false } = {}) {
  const { width } = page.viewportSize();
  const faults = [];
  for (const colorScheme of kColours) {
    await page.emulateMedia({ colorScheme });
    await settled(page);
    await page.screenshot({ path: path.join(kShots, `${name}-${width}-${colorScheme}.png`), fullPage });
    for (const [where, rules] of looksOf(name, colorScheme, part)) {
      faults.push(...(await graveFaults(page, where, rules)).map((fault) => `${name} ${colorScheme}: ${fault}`));
    }
  }
  const taken = await page.evaluate(() => document.documentElement.scrollWidth);
  if (taken > width) faults.push(`${name} is ${taken} px wide`);
  return faults;
}

async function inspect(page, [name, address, sign, sheets = {}]) {
  await page.goto(house.url + address);
  await sign(page).waitFor();
  const hasVideo = name === 'show' || name === 'studio-desk';
  if (hasVideo) await isPlaying(page);
  // The document of the API is longer than a picture can be.
  const faults = await look(page, name, { fullPage: !hasVideo && name !== 'api-docs' });
  for (const [sheet, open] of Object.entries(sheets)) {
    await open(page);
    await page.locator('dialog[open]').waitFor();
    faults.push(...await look(page, `${name}-${sheet}`, { part: 'dialog[open]' }));
    await page.keyboard.press('Escape');
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
  }
  return faults;
}

for (const [screen, viewport] of [['phone', kPhone], ['desk', kDesktop]]) {
  for (const [who, pages] of [['buyers', pagesOfBuyers], ['sellers', pagesOfSellers]]) {
    test(`every page of ${who} is sound on a ${screen}`, async () => {
      const one = who === 'buyers' ? await house.visitor({ viewport }) : await house.signedIn(house.village.seller, { viewport });
      await one.context.addInitScript(kAxe);
      await one.context.route('https://js.stripe.com/**', (route) => route.fulfill({ contentType: 'text/javascript', body: kStripeStub }));
      const faults = [];
      for (const page of pages(viewport)) faults.push(...await inspect(one.page, page));
      faults.push(...await one.faults(kMeantToMiss));
      await one.context.close();
      assert.deepEqual(faults, []);
    });
  }
}
