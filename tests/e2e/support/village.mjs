// A shop with its seller signed in, three products with photos, and a show that is on.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from './client.mjs';
import { kRoot } from './server.mjs';

export const kPassword = 'lake-water-and-pearls';

const kGoods = [
  { title: 'Pearl necklace', description: 'Forty-two freshwater pearls, knotted by hand.', minor: 29900, stock: 12, photo: 'necklace-classic' },
  { title: 'Drop earrings', description: 'Two drops on silver hooks.', minor: 8800, stock: 40, photo: 'earrings-drop' },
  { title: 'Loose pearls', description: 'Ten pearls, 8 mm.', minor: 5200, stock: 3, photo: 'loose-pearls' },
];

export const picture = (name) => readFile(path.join(kRoot, `assets/demo/photos/${name}.jpg`));

/** The first administrator, through the link of the first start. */
export async function makeAdministrator(server) {
  const admin = new Client(server.url);
  await admin.want('POST', '/setup', { token: server.setUpToken, name: 'Mei', login: 'mei', password: kPassword });
  return admin;
}

export async function makeVillage(server) {
  const seller = await makeAdministrator(server);
  let shop = await seller.want('POST', '/shops', {
    name: 'Lin Pearls', village: 'Pearl Village', description: 'Pearls from our own lake.', currency: 'CNY',
    pickup: 'At the lake house, from nine to six.',
  });
  shop = await seller.want('PUT', `/shops/${shop.id}/cover`, await picture('pearl-lake'));
  const products = [];
  for (const { photo, minor, ...words } of kGoods) {
    const made = await seller.want('POST', `/shops/${shop.id}/products`, { ...words, price: { minor, currency: 'CNY' } });
    products.push(await seller.want('POST', `/products/${made.id}/photos`, await picture(photo)));
  }
  let show = await seller.want('POST', `/shops/${shop.id}/shows`, {
    title: 'Pearls of the morning', starts_at: new Date().toISOString(), product_ids: products.map(({ id }) => id),
  });
  show = await seller.want('POST', `/shows/${show.id}/start`);
  const ingest = await seller.want('GET', `/shows/${show.id}/ingest`);
  return { seller, shop, show, products, necklace: products[0], publishTo: `${ingest.rtmp_url}/${ingest.stream_key}` };
}
