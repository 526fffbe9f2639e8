// Calls the API as a browser does: cookies, Origin, and the CSRF token once it is known.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

export class Client {
  #cookies = new Map();
  csrfToken = '';

  constructor(url) {
    this.url = url;
  }

  async call(method, path, body, headers = {}) {
    const isBytes = body instanceof Uint8Array;
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        Origin: this.url,
        Cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(this.csrfToken && { 'X-CSRF-Token': this.csrfToken }),
        ...(body !== undefined && { 'Content-Type': isBytes ? 'image/jpeg' : 'application/json' }),
        ...headers,
      },
      body: body === undefined || isBytes ? body : JSON.stringify(body),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      this.#cookies.set(name, value);
    }
    const text = await response.text();
    const data = text ? JSON.parse(text) : undefined;
    if (data?.csrf_token) this.csrfToken = data.csrf_token;
    return { status: response.status, data };
  }

  /** Like call(), where only success will do. */
  async want(method, path, body, headers) {
    const answer = await this.call(method, path, body, headers);
    assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.data)}`);
    return answer.data;
  }

  /** The cookies as Playwright's contexts take them. */
  browserCookies() {
    return [...this.#cookies].map(([name, value]) => ({ name, value, url: this.url, httpOnly: true, sameSite: 'Lax' }));
  }
}

/** A buyer at another machine: takes one of the product, to be picked up. */
export async function buyOverApi(url, { shop, show, product, name }) {
  const buyer = new Client(url);
  await buyer.want('POST', '/device', { name });
  return buyer.call('POST', '/orders', {
    shop_id: shop.id, show_id: show.id, lines: [{ product_id: product.id, quantity: 1 }], fulfilment: 'pickup',
    buyer: { name, phone: '+86 138 0000 0000' }, expected_total: product.price,
  }, { 'Idempotency-Key': randomUUID() });
}
