// Stripe's sandbox as buyers meet it: cards do what their last four digits say, in the field of the page and
// without a page alike, and the shop hears of it by signed events.
import { Client } from '../../lib/client.mjs';
import { kStripeKeys, ProviderStub } from '../../lib/provider_stub.mjs';
import { kStripeStub } from './stripe_stub.mjs';

export const kCard = {
  pays: '4242 4242 4242 4242',
  isDeclined: '4000 0000 0000 0002',
  /** The bank takes its time: the money comes with clear(). */
  isSlow: '4000 0000 0000 0077',
};
const kDeclined = 'Your card was declined.';
const kApi = 'https://api.stripe.com/v1/payment_intents/';

// The stub's own field, and a confirmation that Stripe is asked for.
const kScript = `${kStripeStub}
const make = window.Stripe;
window.Stripe = (...how) => {
  const stripe = make(...how);
  let secret;
  return {
    ...stripe,
    elements(options) {
      secret = options.clientSecret;
      return stripe.elements(options);
    },
    async confirmPayment(asked) {
      await stripe.confirmPayment(asked);
      const body = document.querySelector('main label input').value;
      return (await fetch('${kApi}' + secret + '/confirm', { method: 'POST', body })).json();
    },
  };
};`;

export class StripeSandbox {
  #stub;
  #tell;

  static async start() {
    const sandbox = new StripeSandbox();
    sandbox.#stub = await ProviderStub.start();
    return sandbox;
  }

  get args() { return this.#stub.args; }
  stop() { this.#stub.stop(); }

  /** The shop takes cards by it alone. */
  async openFor(seller, shop) {
    await seller.expect(200, 'PUT', `/shops/${shop.id}/payment-settings`, { stripe: { methods: ['card'], ...kStripeKeys } });
    const stripe = new Client(seller.url);
    this.#tell = ({ body, headers }) =>
      stripe.expect(200, 'POST', `/webhooks/stripe/${shop.id}`, undefined, { body, headers, type: 'application/json' });
  }

  /** Pages of this context find Stripe's script and its answers. */
  async serve(context) {
    await context.route('https://js.stripe.com/v3/', (route) => route.fulfill({ contentType: 'text/javascript', body: kScript }));
    await context.route(`${kApi}**`, async (route) => {
      const secret = new URL(route.request().url()).pathname.split('/').at(-2);
      const answer = await this.confirm(secret, route.request().postData());
      await route.fulfill({ json: answer, headers: { 'access-control-allow-origin': '*' } });
    });
  }

  /** A card is given for the intent with this client secret: as Stripe.js answers. */
  async confirm(secret, number) {
    const intent = this.#intentOf(secret);
    if (number === kCard.isDeclined) {
      this.#stub.decline(intent);
      await this.#tell(this.#stub.stripeEvent('payment_intent.payment_failed', intent));
      return { error: { message: kDeclined } };
    }
    if (number === kCard.isSlow) {
      intent.status = 'processing';
      await this.#tell(this.#stub.stripeEvent('payment_intent.processing', intent));
    } else {
      await this.clear(secret);
    }
    return { paymentIntent: { status: intent.status } };
  }

  /** The money of the intent is here. */
  async clear(secret) {
    const intent = this.#intentOf(secret);
    this.#stub.pay(intent);
    await this.#tell(this.#stub.stripeEvent('payment_intent.succeeded', intent));
  }

  /** What came in and went back for each intent that money came in for, in minor units. */
  get money() {
    return [...this.#stub.intents.values()].filter((one) => one.amount_received > 0).map((one) => ({
      secret: one.client_secret, received_minor: one.amount_received, refunded_minor: one.latest_charge?.amount_refunded ?? 0,
      fee_minor: ProviderStub.fee_minor(one.amount) }));
  }

  #intentOf(secret) {
    const found = [...this.#stub.intents.values()].find((one) => one.client_secret === secret);
    if (!found) throw new Error(`no intent has the secret ${secret}`);
    return found;
  }
}
