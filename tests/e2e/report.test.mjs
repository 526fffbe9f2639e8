// How a show went, on the phone of whoever ran it: figures, the chart that a thumb goes through, and the same to take along.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { kRoot } from '../lib/server.mjs';
import { until } from '../lib/until.mjs';
import { kDesktop, kPhone } from './support/browser.mjs';
import { House } from './support/house.mjs';
import { buyOverApi, pin } from './support/village.mjs';

const kShots = path.join(kRoot, 'build/screenshots');
const kLanguages = { en: 'Viewers and sales over time', zh: '观看人数与销售走势', es: 'Espectadores y ventas a lo largo del tiempo', fr: 'Spectateurs et ventes au fil du temps' };
const kSampled_ms = 40_000; // the audience is looked at every 15 s

let house, seller, shop, show, report;

before(async () => {
  await mkdir(kShots, { recursive: true });
  house = await House.open();
  ({ seller, shop, show } = house.village);
  await pin(house.village, house.village.necklace);
  const { page } = await house.visitor({ viewport: kPhone });
  await page.goto(`${house.url}/shows/${show.id}`);
  for (const name of ['Ana', 'Luis']) await buyOverApi(house, house.village, name);
  report = await until('a viewer in the report', async () => {
    const seen = await seller.expect(200, 'GET', `/shows/${show.id}/report`);
    return seen.viewers_peak > 0 && seen;
  }, kSampled_ms);
  await seller.expect(200, 'POST', `/shows/${show.id}/end`);
});
after(() => house?.close());

const widthOf = (page) => page.evaluate(() => document.documentElement.scrollWidth);

test('the desk of a show that is over leads to its report, in every language', async () => {
  const { page, faults } = await house.signedIn(seller, { viewport: kPhone });
  await page.goto(`${house.url}/studio/shows/${show.id}`);
  await page.getByRole('link', { name: 'How it went' }).click();
  await page.waitForURL('**/report');
  for (const [language, heading] of Object.entries(kLanguages)) {
    await page.evaluate((one) => localStorage.setItem('geili.language', one), language);
    await page.reload();
    await page.getByRole('heading', { name: heading }).waitFor();
    await page.locator('.uplot canvas').waitFor();
    await page.screenshot({ path: path.join(kShots, `report-${language}-360.png`), fullPage: true });
    assert.ok(await widthOf(page) <= kPhone.width, language);
  }
  assert.deepEqual(await faults(/404|ERR_/), []);
});

test('a slider tells every minute: who watched, what was sold, what was shown', async () => {
  const { page } = await house.signedIn(seller, { viewport: kDesktop });
  await page.goto(`${house.url}/studio/shows/${show.id}/report`);
  const slider = page.getByRole('slider', { name: 'Go through the show' });
  await slider.waitFor();
  await page.locator('.uplot canvas').waitFor();
  await page.screenshot({ path: path.join(kShots, 'report-desktop.png'), fullPage: true });
  const sold = report.minutes.findIndex(({ orders }) => orders > 0);
  for (let i = 0; i < sold; i += 1) await slider.press('ArrowRight');
  const { title } = report.products[0];
  assert.match(await slider.getAttribute('aria-valuetext'), new RegExp(`^${sold}:00 · .* · .*${title}$`));
  const { takings_minor } = report.products[0];
  assert.equal(report.takings_minor, takings_minor);
});

test('the report is taken along on paper and as tables', async () => {
  const { page } = await house.signedIn(seller, { viewport: kPhone });
  await page.goto(`${house.url}/studio/shows/${show.id}/report`);
  for (const [name, begins] of [['Report as PDF', '%PDF-'], ['Minutes as table', '\uFEFFminute,at'], ['Products as table', '\uFEFFproduct_id']]) {
    const address = await page.getByRole('link', { name }).getAttribute('href');
    const file = await page.request.get(new URL(address, house.url).href);
    assert.deepEqual([file.status(), (await file.body()).toString('utf8').slice(0, begins.length)], [200, begins]);
  }
});

test('a show that was not live yet has no report, and says so', async () => {
  const later = await seller.expect(201, 'POST', `/shops/${shop.id}/shows`, { title: 'Tomorrow', starts_at: new Date(Date.now() + 86_400_000).toISOString(), product_ids: [] });
  const { page } = await house.signedIn(seller, { viewport: kPhone });
  await page.goto(`${house.url}/studio/shows/${later.id}/report`);
  await page.getByText('The report begins when the show is live.').waitFor();
});
