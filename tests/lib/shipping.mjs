// A shop that sends to places: what it sets, what buyers ask, and the way of a parcel from the tap to the exchange.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { buy, join, liveShow, newDevice, newKey, newProduct } from './house.mjs';

// At home by weight, free from an amount.
export const kZone = {
  name: 'China', places: [{ country: 'CN' }],
  rates: [{ carrier: 'SF Express', kind: 'weight', brackets: [{ up_to: 1000, price_minor: 1200 }], step: 1000, step_minor: 600,
    free_from_minor: 100_000, handling_days: 2 }],
};
export const kWorld = { name: 'World', places: [{ country: '*' }], rates: [{ carrier: 'EMS', kind: 'flat', brackets: [{ up_to: 0, price_minor: 16000 }], parcel_max_g: 2000 }] };
export const kNowhere = { name: 'Not there', places: [{ country: 'AQ' }], rates: [] };
export const kPoint = { name: 'Pier', address: 'Lake Road 1', hours: '9-17' };

export const kHome = { street: '中山路1号', district: '诸暨市', city: '绍兴市', subdivision: '浙江省', postal_code: '311800' };
export const kBuyer = { name: '李安娜', phone: '+86 138 0000 0000', country: 'CN', postal_address: kHome };

/** A seller's own shop with zones, and a live show of it with one product of 300 g at 199.00. */
export async function openShippingShop(admin, more = {}) {
  const seller = await join(admin, { role: 'seller', name: `Mei${newKey().slice(-3).replaceAll(/[^a-z0-9]/gi, '')}`, shop: { name: 'Mei Pearls', currency: 'CNY', pickup: 'At the gate' } });
  const [shop] = (await seller.expect(200, 'GET', '/session')).shops;
  const path = `/shops/${shop.id}/shipping`;
  await seller.expect(200, 'PUT', path, { origin_country: 'CN', default_weight_g: 250, paper_language: more.language ?? 'zh', sender_address: '山下湖镇1号' });
  for (const zone of [kZone, kWorld, kNowhere]) await seller.expect(201, 'POST', `${path}/zones`, zone);
  const product = await newProduct(seller, shop.id, { weight_g: 300, stock: 100 });
  const show = await liveShow(seller, shop.id, [product]);
  return { seller, shop, product, show, path };
}

/** What the buyer's sheet asks. */
export async function quoteOf(client, { shop, show, product }, quantity = 1, buyer = kBuyer) {
  return client.expect(200, 'POST', '/shipping/quote', { shop_id: shop.id, ...(show && { show_id: show.id }),
    lines: [{ product_id: product.id, quantity }], buyer });
}

export const orderIn = ({ shop, show, product }, shipping_minor, quantity = 1, more = {}) => ({
  shop_id: shop.id, show_id: show.id, lines: [{ product_id: product.id, quantity }], fulfilment: 'delivery', buyer: kBuyer,
  expected_total: { minor: product.price.minor * quantity + shipping_minor, currency: 'CNY' }, ...more });

export const textOf = (pdf) => execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' });

export async function print(client, shop, options) {
  const answer = await client.post(`/shops/${shop.id}/parcel-papers`, options);
  assert.equal(answer.status, 200, answer.body.toString().slice(0, 300));
  assert.equal(answer.headers['content-type'], 'application/pdf');
  return textOf(answer.body);
}

/** Every operation of shipping once, in the order of a day. */
export async function shippingStory(admin, url) {
  const world = await openShippingShop(admin);
  const { seller, shop, product, path } = world;
  const form = await seller.expect(200, 'GET', '/address-forms/CN');
  assert.deepEqual(form.fields[0], { part: 'recipient', required: true, label: 'address.recipient' });
  let set = await seller.expect(201, 'POST', `${path}/pickup-points`, kPoint);
  set = await seller.expect(200, 'PUT', `${path}/pickup-points/${set.pickup_points[0].id}`, { ...kPoint, name: 'Pier 2' });
  assert.equal(set.pickup_points[0].name, 'Pier 2');
  await seller.expect(200, 'DELETE', `${path}/pickup-points/${set.pickup_points[0].id}`);
  const [, world_zone, nowhere] = set.zones;
  await seller.expect(200, 'PUT', `${path}/zones/${world_zone.id}`, kWorld);
  set = await seller.expect(200, 'DELETE', `${path}/zones/${nowhere.id}`);
  assert.deepEqual(set.zones.map(({ name }) => name), ['China', 'World']);
  await seller.expect(200, 'PUT', `${path}/carriers`, { name: 'SF Express', tracking_template: 'https://sf.example/track/{number}' });
  await seller.expect(200, 'GET', path);

  const device = await newDevice(url);
  await quoteOf(device, world);
  const order = (await buy(device, orderIn(world, 1200))).json;
  await device.expect(200, 'PATCH', `/orders/${order.token}`, { note: '礼物', expected_total: order.total });
  const [open] = (await seller.expect(200, 'GET', `/shops/${shop.id}/parcels?state=open`)).items;
  await print(seller, shop, { parcel_ids: [open.id] });
  const parcelPath = `/shops/${shop.id}/parcels/${open.id}`;
  await seller.expect(200, 'PUT', `${parcelPath}/state`, { state: 'packed' });
  await seller.expect(200, 'PUT', `${parcelPath}/handover`, { carrier: 'SF Express', tracking_number: 'SF123' });
  const parcel = await seller.expect(200, 'PUT', `${parcelPath}/state`, { state: 'delivered' });

  const asked = await device.expect(201, 'POST', `/orders/${order.token}/returns`, { wish: 'exchange', reason: 'damaged',
    lines: [{ product_id: product.id, quantity: 1 }] }, { headers: { 'idempotency-key': newKey() } });
  const decide = (state, more) => seller.expect(200, 'PUT', `/shops/${shop.id}/returns/${asked.id}/state`, { state, ...more });
  await decide('approved');
  await decide('received', { restock: true });
  const other = (await buy(device, orderIn(world, 1200))).json;
  const { items } = await seller.expect(200, 'GET', `/shops/${shop.id}/orders?status=placed`);
  assert.equal(items[0].number, other.number);
  const exchanged = await decide('exchanged', { exchange_order_id: items[0].id });
  await seller.expect(200, 'GET', `/shops/${shop.id}/returns`);
  return { parcel, exchanged };
}
