// What a room still knows after the server was stopped and started again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { liveShow, newProduct, openHouse } from '../lib/house.mjs';
import { Room } from '../lib/websocket.mjs';

let house;
before(async () => { house = await openHouse(); });
after(() => house?.server.remove());

test('the last words, what is pinned and what is left are there again, and numbers go on', async () => {
  const product = await newProduct(house.seller, house.shop.id);
  const show = await liveShow(house.seller, house.shop.id, [product]);
  const host = await Room.join(house.seller, show.id);
  host.chat('First');
  const first = await host.event('chat', (e) => e.text === 'First');
  host.chat('Not for all');
  const hidden = await host.event('chat', (e) => e.text === 'Not for all');
  await house.helper.expect(204, 'DELETE', `/shows/${show.id}/messages/${hidden.seq}`);
  await host.event('hidden');
  host.chat('Last');
  const last = await host.event('chat', (e) => e.text === 'Last');
  await house.seller.expect(200, 'PUT', `/shows/${show.id}/pin`, { product_id: product.id });

  const port = Number(new URL(house.server.url).port);
  await house.server.stop();
  await house.server.start({ port });

  const again = await Room.join(house.seller, show.id, { since: last.seq, epoch: host.snapshot.epoch });
  assert.notEqual(again.snapshot.epoch, host.snapshot.epoch);
  assert.deepEqual(again.snapshot.messages, [first, last]);
  assert.equal(again.snapshot.pinned.product_id, product.id);
  assert.equal(again.snapshot.pinned.available, 12);
  again.chat('After');
  assert.ok((await again.event('chat')).seq > last.seq);
  again.drop();
});
