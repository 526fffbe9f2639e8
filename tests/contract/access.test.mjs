// Every operation × every kind of caller, from a table that must know every operation.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { kAccess, kBankAccount, kPushSubscription, kCallers } from '../lib/access_table.mjs';
import { makeCoupon } from '../lib/coupons.mjs';
import { packetOf } from '../lib/packets.mjs';
import { Client } from '../lib/client.mjs';
import { kOperations } from '../lib/contract.mjs';
import { endPayouts, makeDue, payoutOf } from '../lib/books.mjs';
import { auctionOf } from '../lib/auctions.mjs';
import { announce } from '../lib/deals.mjs';
import { buy, join, kPassword, liveShow, newProduct, openHouse, orderOf } from '../lib/house.mjs';
import { kPublishOffer, sessionOf } from '../lib/offers.mjs';
import { png } from '../lib/picture.mjs';
import { restreamLines } from '../lib/restreams.mjs';
import { webhookLines } from '../lib/webhooks.mjs';
import { shippingLines } from '../lib/shipping_lines.mjs';
import { Room } from '../lib/websocket.mjs';

const kOutcomes = {
  s: [401, /^\/problems\/signed-out$/],
  d: [401, /^\/problems\/device-unknown$/],
  f: [403, /^\/problems\/forbidden$/],
  '.': [404, /^\/problems\/(?:[a-z]+-)?(?:not-found|unknown)$/],
  n: [409, /^\/problems\/not-live$/],
  '-': [404, /^\/problems\/[a-z]+-not-found$/],
};

let house, world;

// What the lines about payments need; the shop takes cash and practice cards.
async function payingLines({ admin, seller, device, shop, product, shipper, orderPath }) {
  await admin.expect(200, 'PUT', `/shops/${shop.id}/payment-settings`,
    { delivery: { methods: ['on_delivery', 'at_pickup'] }, sandbox: { methods: ['card', 'checkout'] } });
  const payable = async () => (await shipper()) && (await buy(device, orderOf(product, { payment_method: 'card' }))).json;
  const reference = async () => {
    const step = await device.expect(200, 'POST', `/orders/${(await payable()).token}/payment`);
    return step.redirect_url.split('#')[1];
  };
  return {
    payable, reference,
    confirming: async () => {
      const made = await reference();
      await device.expect(200, 'POST', `/sandbox/${made}/card`, { number: '4000 0000 0000 3220' });
      return made;
    },
    paidPath: async () => {
      const path = await orderPath();
      await seller.expect(200, 'POST', `${path}/payment/confirmation`);
      return path;
    },
  };
}

// What the lines about draws, auctions and coupons need; a show has one draw and one auction that is open.
function stageLines({ seller, device, show, product }) {
  const noDraw = async () => {
    for (const { id, state } of (await seller.expect(200, 'GET', `/shows/${show.id}/draws`)).items) {
      if (state === 'open') await seller.expect(200, 'DELETE', `/draws/${id}`);
    }
  };
  const draw = async () => {
    await noDraw();
    return (await seller.expect(201, 'POST', `/shows/${show.id}/draws`, { prize: 'A bracelet', length_s: 1_800 })).id;
  };
  // Of which the buyer is the winner.
  const prize = async () => {
    await noDraw();
    const { id } = await seller.expect(201, 'POST', `/shows/${show.id}/draws`, { prize: 'A bracelet', product_id: product.id, length_s: 1_800 });
    await device.expect(200, 'POST', `/draws/${id}/entry`);
    await seller.expect(200, 'POST', `/draws/${id}/winners`);
    return id;
  };
  const noAuction = async () => {
    for (const { id, state } of (await seller.expect(200, 'GET', `/shows/${show.id}/auctions`)).items) {
      if (state === 'open') await seller.expect(200, 'DELETE', `/auctions/${id}`);
    }
  };
  const auction = async () => {
    await noAuction();
    return (await seller.expect(201, 'POST', `/shows/${show.id}/auctions`, auctionOf(product))).id;
  };
  const coupon = () => makeCoupon(seller, show.shop);
  // At most 50 in a show: a packet that nobody has ended is used again.
  const openPacket = async () => (await seller.expect(200, 'GET', `/shows/${show.id}/red-packets`)).items.find(({ state }) => state === 'open');
  const noPacket = async () => {
    const open = await openPacket();
    if (open) await seller.expect(200, 'DELETE', `/red-packets/${open.id}`);
  };
  const packet = async () => (await openPacket() ?? await seller.expect(201, 'POST', `/shows/${show.id}/red-packets`, packetOf())).id;
  return { noDraw, draw, prize, noAuction, auction, coupon, noPacket, packet };
}

// What the lines about the talk of a show and about its script need.
function hostLines({ server, seller }, show) {
  let said = 0;
  return {
    // A second device for every line, since one person may not chat so often.
    message: async (words = 'message') => {
      const text = `${said++}: ${words}`;
      const speaker = new Client(server.url);
      await speaker.expect(201, 'POST', '/device', { name: 'Speaker' });
      const seat = await Room.join(speaker, show.id);
      seat.chat(text);
      const { seq } = await seat.event('chat', (e) => e.text === text);
      seat.drop();
      return seq;
    },
    beat: async () => {
      const { beats } = await seller.expect(200, 'PUT', `/shows/${show.id}/script`, { beats: [{ kind: 'opening', text: 'Welcome' }] });
      return beats[0].id;
    },
    sanction: async () => seller.expect(201, 'POST', `/shows/${show.id}/messages/${await world.message()}/sanction`, { kind: 'shadow' }),
  };
}

// What the lines about the books need.
function booksLines(admin, seller, shop) {
  let percents = 0;
  return {
    percent: () => percents++ % 10_000,
    bankAccount: async () => {
      await seller.expect(200, 'PUT', `/shops/${shop.id}/bank-account`, kBankAccount);
      return `/shops/${shop.id}/bank-account`;
    },
    cancelledPayout: () => endPayouts(admin),
    due: () => makeDue(admin, seller, shop.id),
    payout: async (...moves) => (await payoutOf(admin, seller, shop.id, moves)).id,
    payoutLine: async () => {
      const batch = await payoutOf(admin, seller, shop.id, ['approve']);
      return `/payouts/${batch.id}/lines/${batch.lines[0].id}`;
    },
  };
}

async function makeWorld({ seller, device, shop, admin, server }) {
  const product = await newProduct(seller, shop.id, { stock: 1000 });
  const soldOut = await newProduct(seller, shop.id, { stock: 0 });
  const show = await liveShow(seller, shop.id, [product]);
  const scheduled = () => seller.expect(201, 'POST', `/shops/${shop.id}/shows`, { title: 'T', starts_at: '2030-01-02T03:04:05Z' });
  // Zones that a line left behind would make an order dearer.
  const shipping = shippingLines({ seller, device, shop, product, order: () => order() });
  const order = async () => {
    await shipping.shipper();
    return (await buy(device, orderOf(product))).json;
  };
  const paying = await payingLines({ admin, seller, device, shop, product, shipper: shipping.shipper, orderPath: () => world.orderPath() });
  const room = await Room.join(device, show.id);
  // The product has no deal that has not ended.
  const dealable = async () => {
    const { items } = await seller.expect(200, 'GET', `/shows/${show.id}/deals`);
    for (const { id } of items) await seller.expect(200, 'DELETE', `/shows/${show.id}/deals/${id}`);
    return true;
  };
  return {
    ...shipping,
    ...webhookLines({ seller, shop }),
    ...restreamLines({ seller, shop }),
    ...paying,
    ...booksLines(admin, seller, shop), ...stageLines({ seller, device, show, product }), ...hostLines({ server, seller }, show),
    subscribed: () => device.expect(200, 'PUT', '/device/push-subscription', kPushSubscription),
    seller, shop, product, show, scheduled, order, room, url: server.url, password: kPassword, someone: seller,
    etag: async (path) => (await seller.get(path)).headers.etag,
    // Somebody of this role whom no other line knows; `id` is the person's.
    newcomer: async (role) => {
      const client = await join(admin, { role, name: 'N', ...(role === 'helper' && { shop_id: shop.id }),
        ...(role === 'seller' && { shop: { name: 'New', currency: 'CNY' } }) });
      client.id = (await client.expect(200, 'GET', '/session')).person.id;
      return client;
    },
    invitation: () => admin.expect(201, 'POST', '/invitations', { role: 'helper', name: 'H', shop_id: shop.id }),
    live: async () => seller.expect(200, 'POST', `/shows/${(await scheduled()).id}/start`),
    photo: async () => {
      const made = await newProduct(seller, shop.id);
      const { json } = await seller.request('POST', `/products/${made.id}/photos`, { body: png(32, 32), type: 'image/png' });
      return `/products/${made.id}/photos/${json.photos[0].id}`;
    },
    publishing: async () => sessionOf(await seller.request('POST', `/shows/${show.id}/whip?takeover=true`, kPublishOffer)),
    pinned: async () => {
      await seller.expect(200, 'PUT', `/shows/${show.id}/pin`, { product_id: product.id });
      return show.id;
    },
    soldOut,
    dealable,
    deal: async () => (await dealable()) && announce(seller, show, product),
    hold: async () => (await device.expect(201, 'POST', '/device/holds', { product_id: product.id })).hold,
    wait: () => device.expect(201, 'POST', '/device/waits', { product_id: soldOut.id }),
    orderPath: async () => {
      await order();
      const { items } = await seller.expect(200, 'GET', `/shops/${shop.id}/orders?limit=1`);
      return `/shops/${shop.id}/orders/${items[0].id}`;
    },
  };
}

before(async () => {
  // Nothing listens there: what is asked for here has no words.
  house = await openHouse({ args: ['--translate-url', 'http://127.0.0.1:9'] });
  world = await makeWorld(house);
});
after(() => {
  world?.room.drop();
  return house?.server.remove();
});

test('the table knows every operation', () => {
  const known = new Set(Object.keys(kAccess).map((name) => name.split(',')[0]));
  assert.deepEqual([...known].sort(), kOperations.map((o) => o.id).sort());
  for (const [name, [row]] of Object.entries(kAccess)) assert.equal(row.length, kCallers.length, name);
});

test('the document names the roles that the table lets through', () => {
  const columns = { helper: 2, seller: 4, manager: 5, admin: 6 };
  for (const { id, operation } of kOperations) {
    const needsSession = operation.security?.some((scheme) => scheme.session);
    const [row] = kAccess[id];
    const allowed = Object.keys(columns).filter((role) => '+-'.includes(row[columns[role]]));
    assert.deepEqual(operation['x-roles'], needsSession ? allowed : undefined, id);
  }
});

const kRoleOf = { helper: 'helper', stranger: 'seller', seller: 'seller', manager: 'manager', admin: 'admin' };

// A caller whose cookies a request may change is asked by a copy, signed in 'apart' where it was; what would end
// the sessions of the caller is asked by somebody of the same role who came 'anew'.
async function asker(caller, apart) {
  if (!apart) return house[caller];
  if (apart === 'anew' && kRoleOf[caller]) return world.newcomer(kRoleOf[caller]);
  const copy = new Client(house.server.url);
  if (house[caller].login) await copy.expect(200, 'POST', '/session', { login: house[caller].login, password: kPassword });
  else if (house[caller].csrf) await copy.expect(200, 'POST', '/session', { login: 'admin', password: kPassword });
  else copy.cookies = new Map(house[caller].cookies);
  return copy;
}

for (const [name, [row, ask]] of Object.entries(kAccess)) {
  test(`${name}: ${row}`, async () => {
    for (const [i, caller] of kCallers.entries()) {
      const [method, path, options, apart] = await ask(world);
      const client = await asker(caller, apart);
      const answer = await client.request(method, path, options);
      const said = `${caller}: ${method} ${path} → ${answer.status} ${answer.body.toString().slice(0, 300)}`;
      if (row[i] === '+') {
        assert.ok(answer.status < 300, said);
      } else {
        const [status, type] = kOutcomes[row[i]];
        assert.equal(answer.status, status, said);
        assert.match(answer.json.type, type, said);
      }
    }
  });
}

test('a changing request of a session needs its CSRF token, for every operation that says so', async () => {
  const guarded = kOperations.filter((o) => o.operation.security?.some((s) => s.csrf)).map((o) => o.id);
  for (const id of guarded) {
    const [method, path, options] = await kAccess[id][1](world);
    const without = await house.admin.request(method, path, { ...options, csrf: false });
    assert.deepEqual([without.status, without.json?.type], [403, '/problems/csrf-token-wrong'], id);
    const wrong = await house.admin.request(method, path, { ...options, headers: { ...options?.headers, 'x-csrf-token': house.seller.csrf } });
    assert.deepEqual([wrong.status, wrong.json?.type], [403, '/problems/csrf-token-wrong'], id);
  }
});

test("no changing request is taken from another site's page", async () => {
  for (const { id, method, operation } of kOperations) {
    if (operation['x-any-origin'] || (method === 'GET' && id !== 'joinRoom')) continue;
    const [verb, path, options] = await kAccess[id][1](world);
    const foreign = await house.admin.request(verb, path, { ...options, origin: 'https://elsewhere.example' });
    assert.deepEqual([foreign.status, foreign.json?.type], [403, '/problems/foreign-origin'], id);
  }
});

// Leaving, and trying a provider's keys, change nothing that anybody would ask about.
const kUnnoted = ['signOut', 'checkPaymentSettings'];

test('what somebody changes is in the audit, for every operation of a session', async () => {
  const newest = async () => (await house.admin.expect(200, 'GET', '/audit?limit=1')).items[0];
  for (const { id, operation } of kOperations) {
    const [row, ask] = kAccess[id];
    const isChange = operation.security?.some((s) => s.csrf);
    if (!isChange || row[kCallers.indexOf('admin')] !== '+' || kUnnoted.includes(id)) continue;
    const [method, path, options, apart] = await ask(world);
    const client = await asker('admin', apart);
    const before = await newest();
    const answer = await client.request(method, path, options);
    assert.ok(answer.status < 300, `${id}: ${answer.status} ${answer.body}`);
    const noted = await newest();
    assert.ok(Number(noted.id) > Number(before.id), `${id} left nothing in the audit`);
    assert.ok(noted.person, `${id} does not say who`);
  }
});
