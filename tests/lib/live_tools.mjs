// What a host does in a live show beside selling: a deal, a draw, and a chat that is kept safe.
import assert from 'node:assert/strict';
import { kChatRules } from './access_table.mjs';
import { dealOf } from './deals.mjs';
import { liveShow, newDevice, newProduct } from './house.mjs';
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

  await seller.expect(200, 'GET', `/shops/${shop.id}/chat-rules`);
  await seller.expect(200, 'PUT', `/shops/${shop.id}/chat-rules`, kChatRules);
  await seller.expect(204, 'PUT', `${path}/announcement`, { text: 'Free shipping' });
  await seller.expect(204, 'DELETE', `${path}/announcement`);
  const seat = await Room.join(viewer, show.id);
  seat.chat('Cheaper at mine');
  const { seq } = await seat.event('chat', (event) => event.text === 'Cheaper at mine');
  const { id } = await seller.expect(201, 'POST', `${path}/messages/${seq}/sanction`, { kind: 'timeout', seconds: 60 });
  await seller.expect(200, 'GET', `/shops/${shop.id}/chat-sanctions`);
  await seller.expect(204, 'DELETE', `/shops/${shop.id}/chat-sanctions/${id}`);
  assert.equal((await seller.get(`${path}/chat.csv`)).status, 200);
  seat.drop();

  await viewer.expect(200, 'PUT', `/shops/${shop.id}/follow`);
  await viewer.expect(200, 'GET', `/shops/${shop.id}/follow`);
  await viewer.expect(200, 'GET', '/device/followed-shops');
  await viewer.expect(200, 'DELETE', `/shops/${shop.id}/follow`);
  const next = await seller.expect(201, 'POST', `/shops/${shop.id}/shows`, { title: 'Next', starts_at: '2030-01-02T03:04:05Z' });
  await seller.expect(200, 'PUT', `/shows/${next.id}/repeat`, { weekdays: ['fri'], time_zone: 'Asia/Shanghai' });
  await seller.expect(200, 'DELETE', `/shows/${next.id}/repeat`);
}
