/** What this device is reminded of, shared by every button of a page. */
import { ApiError } from '$lib/api/api_error';
import { api } from '$lib/api/client';
import type { Reminders } from '$lib/api/types';
import { locale } from '$lib/i18n/i18n.svelte';
import { ensureDevice, isDeviceKnown } from '$lib/state/device.svelte';
import { bodyOf, subscribeHere, unsubscribeHere } from './subscription';

const kNothing: Reminders = { is_on: false, show_ids: [], shop_ids: [] };

export interface Subject {
  kind: 'show' | 'shop';
  id: string;
}

let current: Reminders | undefined = $state.raw();

export const reminders = {
  /** None: not known yet. */
  get current(): Reminders | undefined {
    return current;
  },
};

/** A browser without a device is reminded of nothing, and nothing is asked. */
export async function loadReminders(): Promise<void> {
  try {
    current = isDeviceKnown() ? (await api.get('/device/push-subscription')).data : kNothing;
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    current = kNothing;
  }
}

export function isReminded({ kind, id }: Subject): boolean {
  if (!current?.is_on) return false;
  return (kind === 'show' ? current.show_ids : current.shop_ids).includes(id);
}

/** The viewer has allowed it. */
export async function remind({ kind, id }: Subject): Promise<void> {
  const [subscription] = await Promise.all([subscribeHere(), ensureDevice()]);
  current = (await api.put('/device/push-subscription', { body: bodyOf(subscription, locale()) })).data;
  current = kind === 'show'
    ? (await api.put('/shows/{show_id}/reminder', { path: { show_id: id } })).data
    : (await api.put('/shops/{shop_id}/reminder', { path: { shop_id: id } })).data;
}

export async function forget({ kind, id }: Subject): Promise<void> {
  current = kind === 'show'
    ? (await api.delete('/shows/{show_id}/reminder', { path: { show_id: id } })).data
    : (await api.delete('/shops/{shop_id}/reminder', { path: { shop_id: id } })).data;
}

/** The server forgets first: it is what must not be left half done. */
export async function turnAllOff(): Promise<void> {
  current = (await api.delete('/device/push-subscription')).data;
  await unsubscribeHere();
}
