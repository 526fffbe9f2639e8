// Orders in every state of their way, in a village that sends to places.
import { buy, newDevice, newKey } from '../../lib/house.mjs';
import { kBuyer, kWorld, kZone } from '../../lib/shipping.mjs';

/** `sent` has left with a tracking number, and a piece of it is to be given back; `open` is the last of several that wait for being packed. */
export async function sentOrders({ url, village: { seller, shop, show, necklace } }) {
  const path = `/shops/${shop.id}`;
  await seller.expect(200, 'PUT', `${path}/shipping`, { origin_country: 'CN', default_weight_g: 250, paper_language: 'zh', sender_address: '山下湖镇1号' });
  for (const zone of [kZone, kWorld]) await seller.expect(201, 'POST', `${path}/shipping/zones`, zone);
  await seller.expect(200, 'PUT', `${path}/shipping/carriers`, { name: 'SF Express', tracking_template: 'https://sf.example/{number}' });
  async function order(name, more) {
    const { json } = await buy(await newDevice(url), {
      shop_id: shop.id, show_id: show.id, lines: [{ product_id: necklace.id, quantity: 1 }], fulfilment: 'delivery', buyer: { ...kBuyer, name },
      expected_total: { minor: necklace.price.minor + 1200, currency: 'CNY' }, ...more });
    return json;
  }
  const sent = await order('王小明');
  for (const name of ['Buyer One', 'Buyer Two', 'Buyer Three']) await order(name);
  const open = await order('Ana Li', { note: 'A gift, please' });
  const { items } = await seller.expect(200, 'GET', `${path}/parcels`);
  const { id } = items.find(({ to }) => to.recipient === '王小明');
  await seller.expect(200, 'PUT', `${path}/parcels/${id}/state`, { state: 'packed' });
  await seller.expect(200, 'PUT', `${path}/parcels/${id}/handover`, { carrier: 'SF Express', tracking_number: 'SF1234567890' });
  const device = await newDevice(url);
  await device.expect(201, 'POST', `/orders/${sent.token}/returns`, { wish: 'exchange', reason: 'damaged', note: 'The clasp is broken.',
    lines: [{ product_id: necklace.id, quantity: 1 }] }, { headers: { 'idempotency-key': newKey() } });
  return { open, sent };
}
