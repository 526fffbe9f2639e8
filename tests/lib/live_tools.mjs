// What a host does in a live show beside selling: a deal, a draw, an auction, a chat that is kept safe, questions that
// are answered, and a script.
import assert from 'node:assert/strict';
import { kPushSubscription } from './access_table.mjs';
import { auctionOf } from './auctions.mjs';
import { makeCoupon } from './coupons.mjs';
import { packetOf } from './packets.mjs';
import { dealOf } from './deals.mjs';
import { liveShow, newDevice, newKey, newProduct, setChatRules } from './house.mjs';
import { Room } from './websocket.mjs';

export async function liveToolsStory({ server, seller, shop }) {
  const product = await newProduct(seller, shop.id, { stock: 30 });
  const show = await liveShow(seller, shop.id, [product]);
  const path = `/shows/${show.id}`;
  const viewer = await newDevice(server.url, 'Rosa');

  const deal = await seller.expect(201, 'POST', `${path}/deals`, dealOf(product));
  assert.equal((await viewer.expect(200, 'GET', `${path}/deals`)).items.length, 1);
  await seller.expect(200, 'DELETE', `${path}/deals/${deal.id}`);

  const open = () => seller.expect(201, 'POST', `${path}/draws`, { prize: 'A ring', length_s: 600 });
  const draw = await open();
  await viewer.expect(200, 'POST', `/draws/${draw.id}/entry`);
  await viewer.expect(200, 'GET', `/draws/${draw.id}`);
  await seller.expect(200, 'POST', `/draws/${draw.id}/winners`);
  assert.equal((await viewer.get(`/draws/${draw.id}/log`)).status, 200);
  await seller.expect(200, 'DELETE', `/draws/${(await open()).id}`);
  assert.equal((await viewer.expect(200, 'GET', `${path}/draws`)).items.length, 2);

  const given = await seller.expect(201, 'POST', `${path}/draws`, { prize: 'A necklace', product_id: product.id, length_s: 600 });
  await viewer.expect(200, 'POST', `/draws/${given.id}/entry`);
  await seller.expect(200, 'POST', `/draws/${given.id}/winners`);
  const { hold } = await viewer.expect(201, 'POST', `/draws/${given.id}/prize`);
  assert.deepEqual([hold.won_by, hold.price.minor], ['draw', 0]);

  const begin = () => seller.expect(201, 'POST', `${path}/auctions`, auctionOf(product));
  const auction = await begin();
  await viewer.expect(201, 'POST', `/auctions/${auction.id}/bids`, { amount_minor: 1_000 }, { headers: { 'idempotency-key': newKey() } });
  assert.equal((await viewer.expect(200, 'GET', `/auctions/${auction.id}`)).lead.name, 'Rosa');
  await seller.expect(200, 'POST', `/auctions/${auction.id}/close`);
  assert.equal((await viewer.get(`/auctions/${auction.id}/log`)).status, 200);
  await seller.expect(200, 'DELETE', `/auctions/${(await begin()).id}`);
  assert.equal((await viewer.expect(200, 'GET', `${path}/auctions`)).items.length, 2);
  await couponStory({ seller, viewer, shop, path });
  await packetStory({ seller, viewer, path });

  await setChatRules(seller, shop.id);
  await seller.expect(204, 'PUT', `${path}/announcement`, { text: 'Free shipping' });
  await seller.expect(204, 'DELETE', `${path}/announcement`);
  const seat = await Room.join(viewer, show.id);
  seat.chat('Cheaper at mine');
  const { seq } = await seat.event('chat', (event) => event.text === 'Cheaper at mine');
  const { id } = await seller.expect(201, 'POST', `${path}/messages/${seq}/sanction`, { kind: 'timeout', seconds: 60 });
  await seller.expect(200, 'GET', `/shops/${shop.id}/chat-sanctions`);
  await seller.expect(204, 'DELETE', `/shops/${shop.id}/chat-sanctions/${id}`);
  assert.equal((await seller.get(`${path}/chat.csv`)).status, 200);
  const other = await Room.join(await newDevice(server.url, 'Ana'), show.id);
  other.chat('Is it real?');
  const asked = await other.event('chat', (event) => event.text === 'Is it real?');
  await seller.expect(204, 'POST', `${path}/messages/${asked.seq}/answer`);
  assert.equal((await seller.expect(200, 'GET', `${path}/questions`)).items.length, 1);
  assert.equal((await viewer.expect(200, 'POST', `${path}/messages/${asked.seq}/translation`, { to: 'es' })).text, '[es] Is it real?');
  for (const room of [seat, other]) room.drop();

  const { beats } = await seller.expect(200, 'PUT', `${path}/script`, { beats: [{ kind: 'price', product_id: product.id, text: 'Only {price}' }] });
  await seller.expect(200, 'POST', `${path}/script/${beats[0].id}/begin`, { pin: true });
  assert.equal((await seller.expect(200, 'GET', `${path}/script`)).under_way.beat_id, beats[0].id);
  assert.equal((await seller.get(`${path}/report-beats.csv`)).status, 200);

  await aheadStory({ seller, viewer, shop });
}

// A shop is followed, and a show comes again.
async function aheadStory({ seller, viewer, shop }) {
  await viewer.expect(200, 'PUT', `/shops/${shop.id}/follow`);
  await viewer.expect(200, 'GET', `/shops/${shop.id}/follow`);
  await viewer.expect(200, 'GET', '/device/followed-shops');
  const next = await seller.expect(201, 'POST', `/shops/${shop.id}/shows`, { title: 'Next', starts_at: '2030-01-02T03:04:05Z' });
  await seller.expect(200, 'PUT', `/shows/${next.id}/repeat`, { weekdays: ['fri'], time_zone: 'Asia/Shanghai' });
  await seller.expect(200, 'DELETE', `/shows/${next.id}/repeat`);

  await viewer.expect(200, 'GET', '/push-key');
  await viewer.expect(200, 'PUT', '/device/push-subscription', kPushSubscription);
  await viewer.expect(200, 'PUT', `/shows/${next.id}/reminder`);
  assert.deepEqual((await viewer.expect(200, 'PUT', `/shops/${shop.id}/reminder`)).shop_ids, [shop.id]);
  assert.deepEqual((await viewer.expect(200, 'GET', '/device/push-subscription')).show_ids, [next.id]);
  assert.deepEqual(await seller.expect(200, 'GET', `/shows/${next.id}/reminders`), { devices: 1 });
  await viewer.expect(200, 'DELETE', `/shows/${next.id}/reminder`);
  await viewer.expect(200, 'DELETE', `/shops/${shop.id}/reminder`);
  await viewer.expect(200, 'DELETE', '/device/push-subscription');
  await viewer.expect(200, 'DELETE', `/shops/${shop.id}/follow`);
}

async function packetStory({ seller, viewer, path }) {
  const packet = await seller.expect(201, 'POST', `${path}/red-packets`, packetOf());
  assert.equal((await viewer.expect(201, 'POST', `/red-packets/${packet.id}/envelope`)).mine.number, 1);
  assert.equal((await viewer.expect(200, 'GET', `${path}/red-packets`)).items[0].left, packet.envelopes - 1);
  await seller.expect(200, 'DELETE', `/red-packets/${packet.id}`);
  assert.equal((await viewer.get(`/red-packets/${packet.id}/log`)).status, 200);
}

async function couponStory({ seller, viewer, shop, path }) {
  const coupon = await makeCoupon(seller, shop);
  assert.equal((await viewer.expect(200, 'GET', `${path}/coupons`)).items[0].id, coupon.id);
  await viewer.expect(201, 'POST', '/device/coupons', { offer_id: coupon.id });
  assert.equal((await viewer.expect(200, 'GET', `/device/coupons?shop_id=${shop.id}`)).items.length, 1);
  assert.equal((await seller.expect(200, 'GET', `/shops/${shop.id}/coupons`)).items[0].taken, 1);
  await seller.expect(200, 'DELETE', `/shops/${shop.id}/coupons/${coupon.id}`);
}
