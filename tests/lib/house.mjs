// A server with people, shops, goods and a live show, made only through the API.
import { Client } from './client.mjs';
import { Server } from './server.mjs';

export const kPassword = 'seven pearls on a string';
const kPlenty = ['--sign-in-attempts-per-address-max', '1000'];

export const tokenOf = (link) => new URL(link).hash.slice(1);

export async function setUp(server, name = 'Wei') {
  const admin = new Client(server.url);
  await admin.expect(201, 'POST', '/setup', { token: tokenOf(server.address.setup_url), name, login: 'admin', password: kPassword });
  return admin;
}

// Invites by `inviter` and accepts as a new person. `shop` (a NewShop) is for sellers without shop_id.
export async function join(inviter, { role, name, shop_id, shop }) {
  const made = await inviter.expect(201, 'POST', '/invitations', { role, name, ...(shop_id && { shop_id }) });
  const client = new Client(inviter.url);
  const login = `${name.toLowerCase()}.${made.invitation.id}`;
  client.login = login;
  await client.expect(201, 'POST', '/invitations/accept', { token: tokenOf(made.url), name, login, password: kPassword, ...(shop && { shop }) });
  return client;
}

export async function newDevice(url, name) {
  const client = new Client(url);
  await client.expect(201, 'POST', '/device', name ? { name } : {});
  return client;
}

export const newProduct = (seller, shop_id, more = {}) => seller.expect(201, 'POST', `/shops/${shop_id}/products`,
  { title: 'Pearl necklace', price: { minor: 19900, currency: 'CNY' }, stock: 12, ...more });

// Adds it and gives it, as a line of an order needs it.
export async function newVariant(seller, parent, more = {}) {
  const { variants, shop_id } = await seller.expect(201, 'POST', `/products/${parent.id}/variants`,
    { name: '45 cm', price: { minor: 19900, currency: 'CNY' }, stock: 12, ...more });
  return { shop_id, ...variants.at(-1) };
}

// The body of a bundle: of each part so many, or two of one.
export const bundleOf = (part, quantity = 2, others = []) => ({
  title: 'Pair',
  price: { minor: 35000, currency: 'CNY' },
  parts: [{ product_id: part.id, quantity }, ...others.map(({ id }) => ({ product_id: id, quantity: 1 }))],
});
export const newBundle = (seller, shop_id, part, quantity, others) =>
  seller.expect(201, 'POST', `/shops/${shop_id}/bundles`, bundleOf(part, quantity, others));

// A show that is open, with these products in its bag.
export async function liveShow(seller, shop_id, products) {
  const show = await seller.expect(201, 'POST', `/shops/${shop_id}/shows`,
    { title: 'Pearl morning', starts_at: new Date().toISOString(), product_ids: products.map((p) => p.id) });
  return seller.expect(200, 'POST', `/shows/${show.id}/start`);
}

// The rules of its chats, by somebody who has just read them; `more` changes those that it has at first.
export const kChatRules = { slow_mode_s: 0, who: 'everyone', links: 'allowed', mutes_common: true, muted_words: [] };
export async function setChatRules(client, shop_id, more = {}, status = 200) {
  const path = `/shops/${shop_id}/chat-rules`;
  const { etag } = (await client.get(path)).headers;
  return client.expect(status, 'PUT', path, { ...kChatRules, ...more }, { headers: { 'if-match': etag } });
}

let keys = 0;
export const newKey = () => `key-${process.pid}-${Date.now()}-${keys++}`;

export const orderOf = (product, more = {}) => ({
  shop_id: product.shop_id,
  lines: [{ product_id: product.id, quantity: 1 }],
  fulfilment: 'delivery',
  buyer: { name: 'Ana Li', phone: '+52 473 100 2000', address: 'Calle Uno 1', country: 'MX' },
  expected_total: product.price,
  ...more,
});

// The same order, in a basket of its own.
export function basketOf(product, change = (order) => order) {
  const { buyer, ...order } = change(orderOf(product));
  return { buyer, orders: [order] };
}
export const buy = (device, order, key = newKey()) =>
  device.post('/orders', order, { headers: { 'idempotency-key': key } });

// Everyone: admin, manager, seller and helper of `shop`, stranger (seller of `otherShop`), device, visitor.
export async function openHouse(options = {}) {
  const server = await Server.start({ ...options, args: [...kPlenty, ...(options.args ?? [])] });
  if (options.origin) Client.origins.set(server.url, options.origin);
  try {
    return await furnish(server);
  } catch (error) {
    await server.remove();
    throw error;
  }
}

async function furnish(server) {
  const admin = await setUp(server);
  const manager = await join(admin, { role: 'manager', name: 'Mei' });
  const seller = await join(admin, { role: 'seller', name: 'Lin',
    shop: { name: 'Lin Pearls', village: 'Pearl Lake', pickup: 'At the pier, mornings', currency: 'CNY' } });
  const stranger = await join(manager, { role: 'seller', name: 'Tomas', shop: { name: 'Molcajetes', currency: 'MXN' } });
  const [shop] = (await seller.expect(200, 'GET', '/session')).shops;
  const [otherShop] = (await stranger.expect(200, 'GET', '/session')).shops;
  const helper = await join(seller, { role: 'helper', name: 'Hua', shop_id: shop.id });
  const device = await newDevice(server.url, 'Ana');
  return { server, admin, manager, seller, stranger, helper, device, visitor: new Client(server.url), shop, otherShop };
}
