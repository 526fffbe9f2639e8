import { webcrypto } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ApiError } from '$lib/api/api_error';
import type { BuyerOrder, NewOrder } from '$lib/api/types';
import { isIntentFresh, newIntent, placeOrder, type Intent, type OrderDeps } from './place_order';

// Node 18 has it, but not as a global.
globalThis.crypto ??= webcrypto as Crypto;

const order: NewOrder = {
  shop_id: '1', lines: [{ product_id: '7', quantity: 1 }], fulfilment: 'pickup',
  buyer: { name: 'Ana', phone: '12345' }, expected_total: { minor: 100, currency: 'MXN' },
};
const placed = { number: 12 } as BuyerOrder;
const network = () => new ApiError('network');
const refused = (status: number, code: string) => new ApiError('refused', { status, code });

/** A server that answers each attempt with the next of `answers`. */
function shop(...answers: (ApiError | BuyerOrder)[]) {
  const keys: string[] = [];
  const bodies: NewOrder[] = [];
  const waits: number[] = [];
  const kept = new Map<string, Intent>();
  let renewals = 0;
  const deps: OrderDeps = {
    send: async (body, key) => {
      keys.push(key);
      bodies.push(body);
      const answer = answers[Math.min(keys.length, answers.length) - 1]!;
      if (answer instanceof ApiError) throw answer;
      return answer;
    },
    renewDevice: async () => void (renewals += 1),
    wait: async (duration_ms) => void waits.push(duration_ms),
    keep: (intent) => void kept.set(intent.key, intent),
    forget: (key) => void kept.delete(key),
    random: () => 0.5,
  };
  return { deps, keys, bodies, waits, kept, renewals: () => renewals };
}

describe('placeOrder', () => {
  it('sends the same order with the same key until it is answered', async () => {
    const { deps, keys, bodies, kept } = shop(network(), refused(503, 'overloaded'), refused(409, 'request-in-flight'), placed);
    const intent = newIntent(order, 0);
    expect(await placeOrder(intent, deps)).toBe(placed);
    expect(keys).toEqual(Array(4).fill(intent.key));
    expect(new Set(bodies)).toEqual(new Set([order]));
    expect(kept.size).toBe(0);
  });

  it('waits longer each time', async () => {
    const { deps, waits } = shop(network(), network(), network(), placed);
    await placeOrder(newIntent(order, 0), deps);
    expect(waits).toEqual([500, 1000, 2000]);
  });

  it('waits as long as the server asks', async () => {
    const { deps, waits } = shop(new ApiError('refused', { status: 429, code: 'rate-limited', retryAfter_ms: 4000 }), placed);
    await placeOrder(newIntent(order, 0), deps);
    expect(waits).toEqual([4000]);
  });

  it.each(['sold-out', 'price-changed', 'product-unavailable'])('does not repeat a refusal: %s', async (code) => {
    const { deps, keys, kept } = shop(refused(409, code), placed);
    await expect(placeOrder(newIntent(order, 0), deps)).rejects.toMatchObject({ code });
    expect(keys).toHaveLength(1);
    expect(kept.size).toBe(0);
  });

  it('keeps the purchase when the network stays away, so that it can be finished later', async () => {
    const { deps, kept } = shop(network());
    const intent = newIntent(order, 0);
    await expect(placeOrder(intent, deps)).rejects.toMatchObject({ kind: 'network' });
    expect(kept.get(intent.key)).toEqual(intent);
  });

  it('keeps the purchase before it is sent', async () => {
    const { deps, kept } = shop(placed);
    let wasKept = false;
    const send = deps.send;
    deps.send = (body, key) => {
      wasKept = kept.has(key);
      return send(body, key);
    };
    await placeOrder(newIntent(order, 0), deps);
    expect(wasKept).toBe(true);
  });

  it('asks once for a new device when the server does not know this one', async () => {
    const { deps, renewals } = shop(refused(401, 'device-unknown'), placed);
    expect(await placeOrder(newIntent(order, 0), deps)).toBe(placed);
    expect(renewals()).toBe(1);
  });
});

describe('newIntent', () => {
  it('makes keys the contract takes, a new one for each purchase', () => {
    const keys = [newIntent(order, 0).key, newIntent(order, 0).key];
    expect(keys[0]).toMatch(/^[A-Za-z0-9_-]{8,64}$/);
    expect(keys[0]).not.toBe(keys[1]);
  });
});

describe('isIntentFresh', () => {
  it('gives a purchase up before the server may have forgotten its key', () => {
    const intent = newIntent(order, 1_000);
    expect(isIntentFresh(intent, 1_000 + 22 * 3_600_000)).toBe(true);
    expect(isIntentFresh(intent, 1_000 + 24 * 3_600_000)).toBe(false);
  });
});
