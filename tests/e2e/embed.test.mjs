// A show in a frame of another web site: only where its shop says so, and who buys leaves the frame.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, afterEach, before, test } from 'node:test';
import { graveFaults, kAxe } from './support/axe.mjs';
import { kDesktop, kPhone } from './support/browser.mjs';
import { House } from './support/house.mjs';
import { pin } from './support/village.mjs';

let house, site, address;
const opened = [];

before(async () => {
  house = await House.open({ isOnAir: true });
  address = `${house.url}/embed/${house.village.show.id}`;
  site = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html');
    const framed = new URL(request.url, 'http://x').searchParams.get('framed') ?? address;
    response.end(`<!doctype html><title>Elsewhere</title><iframe src="${framed}" title="Show" width="340" height="640" allow="autoplay"></iframe>`);
  });
  await new Promise((resolve) => site.listen(0, '127.0.0.1', resolve));
});
after(async () => {
  await house?.close();
  site?.close();
});
// What is left open goes on playing, and takes from those that follow.
afterEach(() => Promise.all(opened.splice(0).map(({ context }) => context.close())));

// The two are different sites for a browser, though one machine.
const home = (host = 'localhost') => `http://${host}:${site.address().port}`;
const allow = (...origins) => house.village.seller.expect(200, 'PUT', `/shops/${house.village.shop.id}/embedding`, { origins });

async function visit(where, viewport = kPhone) {
  const one = await house.visitor({ viewport });
  opened.push(one);
  await one.page.addInitScript(kAxe);
  const refused = one.page.waitForEvent('console', (message) => /frame-ancestors/.test(message.text()));
  refused.catch(() => {});
  // Every test waits for what it is about; a frame that is refused may hold up the load of the page around it.
  await one.page.goto(where, { waitUntil: 'commit' });
  return { ...one, refused, frame: one.page.frameLocator('iframe') };
}

test('a site that is not on the list is refused, until it is', async () => {
  await allow('https://www.example.com');
  const stranger = await visit(home());
  assert.match((await stranger.refused).text(), /Refused to frame|violates/);
  await allow(home());
  const { frame } = await visit(home());
  await frame.getByRole('heading', { name: /Pearls of the morning/ }).waitFor();
  const other = await visit(home('127.0.0.1'));
  assert.ok(await other.refused);
});

test('no other page of ours can be framed, not even there', async () => {
  await allow(home());
  for (const path of [`/shows/${house.village.show.id}`, '/', '/pay', '/studio']) {
    const { refused } = await visit(`${home()}/?framed=${encodeURIComponent(house.url + path)}`);
    assert.ok(await refused, path);
  }
});

test('the picture plays there, and the bag has what is held up first, with prices and stock', async () => {
  await allow(home());
  await pin(house.village, house.village.products[1]);
  const { page, frame, faults } = await visit(home());
  await frame.getByRole('listitem').first().getByText('Drop earrings').waitFor();
  assert.equal(await frame.getByRole('listitem').count(), 3);
  await frame.getByRole('listitem').first().getByText(/CN¥88/).waitFor();
  const inside = page.frames().find((one) => one.url() === address);
  await inside.waitForFunction(() => document.querySelector('video')?.videoWidth > 0 && document.querySelector('video').currentTime > 1);
  await pin(house.village, house.village.products[0]);
  await frame.getByRole('listitem').first().getByText('Pearl necklace').waitFor();
  assert.deepEqual(await graveFaults(inside), []);
  assert.deepEqual(await faults(), []);
});

test('who buys comes to the show in a window of their own', async () => {
  await allow(home());
  const { page, frame } = await visit(home(), kDesktop);
  const opened = page.waitForEvent('popup');
  await frame.getByRole('link', { name: /^Buy: Pearl necklace/ }).click();
  const own = await opened;
  await own.waitForURL(`${house.url}/shows/${house.village.show.id}`);
  assert.equal(await own.evaluate(() => window.opener), null);
  assert.equal(page.frames().some((one) => one.url() === address), true);
});

test('the seller names the sites and takes the code', async () => {
  await allow();
  const { page } = await house.signedIn(house.village.seller, { viewport: kPhone });
  await page.goto(`${house.url}/studio#outside`);
  const sites = page.getByLabel('Web sites, one a line');
  await sites.fill('https://www.example.com\nexample.org');
  const card = page.locator('#outside');
  await card.getByRole('button', { name: 'Save' }).click();
  await card.getByText('This is not the name of a web site: example.org').waitFor();
  await sites.fill(`https://www.example.com\n${home()}`);
  await card.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved. It holds').waitFor();
  await card.getByLabel('Products (Google Merchant)').first().waitFor();
  await page.goto(`${house.url}/studio/shows/${house.village.show.id}`);
  await page.getByText('On other web sites').click();
  const code = await page.getByRole('textbox', { name: 'Code for a web site' }).inputValue();
  assert.ok(code.includes(`src="${address}"`), code);
  const { frame } = await visit(home());
  await frame.getByRole('heading', { name: /Pearls of the morning/ }).waitFor();
});
