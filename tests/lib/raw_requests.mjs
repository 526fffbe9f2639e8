// Requests that are not quite HTTP/1.1: [name, bytes, status, problem], where `bytes(as)` is given what a
// request of the seller needs. Each of them would list a product if it were believed.
const kListed = '{"title":"Smuggled","price":{"minor":1,"currency":"CNY"},"stock":1}';

// The seller's POST of a product with these fields for its length, and this body.
const post = (fields, body = kListed) => (as) =>
  `POST ${as.path} HTTP/1.1\r\nHost: ${as.host}\r\nCookie: ${as.cookie}\r\nX-CSRF-Token: ${as.csrf}\r\n`
  + `Content-Type: application/json\r\n${fields}\r\n\r\n${body}`;
const length = (value) => `Content-Length: ${value}`;
const own = length(kListed.length);
const kChunked = 'Transfer-Encoding: chunked';
const chunk = (text) => `${text.length.toString(16)}\r\n${text}\r\n`;
const get = (line, fields = 'Host: x') => () => `${line}\r\n${fields}${fields && '\r\n'}\r\n`;

const kRequestLines = [
  ['a word', () => 'hello\r\n\r\n', 400, 'bad-request'],
  ['only spaces', () => '   \r\n\r\n', 400, 'bad-request'],
  ['bytes', () => Buffer.from('\x00\x01\x02\xff\xfe\r\n\r\n', 'latin1'), 400, 'bad-request'],
  ['the hello of TLS', () => Buffer.from('16030100a5010000a10303', 'hex'), 400, 'bad-request'],
  ['a version that is to come', get('GET / HTTP/9.9'), 505, 'http-version'],
  ['the preface of HTTP/2', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 505, 'http-version'],
  ['no version', get('GET /'), 400, 'bad-request'],
  ['an unknown method', get('FROB / HTTP/1.1'), 501, 'unknown-method'],
  ['a tunnel', get('CONNECT elsewhere.example:443 HTTP/1.1'), 501, 'unknown-method'],
  ['a target without a slash', get('GET shops HTTP/1.1'), 400, 'bad-target'],
  ['a path to the house beside ours', get('GET /../../etc/passwd HTTP/1.1'), 400, 'bad-target'],
  ['the same path, escaped', get('GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1'), 400, 'bad-target'],
  ['an escape cut short', get('GET /a%2 HTTP/1.1'), 400, 'bad-target'],
  ['a path that is not UTF-8', get('GET /%ff HTTP/1.1'), 400, 'bad-target'],
  ['a path of 20 kB', get(`GET /${'a'.repeat(20_000)} HTTP/1.1`), 431, 'header-too-large'],
];

const kFields = [
  ['no host', get('GET / HTTP/1.1', ''), 400, 'bad-host'],
  ['two hosts', get('GET / HTTP/1.1', 'Host: a\r\nHost: b'), 400, 'bad-host'],
  ['a field of 17 kB', get('GET / HTTP/1.1', `Host: x\r\nX-Long: ${'a'.repeat(17_000)}`), 431, 'header-too-large'],
  ['a field name of 17 kB', get('GET / HTTP/1.1', `Host: x\r\n${'a'.repeat(17_000)}: b`), 431, 'header-too-large'],
  ['a hundred and one fields', get('GET / HTTP/1.1', `Host: x${'\r\nX: y'.repeat(100)}`), 431, 'header-too-large'],
  ['a field without a colon', get('GET / HTTP/1.1', 'Host: x\r\nnonsense'), 400, 'bad-request'],
  ['a field without a name', get('GET / HTTP/1.1', 'Host: x\r\n: y'), 400, 'bad-request'],
  ['a space before the colon', post(`${own}\r\nTransfer-Encoding : chunked`), 400, 'bad-request'],
  ['a NUL in a field', get('GET / HTTP/1.1', 'Host: x\r\nX: a\0b'), 400, 'bad-request'],
  ['lines that end in LF alone', () => 'GET / HTTP/1.1\nHost: x\n\n', 400, 'bad-request'],
  ['a line that ends in CR alone', get('GET / HTTP/1.1', 'Host: x\rX: y'), 400, 'bad-request'],
  ['an expectation', post(`${own}\r\nExpect: a-miracle`), 417, 'expectation'],
];

const kLengths = [
  ['two lengths', post(`${own}\r\n${length(5)}`), 400, 'bad-request'],
  ['one length twice', post(`${own}\r\n${own}`), 400, 'bad-length'],
  ['a list of lengths', post(`${own}, ${kListed.length}`), 400, 'bad-length'],
  ['a length below zero', post(length(-1)), 400, 'bad-request'],
  ['a length with a sign', post(length(`+${kListed.length}`)), 400, 'bad-request'],
  ['a length in hexadecimal', post(length('0x43')), 400, 'bad-request'],
  ['a length beyond 64 bits', post(length('9'.repeat(30))), 400, 'bad-request'],
  ['a length of 63 bits', post(length('9223372036854775807')), 413, 'body-too-large'],
  ['a length and chunks', post(`${own}\r\n${kChunked}`, `0\r\n\r\n`), 400, 'bad-request'],
  ['chunks and a length', post(`${kChunked}\r\n${length(4)}`, chunk(kListed) + chunk('')), 400, 'bad-request'],
  ['chunks twice', post(`${kChunked}\r\n${kChunked}`, chunk(kListed) + chunk('')), 400, 'bad-request'],
  ['chunks of chunks', post('Transfer-Encoding: chunked, chunked', chunk(kListed) + chunk('')), 501, 'transfer-coding'],
  ['packed chunks', post('Transfer-Encoding: gzip, chunked', chunk(kListed) + chunk('')), 501, 'transfer-coding'],
  ['chunks with a vertical tab', post('Transfer-Encoding: \x0bchunked', chunk(kListed) + chunk('')), 400, 'bad-request'],
  ['chunks in HTTP/1.0', (as) => post(kChunked, chunk(kListed) + chunk(''))(as).replace('HTTP/1.1', 'HTTP/1.0'), 400, 'bad-length'],
  ['a chunk of no number', post(kChunked, 'zz\r\n'), 400, 'bad-request'],
  ['a chunk of more than 64 bits', post(kChunked, `${'F'.repeat(17)}\r\n`), 400, 'bad-request'],
  ['a chunk that is longer than it says', post(kChunked, '5\r\n{"title"\r\n0\r\n\r\n'), 400, 'bad-request'],
  ['a chunk beyond the limit', post(kChunked, `${(65_537).toString(16)}\r\n"${'x'.repeat(65_536)}`), 413, 'body-too-large'],
  ['small chunks beyond the limit', post(kChunked, chunk('x'.repeat(1000)).repeat(66)), 413, 'body-too-large'],
];

export const kRawRefusals = [kRequestLines, kFields, kLengths].flat();

// Requests that end before they are whole: nobody is there to be answered.
export const kCutOff = [
  ['nothing at all', () => ''],
  ['half a request line', () => 'POST /api/v1/sh'],
  ['half a header', (as) => post(own)(as).slice(0, 80)],
  ['half a body', (as) => post(own)(as).slice(0, -10)],
  ['all but the last byte of a body', (as) => post(own)(as).slice(0, -1)],
  ['half a chunk', post(kChunked, chunk(kListed).slice(0, 30))],
  ['chunks without the last', post(kChunked, chunk(kListed))],
];

export const goodPost = post(own);
