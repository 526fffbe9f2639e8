/**
 * One purchase, placed exactly once whatever the network does: the key and the order are kept on the device until
 * the server has answered, and sent again, the same, after every failure that may pass.
 */
import { ApiError, toApiError } from '$lib/api/api_error';
import type { BuyerOrder, NewOrder } from '$lib/api/types';

export interface Intent<Body = NewOrder> {
  /** The Idempotency-Key. */
  key: string;
  order: Body;
  /** When the buyer tapped, in milliseconds since the epoch. */
  at_ms: number;
}

export interface OrderProgress {
  /** 1 is the first attempt. */
  attempt: number;
  isWaiting: boolean;
}

export interface OrderDeps<Body = NewOrder, Placed = BuyerOrder> {
  send: (order: Body, key: string) => Promise<Placed>;
  /** A fresh device cookie, after the server did not know the one there was. */
  renewDevice: () => Promise<void>;
  wait: (duration_ms: number) => Promise<void>;
  keep: (intent: Intent<Body>) => void;
  forget: (key: string) => void;
  random: () => number;
  onProgress?: (progress: OrderProgress) => void;
}

const kWaitFirst_ms = 500;
const kWaitMax_ms = 8_000;
const kAttemptsMax = 12;
/** The server keeps a key for at least a day; a little less, so that no clock error makes two orders of one. */
const kIntentAgeMax_ms = 23 * 60 * 60 * 1000;

/** Refusals of an order that comes to something else than the buyer was shown. */
export function isOtherPrice(code: string): boolean {
  return ['price-changed', 'deal-sold-out', 'deal-limit'].includes(code);
}

/** An Idempotency-Key. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function newIntent<Body>(order: Body, now_ms: number): Intent<Body> {
  return { key: newKey(), order, at_ms: now_ms };
}

export function isIntentFresh({ at_ms }: Pick<Intent, 'at_ms'>, now_ms: number): boolean {
  const age_ms = now_ms - at_ms;
  return age_ms >= 0 && age_ms < kIntentAgeMax_ms;
}

/**
 * Resolves with the order, or throws an ApiError: a refusal is final and forgets the intent; one that `isPassing`
 * keeps it, so that the buyer can try the very same purchase again.
 */
export async function placeOrder<Body, Placed>(intent: Intent<Body>, deps: OrderDeps<Body, Placed>): Promise<Placed> {
  deps.keep(intent);
  let hasRenewedDevice = false;
  for (let attempt = 1; ; attempt += 1) {
    deps.onProgress?.({ attempt, isWaiting: false });
    try {
      const order = await deps.send(intent.order, intent.key);
      deps.forget(intent.key);
      return order;
    } catch (error) {
      const failure = toApiError(error);
      if (failure.status === 401 && !hasRenewedDevice) {
        hasRenewedDevice = true;
        await deps.renewDevice();
        continue;
      }
      if (!failure.isPassing) {
        deps.forget(intent.key);
        throw failure;
      }
      if (attempt >= kAttemptsMax) throw failure;
      deps.onProgress?.({ attempt, isWaiting: true });
      await deps.wait(waitBefore_ms(attempt, failure, deps.random()));
    }
  }
}

function waitBefore_ms(attempt: number, failure: ApiError, random: number): number {
  const grown_ms = Math.min(kWaitMax_ms, kWaitFirst_ms * 2 ** (attempt - 1));
  const own_ms = grown_ms * (0.75 + random / 2);
  return Math.max(own_ms, Math.min(failure.retryAfter_ms ?? 0, 30_000));
}
