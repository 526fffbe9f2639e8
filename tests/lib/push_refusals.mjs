// Subscriptions that are none, and reminders of what there is not; a row as in refusals.mjs.
import { kPushSubscription } from './access_table.mjs';

const nobody = '999999999999';
const invalid = [422, 'invalid-field'];
const put = (change) => () => ['device', 'PUT', '/device/push-subscription', { json: { ...kPushSubscription, ...change } }];
const at = (endpoint) => [`a push service at ${endpoint.slice(0, 60)}`, put({ endpoint }), ...invalid, '/endpoint'];
const keyed = (what, change, path) => [what, put({ keys: { ...kPushSubscription.keys, ...change } }), ...invalid, path];
const { p256dh } = kPushSubscription.keys;

export const kPush = [
  ...['http://push.example.net/1', 'https://127.0.0.1/1', 'https://10.0.0.1/1', 'https://[::1]/1', 'https://169.254.169.254/latest', 'https://localhost/1',
    'https://printer.local/1', 'https://user@push.example.net/1', 'https://push.example.net:22/1', 'https://push.example.net/1#a', 'https://2130706433/1',
    'javascript:alert(1)', '/1', 'https://push.example.net/a b', `https://push.example.net/${'a'.repeat(500)}`].map(at),
  ['a subscription without an endpoint', put({ endpoint: undefined }), ...invalid, '/endpoint'],
  ['a subscription without keys', put({ keys: undefined }), ...invalid, '/keys'],
  ['keys that are a list', put({ keys: [] }), ...invalid, '/keys'],
  keyed('a point that is none', { p256dh: 'AAAA' }, '/keys/p256dh'),
  keyed('a point beside the curve', { p256dh: `${p256dh.slice(0, -1)}8` }, '/keys/p256dh'),
  keyed('a point with padding', { p256dh: `${p256dh}=` }, '/keys/p256dh'),
  keyed('a point in the other alphabet', { p256dh: p256dh.replaceAll('-', '+').replaceAll('_', '/') }, '/keys/p256dh'),
  keyed('a point that is too long', { p256dh: 'A'.repeat(129) }, '/keys/p256dh'),
  keyed('no secret', { auth: '' }, '/keys/auth'),
  keyed('a secret of 15 bytes', { auth: 'A'.repeat(20) }, '/keys/auth'),
  keyed('a secret of 17 bytes', { auth: 'A'.repeat(23) }, '/keys/auth'),
  ['a language that is not spoken here', put({ language: 'la' }), ...invalid, '/language'],
  ['a language of a country', put({ language: 'es-MX' }), ...invalid, '/language'],
  ['an unknown member of a subscription', put({ expirationTime: null }), ...invalid, '/expirationTime'],
  ['a reminder of no show', () => ['device', 'PUT', `/shows/${nobody}/reminder`], 404, 'show-not-found'],
  ['a reminder of no shop', () => ['device', 'PUT', `/shops/${nobody}/reminder`], 404, 'shop-not-found'],
  ['reminders of no show, counted', () => ['seller', 'GET', `/shows/${nobody}/reminders`], 404, 'show-not-found'],
];
