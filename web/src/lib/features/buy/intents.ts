/** The purchases that were begun on this device and not answered yet. */
import { api } from '$lib/api/client';
import type { BuyerOrder, NewOrder } from '$lib/api/types';
import { ensureDevice, forgetDevice } from '$lib/state/device.svelte';
import { readStoredJson, writeStoredJson } from '$lib/state/storage';
import { isIntentFresh, placeOrder, type Intent, type OrderDeps, type OrderProgress } from './place_order';

const kIntentsMax = 20;

function isIntents(value: unknown): value is Intent<never>[] {
  return Array.isArray(value) && value.every((one: unknown) => {
    const { key, at_ms, order } = (one ?? {}) as Partial<Intent>;
    return typeof key === 'string' && typeof at_ms === 'number' && typeof order === 'object';
  });
}

async function renewDevice(): Promise<void> {
  forgetDevice();
  await ensureDevice();
}

/** The intents of one kind: kept under a name of their own, each sent until it is answered. */
export class Intents<Body, Placed> {
  readonly #name: string;
  readonly #send: OrderDeps<Body, Placed>['send'];

  constructor(name: string, send: OrderDeps<Body, Placed>['send']) {
    this.#name = name;
    this.#send = send;
  }

  kept(): Intent<Body>[] {
    const all: Intent<Body>[] = readStoredJson(this.#name, isIntents) ?? [];
    return all.filter((intent) => isIntentFresh(intent, Date.now()));
  }

  /** Places or finishes one purchase with what the browser has. */
  finish(intent: Intent<Body>, onProgress?: (progress: OrderProgress) => void): Promise<Placed> {
    return placeOrder(intent, {
      send: async (order, key) => {
        await ensureDevice();
        return this.#send(order, key);
      },
      renewDevice,
      wait: (duration_ms) => new Promise((resolve) => setTimeout(resolve, duration_ms)),
      keep: (one) => writeStoredJson(this.#name, [...this.#others(one.key), one].slice(-kIntentsMax)),
      forget: (key) => writeStoredJson(this.#name, this.#others(key)),
      random: Math.random,
      onProgress,
    });
  }

  #others(key: string): Intent<Body>[] {
    return this.kept().filter((intent) => intent.key !== key);
  }
}

export const orderIntents = new Intents<NewOrder, BuyerOrder>('intents', async (body, key) => (
  (await api.post('/orders', { body, headers: { 'Idempotency-Key': key } })).data));

export const keptIntents = () => orderIntents.kept();

export function finishIntent(intent: Intent, onProgress?: (progress: OrderProgress) => void): Promise<BuyerOrder> {
  return orderIntents.finish(intent, onProgress);
}
