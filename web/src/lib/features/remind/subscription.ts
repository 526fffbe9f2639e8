/** This browser's place at its push service, made with the server's key. */
import { api } from '$lib/api/client';
import type { Locale } from '$lib/i18n/locale';
import type { PushSubscriptionBody } from '$lib/api/types';
import { supportOf, type Support } from './push_support';

const kWorkerMax_ms = 15_000;

export function supportHere(): Support {
  return supportOf({
    hasWorker: 'serviceWorker' in navigator,
    hasPush: 'PushManager' in window,
    permission: 'Notification' in window ? Notification.permission : undefined,
    userAgent: navigator.userAgent,
    touchPoints: navigator.maxTouchPoints,
    isInstalled: matchMedia('(display-mode: standalone)').matches,
  });
}

/** As the API takes it. */
export function bodyOf(subscription: PushSubscription, language: Locale): PushSubscriptionBody {
  const { endpoint, keys } = subscription.toJSON();
  return { endpoint: endpoint ?? '', keys: { p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' }, language };
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  return bytes;
}

function isMadeWith(subscription: PushSubscription, key: Uint8Array): boolean {
  const own = subscription.options.applicationServerKey;
  return own !== null && new Uint8Array(own).join() === key.join();
}

/** Rejects where no worker comes to life: a private window, or a site that is not secure. */
async function worker(): Promise<ServiceWorkerRegistration> {
  const tooLate = new Promise<never>((_, reject) => setTimeout(() => reject(new Error('no worker')), kWorkerMax_ms));
  return Promise.race([navigator.serviceWorker.ready, tooLate]);
}

/** The browser's subscription with the server's key; one that was made with another is given up. */
export async function subscribeHere(): Promise<PushSubscription> {
  const [{ pushManager }, { data }] = await Promise.all([worker(), api.get('/push-key')]);
  const key = bytesOf(data.key);
  const known = await pushManager.getSubscription();
  if (known && isMadeWith(known, key)) return known;
  await known?.unsubscribe();
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

export async function unsubscribeHere(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  const known = await registration?.pushManager?.getSubscription();
  await known?.unsubscribe();
}
