// A phone that is live and a viewer, each behind a network of their own that loses, is away, or lets no UDP through.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { kDesktop } from './support/browser.mjs';
import { House } from './support/house.mjs';
import { Network, pictureStats } from './support/network.mjs';
import { draws, ShowPage } from './support/show_page.mjs';
import { until } from '../lib/until.mjs';

// 5 % lost, 100 ms there and back.
const kBad = { both: { loss_permille: 50, delay_ms: 50 } };
const kGood = { both: { loss_permille: 0, delay_ms: 0 } };
const kFrames = 100;

let house, show, phones, viewers, phone, viewer;

const byWebRtc = (page) => page.locator('.stage[data-protocol=webrtc] video').waitFor();

const goesBy = (page, protocol) => until(`the session goes by ${protocol}`, async () => (await pictureStats(page)).protocol === protocol);

async function watch() {
  const one = await viewers.visitor({ viewport: kDesktop });
  await ShowPage.open(one.page, viewers.url, show);
  await byWebRtc(one.page);
  await draws(one.page);
  return one;
}

before(async () => {
  house = await House.open({ hasCamera: true, args: Network.serverArgs });
  phones = await Network.open(house, '127.0.0.2');
  viewers = await Network.open(house, '127.0.0.3');
  const { seller, shop, products } = house.village;
  show = await seller.expect(201, 'POST', `/shops/${shop.id}/shows`, {
    title: 'From the field', starts_at: new Date().toISOString(), product_ids: products.map(({ id }) => id),
  });
  phone = await phones.visitor({ client: seller });
  await phone.page.goto(`${phones.url}/studio/shows/${show.id}/camera`);
  await phone.page.getByRole('button', { name: 'Go live', exact: true }).click();
  await phone.page.getByText('LIVE', { exact: true }).waitFor();
  viewer = await watch();
});
after(async () => {
  await house?.close();
  await phones?.close();
  await viewers?.close();
});

test('behind loss and delay a viewer asks again for packets, and seldom for a key frame', async () => {
  const was = await pictureStats(viewer.page);
  await viewers.change(kBad);
  await draws(viewer.page, kFrames);
  await until('packets were asked for again', async () => (await pictureStats(viewer.page)).nacks > was.nacks);
  const is = await pictureStats(viewer.page);
  assert.ok(is.plis - was.plis <= 2, `${is.plis - was.plis} key frames asked for`);
  await viewers.change(kGood);
  assert.deepEqual(viewer.asked, ['POST']);
});

test('behind loss and delay a phone sends again what is missing', async () => {
  const was = await pictureStats(phone.page);
  await phones.change(kBad);
  await draws(viewer.page, kFrames);
  await until('packets were sent again', async () => (await pictureStats(phone.page)).resent > was.resent);
  await phones.change(kGood);
  assert.deepEqual(phone.asked, ['POST']);
});

test('a viewer whose network was away goes on in the same session', async () => {
  await viewers.change({ cut: 'all' });
  await until('the page tries to restore its line', () => viewer.asked.includes('PATCH'));
  await viewers.change({ cut: 'none' });
  await byWebRtc(viewer.page);
  await draws(viewer.page);
  assert.deepEqual(viewer.asked.filter((method) => method !== 'PATCH'), ['POST']);
});

test('a phone whose network was away is live again in the same session', async () => {
  await phones.change({ cut: 'all' });
  await until('the server misses it', async () => (await house.village.seller.expect(200, 'GET', `/shows/${show.id}/ingest`)).state !== 'live');
  await phones.change({ cut: 'none' });
  await draws(viewer.page);
  await phone.page.getByText('LIVE', { exact: true }).waitFor();
  assert.deepEqual(phone.asked.filter((method) => method !== 'PATCH'), ['POST']);
});

test('where UDP stops getting through the session goes on by TCP', async () => {
  await goesBy(viewer.page, 'udp');
  await viewers.change({ cut: 'udp' });
  await draws(viewer.page);
  await goesBy(viewer.page, 'tcp');
});

test('where no UDP gets through a viewer begins by TCP', async () => {
  const { page } = await watch();
  await goesBy(page, 'tcp');
});
