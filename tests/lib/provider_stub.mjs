// The parts of Stripe and Mercado Pago that the product speaks, on loopback: what a buyer does there is a call of
// a method, and what they tell is signed as they sign it.
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

export const kStripeKeys = { publishable_key: 'pk_test_1', secret_key: 'sk_test_1', webhook_secret: 'whsec_0123456789abcdef' };
export const kMercadoPagoKeys = { secret_key: 'TEST-1234567890', webhook_secret: '0123456789abcdef0123' };

const sign = (secret, text) => createHmac('sha256', secret).update(text).digest('hex');
const now_s = () => Math.floor(Date.now() / 1000);

export class ProviderStub {
  #server = createServer((request, response) => this.#take(request, response));
  #done = new Map(); // by idempotency key: [what was asked, the answer]
  intents = new Map();
  preferences = new Map();
  payments = new Map(); // of Mercado Pago, by number
  calls = []; // "POST /v1/refunds"
  failures = 0; // so many calls are answered 500 from now on
  hold = undefined; // a promise that answers wait for
  #count = 0;

  /** What Stripe keeps of an amount in minor units. */
  static fee_minor(amount_minor) { return Math.round(amount_minor / 25); }

  static async start() {
    const stub = new ProviderStub();
    stub.#server.listen(0, '127.0.0.1');
    await once(stub.#server, 'listening');
    return stub;
  }

  get url() { return `http://127.0.0.1:${this.#server.address().port}`; }
  get args() { return ['--payments-stripe-url', this.url, '--payments-mercado-pago-url', this.url]; }
  stop() {
    this.#server.closeAllConnections();
    this.#server.close();
  }
  callsOf(text) { return this.calls.filter((call) => call.startsWith(text)).length; }
  // The intent that was made for this payment of ours; the newest when there is one alone.
  get newest() { return [...this.intents.values()].at(-1); }
  get newestPreference() { return [...this.preferences.values()].at(-1); }

  // What a buyer does.
  pay(intent) { Object.assign(intent, { status: 'succeeded', amount_received: intent.amount }); }
  decline(intent) { Object.assign(intent, { status: 'requires_payment_method', last_payment_error: { code: 'card_declined', decline_code: 'insufficient_funds' } }); }
  payPreference(preference) {
    const number = String(9_000 + ++this.#count);
    const [item] = preference.items;
    this.payments.set(number, { id: Number(number), status: 'approved', status_detail: 'accredited', currency_id: item.currency_id,
      transaction_amount: item.unit_price, transaction_amount_refunded: 0, external_reference: preference.external_reference });
    return number;
  }

  // What is told: {body, headers, query} of a webhook.
  stripeEvent(type, object, { id, secret = kStripeKeys.webhook_secret, at_s = now_s() } = {}) {
    const body = JSON.stringify({ id: id ?? `evt_${++this.#count}`, object: 'event', livemode: false, type, data: { object } });
    return { body, headers: { 'stripe-signature': `t=${at_s},v1=${sign(secret, `${at_s}.${body}`)}` }, query: '' };
  }
  mercadoPagoEvent(number, { secret = kMercadoPagoKeys.webhook_secret } = {}) {
    const ts = now_s();
    return {
      body: JSON.stringify({ id: 5_000 + ++this.#count, type: 'payment', action: 'payment.updated', data: { id: number } }),
      headers: { 'x-request-id': 'r-1', 'x-signature': `ts=${ts},v1=${sign(secret, `id:${number};request-id:r-1;ts:${ts};`)}` },
      query: `?data.id=${number}&type=payment`,
    };
  }

  async #take(request, response) {
    const parts = [];
    for await (const part of request) parts.push(part);
    const url = new URL(request.url, this.url);
    this.calls.push(`${request.method} ${url.pathname}`);
    await this.hold;
    const [status, answer] = this.#once(request, url, Buffer.concat(parts).toString());
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer));
  }

  // A key is done once; the same key with other words is refused.
  #once(request, url, body) {
    if (this.failures > 0) {
      this.failures -= 1;
      return [500, { error: { type: 'api_error' } }];
    }
    const bearer = request.headers.authorization ?? '';
    if (bearer !== `Bearer ${kStripeKeys.secret_key}` && bearer !== `Bearer ${kMercadoPagoKeys.secret_key}`) {
      return [401, { error: { type: 'invalid_request_error', code: 'api_key_invalid' } }];
    }
    const key = request.headers['idempotency-key'] ?? request.headers['x-idempotency-key'];
    if (!key) return this.#answer(request.method, url, body);
    const asked = url.pathname + body;
    const before = this.#done.get(key);
    if (before) return before[0] === asked ? before[1] : [400, { error: { type: 'idempotency_error' } }];
    const answer = this.#answer(request.method, url, body);
    this.#done.set(key, [asked, answer]);
    return answer;
  }

  #answer(method, url, body) {
    const path = url.pathname;
    const form = new URLSearchParams(body);
    const gone = [404, { error: { code: 'resource_missing' } }];
    if (path === '/v1/balance') return [200, { object: 'balance' }];
    if (path === '/v1/payment_intents') return this.#makeIntent(form);
    if (path === '/v1/customers') return [200, { id: `cus_${++this.#count}`, object: 'customer' }];
    if (path === '/v1/refunds') return this.#refund(form);
    const intent = /^\/v1\/payment_intents\/(\w+)(\/cancel)?$/.exec(path);
    if (intent) {
      const found = this.intents.get(intent[1]);
      if (!found) return gone;
      if (!intent[2]) return [200, found.status === 'succeeded' ? { ...found, latest_charge: this.#chargeOf(found) } : found];
      if (found.status === 'succeeded' || found.status === 'processing') return [400, { error: { code: 'payment_intent_unexpected_state' } }];
      return [200, Object.assign(found, { status: 'canceled' })];
    }
    return this.#answerMercadoPago(method, url, body) ?? gone;
  }

  #makeIntent(form) {
    const id = `pi_${++this.#count}`;
    const intent = { id, object: 'payment_intent', amount: Number(form.get('amount')), amount_received: 0, currency: form.get('currency'),
      client_secret: `${id}_secret_1`, livemode: false, metadata: { payment: form.get('metadata[payment]') },
      payment_method_types: [form.get('payment_method_types[]')], status: 'requires_payment_method', last_payment_error: null, latest_charge: null };
    if (form.get('payment_method_data[type]') === 'customer_balance') {
      Object.assign(intent, { status: 'requires_action', next_action: { type: 'display_bank_transfer_instructions',
        display_bank_transfer_instructions: { reference: '12345678', financial_addresses: [{ type: 'spei', spei: { clabe: '032180000118359719', bank_name: 'STP' } }] } } });
    }
    this.intents.set(id, intent);
    return [200, intent];
  }

  // With its balance transaction, as the product asks for it; events have its name alone.
  #chargeOf(intent) {
    return { object: 'charge', amount: intent.amount, amount_refunded: 0, currency: intent.currency, payment_intent: intent.id,
      metadata: intent.metadata, ...intent.latest_charge,
      balance_transaction: { object: 'balance_transaction', fee: ProviderStub.fee_minor(intent.amount), currency: intent.currency } };
  }

  #refund(form) {
    const intent = this.intents.get(form.get('payment_intent'));
    const amount = Number(form.get('amount'));
    const charge = intent.latest_charge ?? { ...this.#chargeOf(intent), balance_transaction: `txn_${intent.id}` };
    charge.amount_refunded += amount;
    intent.latest_charge = charge;
    return [200, { id: `re_${++this.#count}`, object: 'refund', status: 'succeeded', amount, metadata: { refund: form.get('metadata[refund]') } }];
  }

  #answerMercadoPago(method, url, body) {
    const path = url.pathname;
    if (path === '/checkout/preferences') {
      const preference = { ...JSON.parse(body), id: `1-pref-${++this.#count}` };
      preference.init_point = `https://pay.example/${preference.id}`;
      this.preferences.set(preference.id, preference);
      return [201, preference];
    }
    const preference = /^\/checkout\/preferences\/([\w-]+)$/.exec(path);
    if (preference) return [200, this.preferences.get(preference[1])];
    if (path === '/v1/payments/search') {
      const wanted = url.searchParams.get('external_reference');
      return [200, { results: [...this.payments.values()].filter((one) => one.external_reference === wanted) }];
    }
    const refund = /^\/v1\/payments\/(\d+)\/refunds$/.exec(path);
    if (refund) {
      const payment = this.payments.get(refund[1]);
      payment.transaction_amount_refunded += JSON.parse(body).amount;
      return [201, { id: 7_000 + ++this.#count, status: 'approved' }];
    }
    const payment = /^\/v1\/payments\/(\d+)$/.exec(path);
    return payment && method === 'GET' && this.payments.has(payment[1]) ? [200, this.payments.get(payment[1])] : undefined;
  }
}
