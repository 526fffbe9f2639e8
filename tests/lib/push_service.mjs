// A push service on loopback, and browsers that subscribe with it. It believes nothing that is not signed by RFC 8292,
// and a browser reads what is encrypted for it by RFC 8291: both made here anew, with node's own cryptography.
import assert from 'node:assert/strict';
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { until } from './until.mjs';

const kSalt_bytes = 16;
const kTag_bytes = 16;
const kKeepAlive_ms = 600_000;

// The claims of a token that the holder of `key` (base64url of a point) has signed. Throws for any other.
export function claimsOf(authorization, key) {
  const [, token, told] = /^vapid t=([\w-]+\.[\w-]+\.[\w-]+), k=([\w-]+)$/.exec(authorization) ?? assert.fail(`Authorization: ${authorization}`);
  assert.equal(told, key, 'signed by the key that browsers subscribed with');
  const [header, claims, signature] = token.split('.');
  const point = Buffer.from(key, 'base64url');
  const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') } });
  assert.ok(verify('sha256', Buffer.from(`${header}.${claims}`), { key: publicKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url')), 'the signature is right');
  assert.deepEqual(JSON.parse(Buffer.from(header, 'base64url')), { typ: 'JWT', alg: 'ES256' });
  return JSON.parse(Buffer.from(claims, 'base64url'));
}

/** A browser's own keys, and its place at the push service. */
export class Browser {
  #ecdh = createECDH('prime256v1');
  #auth = randomBytes(16);

  constructor(service, language = 'en') {
    this.#ecdh.generateKeys();
    this.path = `/send/${randomBytes(12).toString('base64url')}`;
    this.subscription = {
      endpoint: service.origin + this.path, language,
      keys: { p256dh: this.#ecdh.getPublicKey().toString('base64url'), auth: this.#auth.toString('base64url') },
    };
  }

  // The text of a body with content coding aes128gcm, of one record.
  decrypted(body) {
    const salt = body.subarray(0, kSalt_bytes);
    const [recordSize, idSize] = [body.readUInt32BE(kSalt_bytes), body.readUInt8(kSalt_bytes + 4)];
    const sender = body.subarray(kSalt_bytes + 5, kSalt_bytes + 5 + idSize);
    const record = body.subarray(kSalt_bytes + 5 + idSize);
    assert.ok(record.length <= recordSize && body.length <= 4096, 'one record that every push service carries');
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), this.#ecdh.getPublicKey(), sender]);
    const secret = Buffer.from(hkdfSync('sha256', this.#ecdh.computeSecret(sender), this.#auth, info, 32));
    const key = Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: aes128gcm\0', 16));
    const nonce = Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: nonce\0', 12));
    const decipher = createDecipheriv('aes-128-gcm', key, nonce);
    decipher.setAuthTag(record.subarray(-kTag_bytes));
    const plain = Buffer.concat([decipher.update(record.subarray(0, -kTag_bytes)), decipher.final()]);
    const end = plain.lastIndexOf(2);
    assert.ok(plain.subarray(end + 1).every((byte) => byte === 0), 'ends as the last record does');
    return plain.subarray(0, end).toString();
  }
}

export class PushService {
  #server = createServer((request, response) => this.#take(request, response));
  taken = []; // {path, headers, body}, oldest first, refused ones too
  connections = 0; // that were ever made
  answers = new Map(); // path → [[status, headers], …] of the next ones; then 201

  static async start() {
    const service = new PushService();
    service.#server.on('connection', () => { service.connections += 1; });
    service.#server.keepAliveTimeout = kKeepAlive_ms;
    service.#server.listen(0, '127.0.0.1');
    await once(service.#server, 'listening');
    return service;
  }

  get origin() { return `http://127.0.0.1:${this.#server.address().port}`; }
  stop() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  // What this browser was sent, each answered with 2xx or not.
  sentTo(browser) { return this.taken.filter(({ path }) => path === browser.path); }
  // Its messages once there are so many: {headers, ...JSON}.
  async read(browser, count = 1) {
    const all = await until(`${count} reminders`, () => this.sentTo(browser).length >= count && this.sentTo(browser));
    return all.map(({ headers, body }) => ({ headers, ...JSON.parse(browser.decrypted(body)) }));
  }

  async #take(request, response) {
    const parts = [];
    for await (const part of request) parts.push(part);
    this.taken.push({ path: request.url, headers: request.headers, body: Buffer.concat(parts) });
    const [status, headers = {}] = this.answers.get(request.url)?.shift() ?? [201];
    response.writeHead(status, headers);
    response.end();
  }
}
