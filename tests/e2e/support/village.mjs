// A shop with its seller signed in, three products with photos, and a show that is on.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { buy, newDevice, setUp } from '../../lib/house.mjs';
import { kRoot } from '../../lib/server.mjs';

const kGoods = [
  { title: 'Pearl necklace', description: 'Forty-two freshwater pearls, knotted by hand.', minor: 29900, stock: 12, photo: 'necklace-classic' },
  { title: 'Drop earrings', description: 'Two drops on silver hooks.', minor: 8800, stock: 40, photo: 'earrings-drop' },
  { title: 'Loose pearls', description: 'Ten pearls, 8 mm.', minor: 5200, stock: 3, photo: 'loose-pearls' },
];

export const pictureFile = (name) => path.join(kRoot, `assets/demo/photos/${name}.jpg`);

async function upload(client, status, method, address, picture) {
  const { status: answered, json } = await client.request(method, address, { body: await readFile(pictureFile(picture)), type: 'image/jpeg' });
  if (answered !== status) throw new Error(`${method} ${address}: ${answered} ${JSON.stringify(json)}`);
  return json;
}

export async function makeVillage(server) {
  const seller = await setUp(server, 'Mei');
  let shop = await seller.expect(201, 'POST', '/shops', {
    name: 'Lin Pearls', village: 'Pearl Village', description: 'Pearls from our own lake.', currency: 'CNY',
    pickup: 'At the lake house, from nine to six.',
  });
  shop = await upload(seller, 200, 'PUT', `/shops/${shop.id}/cover`, 'pearl-lake');
  const products = [];
  for (const { photo, minor, ...words } of kGoods) {
    const made = await seller.expect(201, 'POST', `/shops/${shop.id}/products`, { ...words, price: { minor, currency: 'CNY' } });
    products.push(await upload(seller, 201, 'POST', `/products/${made.id}/photos`, photo));
  }
  const planned = await seller.expect(201, 'POST', `/shops/${shop.id}/shows`, {
    title: 'Pearls of the morning', starts_at: new Date().toISOString(), product_ids: products.map(({ id }) => id),
  });
  const show = await seller.expect(200, 'POST', `/shows/${planned.id}/start`);
  const ingest = await seller.expect(200, 'GET', `/shows/${show.id}/ingest`);
  return { seller, shop, show, products, necklace: products[0], publishTo: `${ingest.rtmp_url}/${ingest.stream_key}` };
}

export const pin = ({ seller, show }, product) => seller.expect(200, 'PUT', `/shows/${show.id}/pin`, { product_id: product.id });

/** A buyer at another machine: takes one of the product in the show, to be picked up. Answers {status, json}. */
export async function buyOverApi({ url }, { show, necklace }, name) {
  const device = await newDevice(url, name);
  return buy(device, {
    shop_id: necklace.shop_id, show_id: show.id, lines: [{ product_id: necklace.id, quantity: 1 }], fulfilment: 'pickup',
    buyer: { name, phone: '+86 138 0000 0000' }, expected_total: necklace.price,
  });
}
