// An HTTP client with cookies and a CSRF token, which holds every exchange to api/openapi.yaml: an answer must
// be one the document names, and what the server takes (2xx) must be what the document allows.
import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { findOperation, requestFaults, responseFaults } from './contract.mjs';

// Operations that were answered with success, by operationId.
export const kSucceeded = new Set();

const kAnswerMax_ms = 30_000;

function send(url, { method, headers, body }) {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method, headers, timeout: kAnswerMax_ms });
    request.on('timeout', () => request.destroy(new Error('no answer in time')));
    request.on('error', reject);
    request.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode, headers: response.headers, body: Buffer.alloc(0) });
    });
    request.on('response', (response) => {
      // A body that is refused while it is still sent ends in a reset, after the answer.
      request.removeAllListeners('error').on('error', () => {});
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => resolve({
        status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }));
    });
    request.end(body);
  });
}

function parsed(response) {
  const type = response.headers['content-type'] ?? '';
  return /json/.test(type) && response.body.length > 0 ? JSON.parse(response.body) : undefined;
}

export class Client {
  // By a server's own address, the one it is known by where that is another.
  static origins = new Map();

  cookies = new Map();
  csrf = undefined;

  constructor(url) { this.url = url; }

  // `path` is below /api/v1, or a whole URL (see at). options: json (a value), body (bytes or text) with type,
  // headers, csrf: false, origin. The answer is {status, headers, body, json}.
  async request(method, path, options = {}) {
    const url = path instanceof URL ? path : new URL(`/api/v1${path}`, this.url);
    const { headers, body } = this.#message(method, options);
    const response = await send(url, { method, headers, body });
    response.json = parsed(response);
    this.#keepCookies(response);
    this.#hold(method, url, headers, body, response);
    return response;
  }

  get(path, options) { return this.request('GET', path, options); }
  post(path, json, options) { return this.request('POST', path, { json, ...options }); }
  put(path, json, options) { return this.request('PUT', path, { json, ...options }); }
  patch(path, json, etag, options) {
    return this.request('PATCH', path, { json, headers: etag ? { 'if-match': etag } : {}, ...options });
  }
  delete(path, options) { return this.request('DELETE', path, options); }

  // The same person or device at another server of the same database.
  elsewhere(url) { return Object.assign(new Client(url), { cookies: this.cookies, csrf: this.csrf }); }

  // An address as the server gives it: of a picture, of the next page.
  at(address) { return new URL(address, this.url); }

  // The body of an answer that must have this status.
  async expect(status, method, path, json, options) {
    const response = await this.request(method, path, { json, ...options });
    assert.equal(response.status, status, `${method} ${path}: ${response.body.toString().slice(0, 600)}`);
    return response.json;
  }

  #message(method, { json, body, type, headers = {}, csrf = true, origin }) {
    const all = { ...headers };
    let bytes = body ?? '';
    if (json !== undefined) [bytes, all['content-type']] = [JSON.stringify(json), type ?? 'application/json'];
    else if (type) all['content-type'] = type;
    bytes = Buffer.from(bytes);
    if (method !== 'GET') {
      if (!all['transfer-encoding']) all['content-length'] ??= bytes.length;
      if (csrf && this.csrf) all['x-csrf-token'] ??= this.csrf;
      all.origin ??= origin ?? Client.origins.get(this.url) ?? this.url;
    } else if (origin) {
      all.origin = origin;
    }
    if (this.cookies.size > 0) all.cookie ??= [...this.cookies].map(([n, v]) => `${n}=${v}`).join('; ');
    return { headers: all, body: bytes };
  }

  #keepCookies(response) {
    for (const line of response.headers['set-cookie'] ?? []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      assert.match(line, /; *HttpOnly/i, `${name} can be read by scripts`);
      assert.match(line, /; *SameSite=(Lax|Strict)/i, `${name} is sent across sites`);
      if (value === '' || /max-age=0/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    if (response.json?.csrf_token) this.csrf = response.json.csrf_token;
  }

  #hold(method, url, headers, body, response) {
    if (!url.pathname.startsWith('/api/')) return;
    const operation = findOperation(method, url.pathname);
    const name = `${method} ${url.pathname} → ${response.status} ${response.body.toString().slice(0, 400)}`;
    assert.deepEqual(responseFaults(operation, response), [], name);
    if (response.status >= 400) return;
    assert.deepEqual(requestFaults(operation, url, headers, body), [], `taken, though not allowed: ${name}`);
    kSucceeded.add(operation.id);
  }
}
