// A shop's own receiver on loopback, which believes nothing that the library of the Standard Webhooks specification
// does not; and what the access test needs of endpoints.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { kHook } from './access_table.mjs';
import { eventFaults } from './contract.mjs';
import { until } from './until.mjs';

// What the holder of `secret` makes of a message: its JSON. Throws when no signature is right, and when it is not as
// the document describes it.
export function verified(secret, message) {
  const { headers, body } = message;
  assert.match(secret, /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/);
  const timestamp = headers['webhook-timestamp'];
  assert.ok(Math.abs(Number(timestamp) - Date.now() / 1000) < 60, `webhook-timestamp ${timestamp} is not now`);
  const event = new Webhook(secret).verify(body, headers);
  assert.deepEqual(eventFaults(message), [], body);
  return event;
}

export class Receiver {
  #server = createServer((request, response) => this.#take(request, response));
  taken = []; // {headers, body}, oldest first
  answers = []; // [status, headers] of the next ones; then 204

  static async start() {
    const receiver = new Receiver();
    receiver.#server.listen(0, '127.0.0.1');
    await once(receiver.#server, 'listening');
    return receiver;
  }

  get url() { return `http://127.0.0.1:${this.#server.address().port}/hook`; }
  stop() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  // The messages, once there are so many.
  async messages(count) {
    return until(`${count} messages`, () => this.taken.length >= count && this.taken);
  }

  async #take(request, response) {
    const parts = [];
    for await (const part of request) parts.push(part);
    this.taken.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
    const [status, headers = {}] = this.answers.shift() ?? [204];
    response.writeHead(status, headers);
    response.end();
  }
}

// For the access test: nothing is ever taken at kHook, so that deliveries can be given up by disabling.
export function webhookLines({ seller, shop }) {
  const all = `/shops/${shop.id}/webhook-endpoints`;
  const noHooks = async () => {
    for (const { id } of (await seller.expect(200, 'GET', all)).items) await seller.expect(204, 'DELETE', `${all}/${id}`);
  };
  const hookPath = async () => {
    await noHooks();
    return `${all}/${(await seller.expect(201, 'POST', all, kHook)).id}`;
  };
  const waitingPath = async () => {
    const path = await hookPath();
    const { id } = await seller.expect(201, 'POST', `${path}/test`);
    return `${path}/deliveries/${id}`;
  };
  const deadPath = async () => {
    const delivery = await waitingPath();
    const path = delivery.replace(/\/deliveries.*/, '');
    await seller.expect(200, 'PUT', path, { ...kHook, disabled: true });
    await seller.expect(200, 'PUT', path, { ...kHook, disabled: false });
    return delivery;
  };
  return { noHooks, hookPath, waitingPath, deadPath };
}

// Every operation of webhooks, as a seller comes to use them (happy_path.test.mjs).
export async function webhookStory(seller, shop) {
  const all = `/shops/${shop.id}/webhook-endpoints`;
  const made = await seller.expect(201, 'POST', all, kHook);
  const path = `${all}/${made.id}`;
  assert.deepEqual((await seller.expect(200, 'GET', all)).items.map(({ url, secret }) => [url, secret]), [[kHook.url, undefined]]);
  assert.notEqual((await seller.expect(200, 'POST', `${path}/secret`)).secret, made.secret);
  const { id } = await seller.expect(201, 'POST', `${path}/test`);
  assert.equal((await seller.expect(200, 'POST', `${path}/deliveries/${id}/now`)).id, id);
  await seller.expect(200, 'POST', `${path}/now`);
  await seller.expect(200, 'PUT', path, { ...kHook, disabled: true });
  await seller.expect(200, 'PUT', path, { ...kHook, disabled: false });
  assert.deepEqual((await seller.expect(200, 'GET', `${path}/deliveries?state=dead`)).items.map((one) => one.id), [id]);
  await seller.expect(200, 'POST', `${path}/deliveries/${id}/replay`);
  assert.deepEqual(await seller.expect(200, 'POST', `${path}/replay`), { replayed: 0 });
  await seller.expect(204, 'DELETE', path);
}
