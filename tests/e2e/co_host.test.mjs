// A helper with a phone of their own: as a co-host beside the host's camera, and in its place when it is gone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from '../lib/house.mjs';
import { House } from './support/house.mjs';
import { draws, ShowPage } from './support/show_page.mjs';

let house, village, helper, viewer;

const button = (page, name) => page.getByRole('button', { name, exact: true });
const large = (page) => page.locator('.stage .first video');
const beside = (page) => page.locator('.stage .second video');

/** Waits until a video has shown so many frames more. */
const moves = (video, frames = 10) => video.evaluate((element, wanted) => new Promise((resolve) => {
  const from = element.getVideoPlaybackQuality().totalVideoFrames;
  const look = () => (element.getVideoPlaybackQuality().totalVideoFrames - from >= wanted ? resolve() : requestAnimationFrame(look));
  look();
}), frames);

before(async () => {
  house = await House.open({ isOnAir: true, hasCamera: true });
  village = house.village;
  const helping = await join(village.seller, { role: 'helper', name: 'Hua', shop_id: village.shop.id });
  viewer = await house.visitor();
  viewer.show = await ShowPage.open(viewer.page, house.url, village.show);
  await draws(viewer.page);
  helper = await house.signedIn(helping);
  await helper.page.goto(`${house.url}/studio/shows/${village.show.id}`);
});
after(() => house?.close());

test('a co-host joins from the desk, and a viewer sees both move', async () => {
  await helper.page.getByRole('link', { name: 'Join as co-host' }).click();
  await button(helper.page, 'Join the show').click();
  await beside(viewer.page).waitFor();
  await moves(beside(viewer.page));
  await moves(large(viewer.page));
  await moves(helper.page.getByLabel("The show's picture"));
});

test('a tap makes the co-host the large one, and back', async () => {
  const isLarge = async (video) => (await video.boundingBox()).width > 300;
  assert.deepEqual([await isLarge(large(viewer.page)), await isLarge(beside(viewer.page))], [true, false]);
  await button(viewer.page, 'Swap the two pictures').click();
  assert.deepEqual([await isLarge(large(viewer.page)), await isLarge(beside(viewer.page))], [false, true]);
  await button(viewer.page, 'Swap the two pictures').click();
});

test('when the co-host leaves, the show goes on without', async () => {
  await helper.page.getByRole('link', { name: 'To the host’s desk' }).or(helper.page.locator('.camera header a')).first().click();
  await button(helper.page, 'Stop the camera').click();
  await beside(viewer.page).waitFor({ state: 'detached' });
  await moves(large(viewer.page));
  assert.equal((await village.seller.expect(200, 'GET', `/shows/${village.show.id}`)).status, 'live');
});

test('the host’s phone dies, and the helper goes on in the same session of the viewer', async () => {
  const asked = [];
  viewer.page.on('request', (request) => /\/whep$|index\.m3u8$/.test(request.url()) && asked.push(request.url()));
  await house.publisher.kill();
  await helper.page.getByRole('link', { name: 'Go on with this phone' }).click();
  await button(helper.page, 'Go on with this phone').click();
  await helper.page.getByText('LIVE', { exact: true }).waitFor();
  await viewer.page.waitForFunction(() => document.querySelector('.stage canvas').hidden);
  await moves(large(viewer.page), 60);
  assert.deepEqual(asked, [], 'the viewer need not join anew');
  assert.equal(await helper.page.getByRole('button', { name: 'End', exact: true }).count(), 0, 'a helper does not end the show');
});
