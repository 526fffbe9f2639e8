// The contract's operations over the village in memory; only what the pages need.
import { randomUUID } from 'node:crypto';

export class Refusal extends Error {
  constructor(status, code, more = {}) {
    super(code);
    Object.assign(this, { status, code, more });
  }
}

const page = (items) => ({ items });
const now = () => new Date().toISOString();

function makeContext(world, roomOf) {
  const find = (list, id) => list.find((one) => one.id === id) ?? (() => { throw new Refusal(404, 'not-found'); })();
  const sellerOrder = ({ token, ...order }) => order;
  const buyerOrder = ({ id, ...order }) => {
    const shop = find(world.shops, order.shop_id);
    return { ...order, shop_name: shop.name, pickup: shop.pickup };
  };
  const fullShow = ({ bag, ...show }, isList = false) => ({
    ...show, products: isList ? [] : bag.map((id) => find(world.products, id)),
    pinned_product_id: roomOf(show.id).pinned, viewer_count: show.status === 'live' ? 120 : 0,
  });
  const session = () => ({
    person: world.people[0], csrf_token: 'mock', shops: world.people[0].role === 'admin' ? world.shops : [world.shops[0]],
    expires_at: new Date(Date.now() + 1e9).toISOString(), may_reset_password: world.mayResetPassword ?? false,
  });
  const change = (thing, body) => Object.assign(thing, body, { version: thing.version + 1 });
  const newId = () => String((world.nextId += 1));

  function setStatus(show, status) {
    change(show, { status });
    roomOf(show.id).tell({ type: 'status', status });
    return fullShow(show);
  }

  function placeOrder(body, headers) {
    const key = headers['idempotency-key'];
    if (world.keys.has(key)) return world.keys.get(key);
    if (process.env.MOCK_FLAKY && Math.random() < 0.6) throw new Refusal(503, 'overloaded');
    const line = body.lines[0];
    const product = find(world.products, line.product_id);
    if (product.stock < line.quantity) throw new Refusal(409, 'sold-out', { available: product.stock });
    const total = { minor: product.price.minor * line.quantity, currency: product.price.currency };
    if (total.minor !== body.expected_total.minor) throw new Refusal(409, 'price-changed', { current_total_minor: total.minor });
    product.stock -= line.quantity;
    const show = body.show_id && find(world.shows, body.show_id);
    if (show) show.sold_count += 1;
    const order = {
      id: newId(), token: randomUUID().replaceAll('-', '').slice(0, 22), number: show ? show.sold_count : 1, status: 'placed',
      shop_id: body.shop_id, show_id: body.show_id, total, fulfilment: body.fulfilment, buyer: body.buyer, note: body.note ?? '',
      lines: [{ product_id: product.id, title: product.title, quantity: line.quantity, unit_price: product.price, photo: product.photos[0]?.small }],
      placed_at: now(), history: [{ status: 'placed', at: now() }],
    };
    world.orders.unshift(order);
    world.keys.set(key, buyerOrder(order));
    if (show) {
      const room = roomOf(show.id);
      room.tell({ type: 'sold', number: order.number, name: body.buyer.name.split(' ')[0], product_id: product.id, title: product.title, quantity: line.quantity });
      room.state({ sold: show.sold_count, stock: [{ product_id: product.id, available: product.stock }] });
    }
    return buyerOrder(order);
  }

  function pin(show, product_id) {
    const room = roomOf(show.id);
    room.pinned = product_id;
    room.tell(product_id ? { type: 'pinned', product: room.cardOf(product_id) } : { type: 'unpinned' });
    return fullShow(show);
  }

  const ingest = (id) => ({
    rtmp_url: 'rtmp://192.168.1.20:1935/live', srt_url: 'srt://192.168.1.20:8890', stream_key: `${id}-k7Q2mmPz0aXw`, state: 'live', width: 720, height: 1280,
    bitrate_bps: 2_350_000, frames_per_s: 30, key_frame_interval_ms: 4000, warnings: ['long-key-frame-interval'],
  });

  return { world, roomOf, find, sellerOrder, buyerOrder, fullShow, session, change, newId, setStatus, placeOrder, pin, ingest };
}

function peopleOperations({ world, find, session, change, newId, buyerOrder }) {
  return {
    'GET /session': () => { if (process.env.MOCK_OUT) throw new Refusal(401, 'signed-out'); return session(); },
    'POST /session': ({ body }) => { if (body.password !== 'pearls123') throw new Refusal(401, 'wrong-credentials'); return session(); },
    'DELETE /session': () => undefined,
    'POST /session/link': () => { world.mayResetPassword = true; return session(); },
    'POST /setup': () => session(),
    'GET /invitations': () => page(world.invitations),
    'POST /invitations': ({ body, origin }) => {
      const invitation = { id: newId(), status: 'open', created_at: now(), expires_at: new Date(Date.now() + 6e8).toISOString(), ...body };
      world.invitations.unshift(invitation);
      return { invitation, url: `${origin}/join#k2Jq8Zx`, qr_svg: `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 5 5"><path fill="#fff" d="M0 0h5v5H0z"/><path d="M1 1h1v1H1zM3 1h1v1H3zM1 3h1v1H1zM2 2h1v1H2z"/></svg>')}` };
    },
    'DELETE /invitations/{a}': ({ a }) => void change(find(world.invitations, a), { status: 'revoked' }),
    'POST /invitations/peek': ({ body }) => {
      if (body.token === 'old') throw new Refusal(410, 'link-expired');
      return { role: 'seller', name: 'Wang Fang', inviter_name: 'Chen Mingyue', needs_shop: true, expires_at: now() };
    },
    'POST /invitations/accept': () => session(),
    'GET /people': () => page(world.people),
    'POST /device': ({ body, device }) => Object.assign(device, body),
    'GET /device/holds': () => ({ holds: [], waits: [], now: now() }),
    'POST /device/holds': ({ body }) => {
      const { stock } = find(world.products, body.product_id);
      if (stock < body.quantity) throw new Refusal(409, 'sold-out', { available: stock, place: 13, waiting: 2 });
      const hold = { id: newId(), ...body, expires_at: new Date(Date.now() + 180_000).toISOString(), offered: false, place: 13, after_ms: 400 };
      return { hold, available: stock - body.quantity, now: now() };
    },
    'DELETE /device/holds/{a}': () => undefined,
    'POST /device/waits': ({ body }) => ({ id: newId(), ...body, place: 3, joined_at: now() }),
    'DELETE /device/waits/{a}': () => undefined,
    'GET /device/orders': () => page(world.orders.slice(0, 4).map(buyerOrder)),
  };
}

function goodsOperations({ world, find, change, newId }) {
  return {
    'GET /shops': () => page(world.shops),
    'POST /shops': ({ body }) => { const made = { village: '', description: '', pickup: '', ...body, id: newId(), demo: false, version: 1 }; world.shops.push(made); return made; },
    'GET /shops/{a}': ({ a }) => find(world.shops, a),
    'PATCH /shops/{a}': ({ a, body }) => change(find(world.shops, a), body),
    'PUT /shops/{a}/cover': ({ a }) => find(world.shops, a),
    'GET /shops/{a}/products': ({ a, query }) => page(world.products.filter((one) => one.shop_id === a && !one.removed && (query.get('hidden') === 'true' || !one.hidden))),
    'POST /shops/{a}/products': ({ a, body }) => { const made = { description: '', hidden: false, ...body, id: newId(), shop_id: a, removed: false, photos: [], version: 1 }; world.products.unshift(made); return made; },
    'GET /products/{a}': ({ a }) => find(world.products, a),
    'PATCH /products/{a}': ({ a, body, headers }) => {
      const product = find(world.products, a);
      if (headers['if-match'] !== `"${product.version}"`) throw new Refusal(412, 'version-conflict');
      return change(product, body);
    },
    'DELETE /products/{a}': ({ a }) => void change(find(world.products, a), { removed: true }),
    'POST /products/{a}/stock-changes': ({ a, body }) => {
      const product = find(world.products, a);
      if (product.stock + body.change < 0) throw new Refusal(409, 'stock-below-zero', { available: product.stock });
      return change(product, { stock: product.stock + body.change });
    },
    'POST /products/{a}/photos': ({ a }) => { const product = find(world.products, a); return change(product, { photos: [...product.photos, { ...world.products[0].photos[0], id: newId() }] }); },
    'DELETE /products/{a}/photos/{b}': ({ a, b }) => { const product = find(world.products, a); return change(product, { photos: product.photos.filter(({ id }) => id !== b) }); },
  };
}

function showsOperations({ world, roomOf, find, change, newId, fullShow, setStatus, pin, ingest, placeOrder, buyerOrder, sellerOrder }) {
  return {
    'GET /shows/{a}/claims': () => page([]),
    'GET /shows/{a}/stock': () => page([]),
    'PUT /shows/{a}/products/{b}/limit': ({ b, body }) => ({ product_id: b, taken: 0, held: 0, waiting: 0, ...body }),
    'GET /shows': ({ query }) => page(world.shows.filter((show) => (!query.get('status') || show.status === query.get('status')) && (!query.get('shop_id') || show.shop.id === query.get('shop_id')))
      .sort((x, y) => ['live', 'scheduled', 'ended'].indexOf(x.status) - ['live', 'scheduled', 'ended'].indexOf(y.status)).map((show) => fullShow(show, true))),
    'POST /shops/{a}/shows': ({ a, body }) => {
      const id = newId();
      const show = { id, shop: find(world.shops, a), status: 'scheduled', sold_count: 0, version: 1, title: body.title, starts_at: body.starts_at, bag: body.product_ids ?? [], video: { state: 'none', hls: `/live/${id}/index.m3u8` } };
      world.shows.push(show);
      return fullShow(show);
    },
    'GET /shows/{a}': ({ a }) => fullShow(find(world.shows, a)),
    'PATCH /shows/{a}': ({ a, body }) => { const { product_ids, ...rest } = body; const show = find(world.shows, a); return fullShow(change(show, { ...rest, bag: product_ids ?? show.bag })); },
    'PUT /shows/{a}/cover': ({ a }) => fullShow(find(world.shows, a)),
    'POST /shows/{a}/start': ({ a }) => setStatus(find(world.shows, a), 'live'),
    'POST /shows/{a}/end': ({ a }) => setStatus(find(world.shows, a), 'ended'),
    'GET /shows/{a}/ingest': ({ a }) => ingest(a),
    'POST /shows/{a}/ingest': ({ a }) => ingest(a),
    'PUT /shows/{a}/pin': ({ a, body }) => pin(find(world.shows, a), body.product_id),
    'DELETE /shows/{a}/pin': ({ a }) => pin(find(world.shows, a), undefined),
    'DELETE /shows/{a}/messages/{b}': ({ a, b }) => void roomOf(a).tell({ type: 'hidden', hidden_seq: Number(b) }),
    'POST /orders': ({ body, headers }) => placeOrder(body, headers),
    'GET /orders/{a}': ({ a }) => buyerOrder(world.orders.find(({ token }) => token === a) ?? (() => { throw new Refusal(404, 'not-found'); })()),
    'POST /orders/{a}/cancel': ({ a }) => { const order = world.orders.find(({ token }) => token === a); Object.assign(order, { status: 'cancelled' }).history.push({ status: 'cancelled', at: now() }); return buyerOrder(order); },
    'GET /shops/{a}/orders': ({ a, query }) => page(world.orders.filter((order) => order.shop_id === a && (!query.get('status') || order.status === query.get('status')) && (!query.get('show_id') || order.show_id === query.get('show_id'))).map(sellerOrder)),
    'GET /shops/{a}/orders/{b}': ({ b }) => sellerOrder(find(world.orders, b)),
    'PUT /shops/{a}/orders/{b}/status': ({ b, body }) => { const order = find(world.orders, b); Object.assign(order, { status: body.status }).history.push({ status: body.status, at: now() }); return sellerOrder(order); },
  };
}

export function makeApi(world, roomOf) {
  const context = makeContext(world, roomOf);
  return { ...peopleOperations(context), ...goodsOperations(context), ...showsOperations(context) };
}
