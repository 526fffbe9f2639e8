/** Holding and waiting as the server offers them; the device is made on the first tap. */
import { ApiError } from '$lib/api/api_error';
import { api } from '$lib/api/client';
import type { BuyersHolds, HoldAnswer, Wait } from '$lib/api/types';
import { ensureDevice, forgetDevice } from '$lib/state/device.svelte';

export interface Wish {
  product_id: string;
  show_id?: string;
  quantity: number;
}

/** Once more with a fresh device, when the server does not know the one there was. */
async function withDevice<T>(call: () => Promise<T>): Promise<T> {
  await ensureDevice();
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    forgetDevice();
    await ensureDevice();
    return call();
  }
}

export function holdProduct(wish: Wish): Promise<HoldAnswer> {
  return withDevice(async () => (await api.post('/device/holds', { body: wish })).data);
}

/** What was bought or given back already is as good as given back. */
export async function cancelHold(claimId: string): Promise<void> {
  try {
    await api.delete('/device/holds/{claim_id}', { path: { claim_id: claimId } });
  } catch (error) {
    if (!(error instanceof ApiError) || error.kind !== 'refused') throw error;
  }
}

export function joinLine(wish: Wish): Promise<Wait> {
  return withDevice(async () => (await api.post('/device/waits', { body: wish })).data);
}

export async function leaveLine(waitId: string): Promise<void> {
  await api.delete('/device/waits/{wait_id}', { path: { wait_id: waitId } });
}

export async function listHolds(showId: string, signal?: AbortSignal): Promise<BuyersHolds> {
  return (await api.get('/device/holds', { query: { show_id: showId }, signal })).data;
}

/** Of every show, and outside of shows. */
export async function listAllHolds(): Promise<BuyersHolds> {
  return (await api.get('/device/holds')).data;
}
