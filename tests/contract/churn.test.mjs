// A thousand viewers come and drop, again and again: nothing of them stays. bench/churn_10k.bench.mjs has ten thousand.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Crowd, figureOf, heldBy } from '../lib/crowd.mjs';
import { liveShow, newProduct, openHouse } from '../lib/house.mjs';
import { until } from '../lib/until.mjs';

const kViewers = 1_000;
const kFirstRounds = 6;  // what is kept for reuse grows to its size in them
const kRounds = 20;
const kGrowthMax = 1.05;

let house, show;
before(async () => {
  house = await openHouse();
  show = await liveShow(house.seller, house.shop.id, [await newProduct(house.seller, house.shop.id)]);
});
after(() => house?.server.remove());

test('a thousand viewers come and drop twenty times, and memory and files are back', async () => {
  const { url, pid } = house.server;
  const crowd = new Crowd(url, show.id);
  const inRoom = (count) => until(`${count} viewers`, async () => (await figureOf(url, 'geili_websockets')) === count);
  const round = async () => {
    await crowd.come(kViewers);
    await inRoom(kViewers);
    crowd.leave();
    await inRoom(0);
  };
  for (let i = 0; i < kFirstRounds; i += 1) await round();
  const before = await until('rest', async () => {
    const held = await heldBy(pid);
    return (await figureOf(url, 'geili_connections')) <= 1 && held;
  });
  for (let i = 0; i < kRounds; i += 1) await round();
  let held;
  await until('memory and files as before', async () => {
    held = await heldBy(pid);
    return held.files <= before.files && held.own_kib <= before.own_kib * kGrowthMax;
  }).catch(() => assert.fail(`before ${JSON.stringify(before)}, after ${JSON.stringify(held)}`));
  assert.equal((await house.visitor.expect(200, 'GET', `/shows/${show.id}`)).viewer_count, 0);
  assert.doesNotMatch(house.server.log, /handler failed/);
});
