/** The purchases that were begun on this device and not answered yet. */
import { api } from '$lib/api/client';
import type { BuyerOrder } from '$lib/api/types';
import { ensureDevice, forgetDevice } from '$lib/state/device.svelte';
import { readStoredJson, writeStoredJson } from '$lib/state/storage';
import { isIntentFresh, placeOrder, type Intent, type OrderDeps, type OrderProgress } from './place_order';

const kKey = 'intents';
const kIntentsMax = 20;

function isIntents(value: unknown): value is Intent[] {
  return Array.isArray(value) && value.every((one: unknown) => {
    const { key, at_ms, order } = (one ?? {}) as Partial<Intent>;
    return typeof key === 'string' && typeof at_ms === 'number' && typeof order === 'object';
  });
}

export function keptIntents(): Intent[] {
  return (readStoredJson(kKey, isIntents) ?? []).filter((intent) => isIntentFresh(intent, Date.now()));
}

function keep(intent: Intent): void {
  const others = keptIntents().filter(({ key }) => key !== intent.key);
  writeStoredJson(kKey, [...others, intent].slice(-kIntentsMax));
}

function forget(key: string): void {
  writeStoredJson(kKey, keptIntents().filter((intent) => intent.key !== key));
}

async function renewDevice(): Promise<void> {
  forgetDevice();
  await ensureDevice();
}

/** Places or finishes one purchase with what the browser has. */
export function finishIntent(intent: Intent, onProgress?: (progress: OrderProgress) => void): Promise<BuyerOrder> {
  const deps: OrderDeps = {
    send: async (order, key) => {
      await ensureDevice();
      const { data } = await api.post('/orders', { body: order, headers: { 'Idempotency-Key': key } });
      return data;
    },
    renewDevice,
    wait: (duration_ms) => new Promise((resolve) => setTimeout(resolve, duration_ms)),
    keep,
    forget,
    random: Math.random,
    onProgress,
  };
  return placeOrder(intent, deps);
}
