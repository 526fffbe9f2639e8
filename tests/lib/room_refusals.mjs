// What is said wrongly in a room, and how each is answered.
import { kOpcode } from './websocket.mjs';

const said = (command) => JSON.stringify(command);
const chat = (more) => said({ type: 'chat', ref: 'r', text: 'hello', ...more });
const hearts = (count) => said({ type: 'hearts', ref: 'r', count });
const deep = `${'{"a":'.repeat(60)}1${'}'.repeat(60)}`;

// [name, message, code, path]: the sender alone is told, and stays.
export const kRefusedMessages = [
  ['no JSON', 'hello', 'json-invalid'],
  ['nothing', '', 'json-invalid'],
  ['half an object', '{"type":"chat"', 'json-invalid'],
  ['two objects', '{}{}', 'json-invalid'],
  ['a name twice', '{"type":"chat","text":"a","text":"b"}', 'json-invalid'],
  ['deep JSON', deep, 'json-invalid'],
  ['half a surrogate', '{"type":"chat","text":"\\ud800"}', 'json-invalid'],
  ['a list', '[]', 'invalid-field', ''],
  ['null', 'null', 'invalid-field', ''],
  ['no type', said({ text: 'hello' }), 'invalid-field', '/type'],
  ['an unknown type', said({ type: 'shout', text: 'hello' }), 'invalid-field', '/type'],
  ['a type that only the server tells', said({ type: 'sold', number: 1 }), 'invalid-field', '/type'],
  ['a type of a kilobyte', said({ type: 'x'.repeat(1000) }), 'invalid-field', '/type'],
  ['an unknown member', chat({ colour: 'red' }), 'invalid-field', '/colour'],
  ['another role', chat({ role: 'host' }), 'invalid-field', '/role'],
  ["another's name", chat({ name: 'Lin' }), 'invalid-field', '/name'],
  ['no text', said({ type: 'chat' }), 'invalid-field', '/text'],
  ['an empty text', chat({ text: '' }), 'invalid-field', '/text'],
  ['a text of spaces', chat({ text: '   ' }), 'invalid-field', '/text'],
  ['a text of 301', chat({ text: 'ñ'.repeat(301) }), 'invalid-field', '/text'],
  ['a text as a number', chat({ text: 7 }), 'invalid-field', '/text'],
  ['a text with a NUL', chat({ text: 'a\0b' }), 'invalid-field', '/text'],
  ['a text that turns its line round', chat({ text: 'a\u202eb' }), 'invalid-field', '/text'],
  ['a text that fills the message', chat({ text: 'x'.repeat(8000) }), 'invalid-field', '/text'],
  ['a ref of 33', chat({ ref: 'r'.repeat(33) }), 'invalid-field', '/ref'],
  ['a ref as a number', chat({ ref: 1 }), 'invalid-field', '/ref'],
  ['a question that is no yes or no', chat({ question: 'yes' }), 'invalid-field', '/question'],
  ['a language of four', chat({ lang: 'engl' }), 'invalid-field', '/lang'],
  ['a language in capitals', chat({ lang: 'EN' }), 'invalid-field', '/lang'],
  ['a language with a country', chat({ lang: 'es-MX' }), 'invalid-field', '/lang'],
  ['a hand for nothing', said({ type: 'raise_hand', ref: 'r' }), 'invalid-field', '/product_id'],
  ['a hand for a number', said({ type: 'raise_hand', ref: 'r', product_id: 7 }), 'invalid-field', '/product_id'],
  ['a hand lowered for a word', said({ type: 'lower_hand', ref: 'r', product_id: 'pearls' }), 'invalid-field', '/product_id'],
  ['a hand for what the show does not offer', said({ type: 'raise_hand', ref: 'r', product_id: '999999' }), 'product-not-in-bag', undefined],
  ['two hands', said({ type: 'raise_hand', ref: 'r', product_id: '1', count: 2 }), 'invalid-field', '/count'],
  ['no count', said({ type: 'hearts' }), 'invalid-field', '/count'],
  ['no hearts', hearts(0), 'invalid-field', '/count'],
  ['fewer hearts than none', hearts(-1), 'invalid-field', '/count'],
  ['21 hearts', hearts(21), 'invalid-field', '/count'],
  ['half a heart', hearts(0.5), 'invalid-field', '/count'],
  ['infinite hearts', '{"type":"hearts","count":1e999}', 'json-invalid'],
  ['hearts as text', hearts('2'), 'invalid-field', '/count'],
];

const { continuation, text, binary, close, ping } = kOpcode;
const kBroken = Buffer.from([0xc3, 0x28]);

// [name, frames, close code]: the connection ends.
export const kBrokenFrames = [
  ['a binary frame', [[binary, '{}']], 1003],
  ['a frame that is not masked', [[text, '{}', { isMasked: false }]], 1002],
  ['a reserved bit', [[text, '{}', { reserved: 4 }]], 1002],
  ['an unknown opcode', [[3, '{}']], 1002],
  ['an unknown control opcode', [[11, '']], 1002],
  ['text that is not UTF-8', [[text, kBroken]], 1007],
  ['text that is not UTF-8 in two frames', [[text, kBroken.subarray(0, 1), { isLast: false }], [continuation, kBroken.subarray(1)]], 1007],
  ['a message of 8 kB and one byte', [[text, Buffer.alloc(8193, 'x')]], 1009],
  ['a message that says it has 2^62 bytes', [[text, '', { length: 2 ** 62 }]], 1009],
  ['a message of more frames than bytes', [[text, '', { isLast: false }], ...Array(300).fill([continuation, '', { isLast: false }])], 1009],
  ['frames that grow beyond the limit', [[text, Buffer.alloc(5000, 'x'), { isLast: false }], [continuation, Buffer.alloc(5000, 'x')]], 1009],
  ['an end without a beginning', [[continuation, 'x']], 1002],
  ['a beginning within a message', [[text, 'x', { isLast: false }], [text, 'x']], 1002],
  ['a ping in pieces', [[ping, 'x', { isLast: false }]], 1002],
  ['a ping of 126', [[ping, Buffer.alloc(126)]], 1002],
  ['a close of one byte', [[close, Buffer.alloc(1)]], 1002],
  ['a close with a code that nobody sends', [[close, Buffer.from([1005 >> 8, 1005 & 255])]], 1002],
  ['a close whose reason is not UTF-8', [[close, Buffer.concat([Buffer.from([3, 232]), kBroken])]], 1007],
];

// [name, frames, reason]: too much of what would be all right; 1008.
export const kFloods = [
  ['a hundred pings', Array(100).fill([ping, '']), /too many/],
  ['a hundred messages', Array.from({ length: 100 }, (_, i) => [text, chat({ text: `m${i}` })]), /too many/],
  ['a hundred faults', Array(100).fill([text, 'x']), /too many/],
];

const key = { 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==' };
const upgrade = { connection: 'Upgrade', upgrade: 'websocket' };
const version = { 'sec-websocket-version': '13' };
const room = (show) => `/shows/${show.id}/room`;

// [name, path of a show, headers, status, problem, path of the fault]: nobody gets in.
export const kRefusedHandshakes = [
  ['no show of this number', () => '/shows/999999999999/room', { ...upgrade, ...version, ...key }, 404, 'show-not-found'],
  ['a show by a word', () => '/shows/pearls/room', { ...upgrade, ...version, ...key }, 404, 'not-found'],
  ["another site's page", room, { ...upgrade, ...version, ...key, origin: 'https://elsewhere.example' }, 403, 'foreign-origin'],
  ['since a word', (s) => `${room(s)}?since=yesterday`, { ...upgrade, ...version, ...key }, 400, 'invalid-field', 'since'],
  ['since before the first', (s) => `${room(s)}?since=-1`, { ...upgrade, ...version, ...key }, 400, 'invalid-field', 'since'],
  ['an unknown parameter', (s) => `${room(s)}?name=Lin`, { ...upgrade, ...version, ...key }, 400, 'invalid-field', 'name'],
  ['no upgrade', room, {}, 426, 'upgrade-required'],
  ['an upgrade to something else', room, { connection: 'Upgrade', upgrade: 'h2c', ...version, ...key }, 426, 'upgrade-required'],
  ['another version', room, { ...upgrade, 'sec-websocket-version': '12', ...key }, 426, 'websocket-version'],
  ['no key', room, { ...upgrade, ...version }, 400, 'websocket-key'],
  ['a short key', room, { ...upgrade, ...version, 'sec-websocket-key': 'AAAA' }, 400, 'websocket-key'],
];
