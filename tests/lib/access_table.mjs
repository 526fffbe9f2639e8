// Who may do what: for every operation the outcome for each kind of caller, and how to ask for it with
// everything else in order. A letter for each of kCallers, in that order:
//   +  done            s  401 signed-out       d  401 device-unknown
//   f  403 forbidden   .  404 not-found kind (what is asked of is nobody's to know)
//   n  409 not-live: anybody may ask, and nothing is sent now (happy_path.test.mjs has a show that is)
//   -  404 not-found kind, for who may ask: the show was not recorded (recording.test.mjs has one that was),
//      or the session is not theirs to know
import { newProduct, orderOf, newKey, tokenOf } from './house.mjs';
import { kIceRestart, kPlayOffer, kPublishOffer } from './offers.mjs';
import { png } from './picture.mjs';

export const kCallers = ['visitor', 'device', 'helper', 'stranger', 'seller', 'manager', 'admin'];

const kSoon = '2030-01-02T03:04:05Z';
const picture = { body: png(32, 32), type: 'image/png' };

// Each `ask(world, caller)` gives [method, path, options] of a request that would succeed for the right caller;
// what it needs is made by `world` (see access.test.mjs) anew, so that no caller sees another's change.
const kPracticeSettings = { delivery: { methods: ['on_delivery', 'at_pickup'] }, sandbox: { methods: ['card', 'checkout'] } };
const json = (value, more) => ({ json: value, ...more });
const ifMatch = (etag) => ({ headers: { 'if-match': etag } });

export const kAccess = {
  setUp: ['.......', (w) => ['POST', '/setup', json({ token: 'nobody-has-this', name: 'X', login: 'x.admin', password: w.password })]],
  getSession: ['ss+++++', () => ['GET', '/session']],
  signIn: ['+++++++', (w) => ['POST', '/session', json({ login: w.someone.login, password: w.password }), 'apart']],
  signOut: ['ss+++++', () => ['DELETE', '/session', {}, 'apart']],
  changePassword: ['ss+++++', (w) => ['PUT', '/session/password', json({ current_password: w.password, password: w.password }), 'anew']],
  signInByLink: ['.......', () => ['POST', '/session/link', json({ token: 'nobody-has-this' })]],
  listInvitations: ['ssf++++', () => ['GET', '/invitations']],
  createInvitation: ['ssff+++', (w) => ['POST', '/invitations', json({ role: 'helper', name: 'H', shop_id: w.shop.id })]],
  revokeInvitation: ['ss..+++', async (w) => ['DELETE', `/invitations/${(await w.invitation()).invitation.id}`]],
  peekInvitation: ['+++++++', async (w) => ['POST', '/invitations/peek', json({ token: tokenOf((await w.invitation()).url) })]],
  acceptInvitation: ['+++++++', async (w) => ['POST', '/invitations/accept', json({ token: tokenOf((await w.invitation()).url),
    name: 'H', login: `h.${newKey()}`, password: w.password }), 'apart']],
  listPeople: ['ssf++++', () => ['GET', '/people']],
  createSignInLink: ['ssfff++', async (w) => ['POST', `/people/${(await w.newcomer('helper')).id}/sign-in-link`]],
  getDevice: ['d+ddddd', () => ['GET', '/device']],
  registerDevice: ['+++++++', () => ['POST', '/device', json({ name: 'Somebody' }), 'apart']],
  listDeviceOrders: ['d+ddddd', () => ['GET', '/device/orders']],
  listShops: ['+++++++', () => ['GET', '/shops']],
  createShop: ['ssfff++', () => ['POST', '/shops', json({ name: 'New', currency: 'CNY' })]],
  getShop: ['+++++++', (w) => ['GET', `/shops/${w.shop.id}`]],
  changeShop: ['ssff+++', async (w) => ['PATCH', `/shops/${w.shop.id}`, json({ village: 'Pearl Lake' }, ifMatch(await w.etag(`/shops/${w.shop.id}`)))]],
  setShopCover: ['ssff+++', (w) => ['PUT', `/shops/${w.shop.id}/cover`, picture]],
  listProducts: ['+++++++', (w) => ['GET', `/shops/${w.shop.id}/products`]],
  'listProducts, hidden': ['ss+f+++', (w) => ['GET', `/shops/${w.shop.id}/products?hidden=true`]],
  createProduct: ['ssff+++', (w) => ['POST', `/shops/${w.shop.id}/products`, json({ title: 'T', price: { minor: 1, currency: 'CNY' }, stock: 1 })]],
  getProduct: ['+++++++', (w) => ['GET', `/products/${w.product.id}`]],
  changeProduct: ['ssff+++', async (w) => ['PATCH', `/products/${w.product.id}`, json({ title: 'Pearls' }, ifMatch(await w.etag(`/products/${w.product.id}`)))]],
  removeProduct: ['ssff+++', async (w) => ['DELETE', `/products/${(await newProduct(w.seller, w.shop.id)).id}`]],
  changeStock: ['ssff+++', (w) => ['POST', `/products/${w.product.id}/stock-changes`, json({ change: 1 })]],
  addPhoto: ['ssff+++', async (w) => ['POST', `/products/${(await newProduct(w.seller, w.shop.id)).id}/photos`, picture]],
  removePhoto: ['ssff+++', async (w) => ['DELETE', await w.photo()]],
  listShows: ['+++++++', () => ['GET', '/shows']],
  createShow: ['ssff+++', (w) => ['POST', `/shops/${w.shop.id}/shows`, json({ title: 'T', starts_at: kSoon })]],
  getShow: ['+++++++', (w) => ['GET', `/shows/${w.show.id}`]],
  changeShow: ['ssff+++', async (w) => ['PATCH', `/shows/${w.show.id}`, json({ title: 'Pearls' }, ifMatch(await w.etag(`/shows/${w.show.id}`)))]],
  setShowCover: ['ssff+++', (w) => ['PUT', `/shows/${w.show.id}/cover`, picture]],
  startShow: ['ssff+++', async (w) => ['POST', `/shows/${(await w.scheduled()).id}/start`]],
  endShow: ['ssff+++', async (w) => ['POST', `/shows/${(await w.live()).id}/end`]],
  getIngest: ['ssff+++', (w) => ['GET', `/shows/${w.show.id}/ingest`]],
  renewStreamKey: ['ssff+++', (w) => ['POST', `/shows/${w.show.id}/ingest`]],
  publishLive: ['ssff+++', (w) => ['POST', `/shows/${w.show.id}/whip?takeover=true`, kPublishOffer]],
  patchPublishing: ['+++++++', async (w) => ['PATCH', await w.publishing(), kIceRestart]],
  endPublishing: ['+++++++', async (w) => ['DELETE', await w.publishing()]],
  playLive: ['nnnnnnn', (w) => ['POST', `/shows/${w.show.id}/whep`, kPlayOffer]],
  patchPlaying: ['-------', (w) => ['PATCH', `/shows/${w.show.id}/whep/a-secret`, kIceRestart]],
  endPlaying: ['-------', (w) => ['DELETE', `/shows/${w.show.id}/whep/a-secret`]],
  getRecording: ['-------', (w) => ['GET', `/shows/${w.show.id}/recording`]],
  deleteRecording: ['ssff---', (w) => ['DELETE', `/shows/${w.show.id}/recording`]],
  createClip: ['ssff---', (w) => ['POST', `/shows/${w.show.id}/recording/clips`, json({ from_ms: 0, to_ms: 1000 })]],
  pinProduct: ['ss+f+++', (w) => ['PUT', `/shows/${w.show.id}/pin`, json({ product_id: w.product.id })]],
  unpinProduct: ['ss+f+++', async (w) => ['DELETE', `/shows/${await w.pinned()}/pin`]],
  hideMessage: ['ss+f+++', async (w) => ['DELETE', `/shows/${w.show.id}/messages/${await w.message()}`]],
  joinRoom: ['+++++++', (w) => ['GET', `/shows/${w.show.id}/room`, { headers: { connection: 'Upgrade', upgrade: 'websocket',
    'sec-websocket-version': '13', 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==' }, origin: w.url }]],
  placeOrder: ['d+ddddd', (w) => ['POST', '/orders', json(orderOf(w.product), { headers: { 'idempotency-key': newKey() } })]],
  getOrder: ['+++++++', async (w) => ['GET', `/orders/${(await w.order()).token}`]],
  cancelOrder: ['+++++++', async (w) => ['POST', `/orders/${(await w.order()).token}/cancel`]],
  listOrders: ['ss+f+++', (w) => ['GET', `/shops/${w.shop.id}/orders`]],
  getShopOrder: ['ss+f+++', async (w) => ['GET', await w.orderPath()]],
  setOrderStatus: ['ss+f+++', async (w) => ['PUT', `${await w.orderPath()}/status`, json({ status: 'packed' })]],
  'setOrderStatus, cancelled': ['ssff+++', async (w) => ['PUT', `${await w.orderPath()}/status`, json({ status: 'cancelled' })]],
  listPaymentMethods: ['+++++++', (w) => ['GET', `/shops/${w.shop.id}/payment-methods`]],
  getPaymentSettings: ['ssfff++', (w) => ['GET', `/shops/${w.shop.id}/payment-settings`]],
  setPaymentSettings: ['ssfff++', (w) => ['PUT', `/shops/${w.shop.id}/payment-settings`, json(kPracticeSettings)]],
  checkPaymentSettings: ['ssfff++', (w) => ['POST', `/shops/${w.shop.id}/payment-settings/check`, json({ provider: 'delivery' })]],
  beginPayment: ['+++++++', async (w) => ['POST', `/orders/${(await w.payable()).token}/payment`]],
  returnFromPayment: ['.......', () => ['GET', '/payments/nobody-has-this/return']],
  confirmPayment: ['ssff+++', async (w) => ['POST', `${await w.orderPath()}/payment/confirmation`]],
  clearPaymentProblem: ['ssff+++', async (w) => ['DELETE', `${await w.paidPath()}/payment/problem`]],
  refundOrder: ['ssff+++', async (w) => ['POST', `${await w.paidPath()}/refunds`, json({ amount_minor: 1 }, { headers: { 'idempotency-key': newKey() } })]],
  takeWebhook: ['.......', (w) => ['POST', `/webhooks/stripe/${w.shop.id}`, json({})]],
  getSandboxPayment: ['+++++++', async (w) => ['GET', `/sandbox/${await w.reference()}`]],
  paySandboxCard: ['+++++++', async (w) => ['POST', `/sandbox/${await w.reference()}/card`, json({ number: '4242 4242 4242 4242' })]],
  answerSandboxBank: ['+++++++', async (w) => ['POST', `/sandbox/${await w.confirming()}/confirmation`, json({ accepted: true })]],
};
