// Every command of a live show, and what becomes of it when it comes twice, too late, or from or for somebody else.
//   by        who gives it: helper, seller or buyer
//   make      what it is about, made anew for each stage and kept as s.made
//   ask       [method, path, json, headers]
//   again     the same once more: 'same' (answered as before), 'anew' (another one), or [status, problem]
//   of        what of the answer says that it is the same one
//   tells     the event that the room hears once for both
//   late      once the show has ended: 'done', or [status, problem]
//   foreign   {what: (s, other) => [who, ask, status, problem]}; `other` is another show of the same shop, with a
//             `made` of its own. That people of another shop are refused is true of every command of a shop's.
import { auctionOf } from './auctions.mjs';
import { couponOf, makeCoupon } from './coupons.mjs';
import { dealOf } from './deals.mjs';
import { kChatRules, newKey, newProduct, orderOf } from './house.mjs';
import { packetOf } from './packets.mjs';

const at = (s, path) => `/shows/${s.show.id}${path}`;
const ended = [409, 'show-ended'];
const notLive = [409, 'show-not-live'];
const statusConflict = [409, 'show-status-conflict'];
const notInBag = [409, 'product-not-in-bag'];

const open = (path, json) => (s) => s.helper.expect(201, 'POST', at(s, path), json(s));
const drawOf = (more) => (s) => ({ prize: 'A ring', length_s: 600, ...more?.(s) });
const draw = open('/draws', drawOf());
const auction = open('/auctions', (s) => auctionOf(s.product));
const won = async (s) => {
  const { id } = await open('/draws', drawOf(() => ({ product_id: s.product.id })))(s);
  await s.buyer.expect(200, 'POST', `/draws/${id}/entry`);
  return s.helper.expect(200, 'POST', `/draws/${id}/winners`);
};
const packet = (s) => s.seller.expect(201, 'POST', at(s, '/red-packets'), packetOf());
const deal = async (s) => s.seller.expect(201, 'POST', at(s, '/deals'), dealOf(s.product));
const coupon = (s) => makeCoupon(s.seller, s.shop, { show_id: s.show.id });
const kCoupon = couponOf();
const said = (text) => async (s) => {
  s.seat.chat(text);
  const { seq } = await s.seat.event('chat', (event) => event.text === text);
  return { seq };
};
const sanctioned = async (s) => s.helper.expect(201, 'POST', at(s, `/messages/${(await said('Buy at mine')(s)).seq}/sanction`), { kind: 'timeout', seconds: 60 });
const script = async (s) => (await s.helper.expect(200, 'PUT', at(s, '/script'), { beats: [{ kind: 'opening', text: 'Welcome' }] })).beats[0];
const pinned = async (s) => s.helper.expect(200, 'PUT', at(s, '/pin'), { product_id: s.product.id });
const announced = async (s) => s.helper.expect(204, 'PUT', at(s, '/announcement'), { text: 'Free shipping' });
const scheduled = async (s) => s.seller.expect(201, 'POST', `/shops/${s.shop.id}/shows`, { title: 'Later', starts_at: '2030-01-02T03:04:05Z' });
const hold = async (s) => (await s.buyer.expect(201, 'POST', '/device/holds', { product_id: s.product.id, show_id: s.show.id })).hold;
// Of a product of which nothing is left.
const soldOut = async (s) => {
  const left = (await s.visitor.expect(200, 'GET', `/products/${s.product.id}`)).stock;
  await s.seller.expect(200, 'POST', `/products/${s.product.id}/stock-changes`, { change: -left });
};
const wait = async (s) => {
  await soldOut(s);
  return s.buyer.expect(201, 'POST', '/device/waits', { product_id: s.product.id, show_id: s.show.id });
};
const theirs = (s) => newProduct(s.stranger, s.otherShop.id, { price: { minor: 100, currency: 'MXN' } });

const kOfTheShow = {
  startShow: { by: 'seller', make: scheduled, ask: (s) => ['POST', `/shows/${s.made.id}/start`], again: statusConflict, late: 'done', foreign: {} },
  endShow: { by: 'seller', ask: (s) => ['POST', at(s, '/end')], again: statusConflict, late: statusConflict, foreign: {} },
  callOffShow: { by: 'seller', make: scheduled, ask: (s) => ['POST', `/shows/${s.made.id}/call-off`], again: statusConflict, late: 'done',
    foreign: { 'a show that is live': (s) => ['seller', ['POST', at(s, '/call-off')], ...statusConflict] } },
  pinProduct: { by: 'helper', ask: (s) => ['PUT', at(s, '/pin'), { product_id: s.product.id }], again: 'same', tells: 'pinned', late: ended,
    foreign: {
      "another shop's product": async (s) => ['helper', ['PUT', at(s, '/pin'), { product_id: (await theirs(s)).id }], ...notInBag],
      "another show's product": (s, other) => ['helper', ['PUT', at(s, '/pin'), { product_id: other.product.id }], ...notInBag],
    } },
  // What has ended may be tidied up.
  unpinProduct: { by: 'helper', make: pinned, ask: (s) => ['DELETE', at(s, '/pin')], again: 'same', tells: 'unpinned', late: 'done', foreign: {} },
  setScript: { by: 'helper', ask: (s) => ['PUT', at(s, '/script'), { beats: [{ kind: 'price', text: 'Now', product_id: s.product.id }] }], again: 'same', of: (json) => json.beats.length, late: ended,
    foreign: { "another show's product": (s, other) => ['helper', ['PUT', at(s, '/script'), { beats: [{ kind: 'price', text: 'Now', product_id: other.product.id }] }], 422, 'invalid-field'] } },
  beginBeat: { by: 'helper', make: script, ask: (s) => ['POST', at(s, `/script/${s.made.id}/begin`), {}], again: 'same', of: (json) => json.under_way?.begun_at, late: notLive,
    foreign: { "another show's beat": (s, other) => ['helper', ['POST', at(s, `/script/${other.made.id}/begin`), {}], 404, 'beat-not-found'] } },
  setShowLimit: { by: 'seller', ask: (s) => ['PUT', at(s, `/products/${s.product.id}/limit`), { units_max: 9 }], again: 'same', of: (json) => json.units_max, late: ended,
    foreign: { "another show's product": (s, other) => ['seller', ['PUT', at(s, `/products/${other.product.id}/limit`), { units_max: 9 }], ...notInBag] } },
  announceDeal: { by: 'seller', ask: (s) => ['POST', at(s, '/deals'), dealOf(s.product)], again: [409, 'deal-exists'], tells: 'deal_announced', late: statusConflict,
    foreign: {
      "another shop's product": async (s) => ['seller', ['POST', at(s, '/deals'), dealOf(await theirs(s))], ...notInBag],
      "another show's product": (s, other) => ['seller', ['POST', at(s, '/deals'), dealOf(other.product)], ...notInBag],
    } },
  withdrawDeal: { by: 'seller', make: deal, ask: (s) => ['DELETE', at(s, `/deals/${s.made.id}`)], again: 'same', of: (json) => json.state, tells: 'deal_ended', late: 'done',
    foreign: { "another show's deal": (s, other) => ['seller', ['DELETE', at(s, `/deals/${other.made.id}`)], 404, 'deal-not-found'] } },
  makeCoupon: { by: 'seller', ask: (s) => ['POST', `/shops/${s.shop.id}/coupons`, { ...kCoupon, show_id: s.show.id }, { 'idempotency-key': `coupon-of-show-${s.show.id}` }], again: 'same', of: (json) => json.id, late: [422, 'invalid-field'],
    foreign: { "another shop's show": (s) => ['stranger', ['POST', `/shops/${s.otherShop.id}/coupons`, couponOf({ show_id: s.show.id, amount: { minor: 500, currency: 'MXN' } }), { 'idempotency-key': newKey() }], 422, 'invalid-field'] } },
  withdrawCoupon: { by: 'seller', make: coupon, ask: (s) => ['DELETE', `/shops/${s.shop.id}/coupons/${s.made.id}`], again: 'same', of: (json) => json.id, late: 'done',
    foreign: { "another shop's coupon": (s) => ['stranger', ['DELETE', `/shops/${s.otherShop.id}/coupons/${s.made.id}`], 404, 'coupon-not-found'] } },
};

const kOfTheStage = {
  openDraw: { by: 'helper', ask: (s) => ['POST', at(s, '/draws'), drawOf(() => ({ product_id: s.product.id }))(s)], again: [409, 'draw-open'], late: notLive,
    foreign: { "another show's product": (s, other) => ['helper', ['POST', at(s, '/draws'), drawOf(() => ({ product_id: other.product.id }))(s)], ...notInBag] } },
  enterDraw: { by: 'buyer', make: draw, ask: (s) => ['POST', `/draws/${s.made.id}/entry`], again: 'same', of: (json) => json.mine.number, late: [409, 'draw-closed'], foreign: {} },
  drawWinners: { by: 'helper', make: draw, ask: (s) => ['POST', `/draws/${s.made.id}/winners`], again: [409, 'draw-closed'], late: [409, 'draw-closed'], foreign: {} },
  cancelDraw: { by: 'helper', make: draw, ask: (s) => ['DELETE', `/draws/${s.made.id}`], again: [409, 'draw-closed'], late: [409, 'draw-closed'], foreign: {} },
  // What was won can be had after the show, too.
  takePrize: { by: 'buyer', make: won, ask: (s) => ['POST', `/draws/${s.made.id}/prize`], again: 'same', of: (json) => json.hold.id, late: 'done',
    foreign: { "another's prize": (s) => ['otherBuyer', ['POST', `/draws/${s.made.id}/prize`], 403, 'not-a-winner'] } },
  openAuction: { by: 'helper', ask: (s) => ['POST', at(s, '/auctions'), auctionOf(s.product)], again: [409, 'auction-open'], late: notLive,
    foreign: {
      "another shop's product": async (s) => ['helper', ['POST', at(s, '/auctions'), auctionOf(await theirs(s))], ...notInBag],
      "another show's product": (s, other) => ['helper', ['POST', at(s, '/auctions'), auctionOf(other.product)], ...notInBag],
    } },
  bid: { by: 'buyer', make: auction, ask: (s) => ['POST', `/auctions/${s.made.id}/bids`, { amount_minor: 1_000 }, { 'idempotency-key': 'the-same-bid' }], again: 'same', of: (json) => json.bids, late: [409, 'auction-closed'],
    foreign: { 'another bid under the same key': async (s) => {
      await s.buyer.expect(201, 'POST', `/auctions/${s.made.id}/bids`, { amount_minor: 1_000 }, { headers: { 'idempotency-key': 'taken-before' } });
      return ['buyer', ['POST', `/auctions/${s.made.id}/bids`, { amount_minor: 2_000 }, { 'idempotency-key': 'taken-before' }], 422, 'idempotency-key-reused'];
    } } },
  closeAuction: { by: 'helper', make: auction, ask: (s) => ['POST', `/auctions/${s.made.id}/close`], again: [409, 'auction-closed'], late: [409, 'auction-closed'], foreign: {} },
  cancelAuction: { by: 'helper', make: auction, ask: (s) => ['DELETE', `/auctions/${s.made.id}`], again: [409, 'auction-closed'], late: [409, 'auction-closed'], foreign: {} },
  openRedPacket: { by: 'seller', ask: (s) => ['POST', at(s, '/red-packets'), packetOf()], again: [409, 'packet-open'], tells: 'red_packet', late: notLive, foreign: {} },
  endRedPacket: { by: 'seller', make: packet, ask: (s) => ['DELETE', `/red-packets/${s.made.id}`], again: [409, 'packet-over'], late: [409, 'packet-over'],
    foreign: { "another show's packet by another shop": (s, other) => ['stranger', ['DELETE', `/red-packets/${other.made.id}`], 403, 'forbidden'] } },
  openEnvelope: { by: 'buyer', make: packet, ask: (s) => ['POST', `/red-packets/${s.made.id}/envelope`], again: 'same', of: (json) => json.mine.amount.minor, late: [409, 'packet-over'], foreign: {} },
};

// What was said stays to be looked after when the show is a replay.
const kOfTheTalk = {
  hideMessage: { by: 'helper', make: said('Buy at mine'), ask: (s) => ['DELETE', at(s, `/messages/${s.made.seq}`)], again: [404, 'message-not-found'], tells: 'hidden', late: 'done',
    foreign: { "a number of another show's": (s) => ['helper', ['DELETE', at(s, '/messages/999999')], 404, 'message-not-found'] } },
  sanctionAuthor: { by: 'helper', make: said('Buy at mine'), ask: (s) => ['POST', at(s, `/messages/${s.made.seq}/sanction`), { kind: 'timeout', seconds: 60 }], again: 'same', of: (json) => json.seq, late: 'done',
    foreign: { "a number of another show's": (s) => ['helper', ['POST', at(s, '/messages/999999/sanction'), { kind: 'ban' }], 404, 'message-not-found'] } },
  liftChatSanction: { by: 'helper', make: sanctioned, ask: (s) => ['DELETE', `/shops/${s.shop.id}/chat-sanctions/${s.made.id}`], again: [404, 'sanction-not-found'], late: 'done',
    foreign: { "another shop's sanction": (s) => ['stranger', ['DELETE', `/shops/${s.otherShop.id}/chat-sanctions/${s.made.id}`], 404, 'sanction-not-found'] } },
  answerQuestion: { by: 'helper', make: said('Is it real?'), ask: (s) => ['POST', at(s, `/messages/${s.made.seq}/answer`)], again: 'same', tells: 'answered', late: 'done',
    foreign: { "a number of another show's": (s) => ['helper', ['POST', at(s, '/messages/999999/answer')], 404, 'message-not-found'] } },
  announce: { by: 'helper', ask: (s) => ['PUT', at(s, '/announcement'), { text: 'Free shipping' }], again: 'same', late: ended, foreign: {} },
  withdrawAnnouncement: { by: 'helper', make: announced, ask: (s) => ['DELETE', at(s, '/announcement')], again: 'same', late: 'done', foreign: {} },
  setChatRules: { by: 'helper', make: async (s) => (await s.helper.get(`/shops/${s.shop.id}/chat-rules`)).headers, again: [412, 'version-mismatch'], late: 'done', foreign: {},
    ask: (s) => ['PUT', `/shops/${s.shop.id}/chat-rules`, kChatRules, { 'if-match': s.made.etag }] },
};

const orderIn = (s, more) => ['POST', '/orders', orderOf(s.product, { show_id: s.show.id, ...more }), { 'idempotency-key': 'the-same-order' }];
const kOfBuyers = {
  takeCoupon: { by: 'buyer', make: coupon, ask: (s) => ['POST', '/device/coupons', { offer_id: s.made.id }], again: 'same', of: (json) => json.id, late: 'done', foreign: {} },
  holdProduct: { by: 'buyer', ask: (s) => ['POST', '/device/holds', { product_id: s.product.id, show_id: s.show.id }], again: 'same', of: (json) => json.hold.id, late: statusConflict,
    foreign: { "another shop's product": async (s) => ['buyer', ['POST', '/device/holds', { product_id: (await theirs(s)).id, show_id: s.show.id }], 409, 'product-unavailable'] } },
  cancelHold: { by: 'buyer', make: hold, ask: (s) => ['DELETE', `/device/holds/${s.made.id}`], again: 'same', late: 'done',
    foreign: { "another's hold": (s) => ['otherBuyer', ['DELETE', `/device/holds/${s.made.id}`], 404, 'claim-not-found'] } },
  joinLine: { by: 'buyer', make: soldOut, ask: (s) => ['POST', '/device/waits', { product_id: s.product.id, show_id: s.show.id }], again: 'same', of: (json) => json.id, late: statusConflict,
    foreign: { "another shop's product": async (s) => ['buyer', ['POST', '/device/waits', { product_id: (await theirs(s)).id, show_id: s.show.id }], 409, 'product-unavailable'] } },
  leaveLine: { by: 'buyer', make: wait, ask: (s) => ['DELETE', `/device/waits/${s.made.id}`], again: 'same', late: 'done',
    foreign: { "another's place": (s) => ['otherBuyer', ['DELETE', `/device/waits/${s.made.id}`], 404, 'wait-not-found'] } },
  // Who watches the replay may buy what was shown.
  placeOrder: { by: 'buyer', ask: (s) => orderIn(s), again: 'same', of: (json) => json.id ?? json.token, tells: 'sold', late: 'done',
    foreign: { 'another order under the same key': async (s) => {
      await s.buyer.expect(201, 'POST', '/orders', orderIn(s)[2], { headers: { 'idempotency-key': 'taken-before' } });
      return ['buyer', ['POST', '/orders', orderIn(s, { note: 'Blue' })[2], { 'idempotency-key': 'taken-before' }], 422, 'idempotency-key-reused'];
    } } },
};

export const kLiveCommands = { ...kOfTheShow, ...kOfTheStage, ...kOfTheTalk, ...kOfBuyers };

// The operations that must stand above: whatever changes something of a show that is live.
const kLivePaths = [/^\/shows\/\{show_id\}\/(start|end|call-off|pin|script|deals|draws|auctions|red-packets|messages|announcement|products)(\/|$)/,
  /^\/(draws|auctions|red-packets)\//, /^\/device\/(holds|waits|coupons)/, /^\/orders$/, /^\/shops\/\{shop_id\}\/(coupons|chat-)/];
// To have a message in another language changes nothing.
export const isLive = ({ method, path }) => method !== 'GET' && !path.endsWith('/translation') && kLivePaths.some((pattern) => pattern.test(path));
