/** Reminders that come while no page is open: shown, tapped, and kept coming when the browser changes its subscription. */
import { noteOf } from './reminder_note';
import type { NotificationEvent, PushEvent, SubscriptionChange, WorkerScope } from './worker_scope';

const kSubscription = '/api/v1/device/push-subscription';
const kIcon = '/apple-touch-icon.png';

function read(event: PushEvent): unknown {
  try {
    return event.data?.json();
  } catch {
    return undefined;
  }
}

/** One that says the same takes the place of the other without a sound. */
async function show(worker: WorkerScope, event: PushEvent): Promise<void> {
  const note = noteOf(read(event), new Date());
  if (!note) return;
  const { title, body, tag, lang, path } = note;
  const before = await worker.registration.getNotifications({ tag });
  const options = { body, tag, lang, icon: kIcon, data: { path }, renotify: before.some((one) => one.body !== body) };
  await worker.registration.showNotification(title, options);
}

async function open(worker: WorkerScope, path: string): Promise<void> {
  const windows = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const there = windows.find(({ url }) => new URL(url).pathname === path);
  await (there ? there.focus() : worker.clients.openWindow(path));
}

/** A device that has turned its reminders off stays so. */
async function renew(worker: WorkerScope, change: SubscriptionChange): Promise<void> {
  const known = await fetch(kSubscription, { credentials: 'same-origin' });
  if (!known.ok) return;
  const { is_on, language } = (await known.json()) as { is_on: boolean; language?: string };
  if (!is_on) return;
  const options = change.oldSubscription?.options;
  const next = change.newSubscription ?? (await worker.registration.pushManager.subscribe({
    userVisibleOnly: true, applicationServerKey: options?.applicationServerKey ?? undefined,
  }));
  const { endpoint, keys } = next.toJSON();
  const body = JSON.stringify({ endpoint, keys: { p256dh: keys?.p256dh, auth: keys?.auth }, language });
  await fetch(kSubscription, { method: 'PUT', credentials: 'same-origin', headers: { 'Content-Type': 'application/json' }, body });
}

export function takeReminders(worker: WorkerScope): void {
  worker.addEventListener('push', (event) => event.waitUntil(show(worker, event)));
  worker.addEventListener('notificationclick', (event: NotificationEvent) => {
    const { notification } = event;
    notification.close();
    const { path } = (notification.data ?? {}) as { path?: string };
    event.waitUntil(open(worker, path ?? '/'));
  });
  worker.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(renew(worker, event)));
}
