/** Keeping a list of deliveries fresh while somebody looks at it. */
import type { Page, WebhookDelivery } from '$lib/api/types';

const kSoon_ms = 5_000;

/**
 * The list after a fresh look at its top, which may be longer or shorter than the list. None when the two do not
 * meet: the list is to be read anew then.
 */
export function withNews(items: readonly WebhookDelivery[], fresh: Page<WebhookDelivery>): WebhookDelivery[] | undefined {
  if (fresh.next_cursor === undefined) return fresh.items;
  const last = fresh.items.at(-1);
  const index = items.findIndex(({ id }) => id === last?.id);
  return index < 0 ? undefined : [...fresh.items, ...items.slice(index + 1)];
}

/** Whether something is under way, or will be within seconds. */
export function isAnyDue(items: readonly WebhookDelivery[], now_ms: number): boolean {
  return items.some(({ state, due_at }) => state === 'waiting' && (due_at === undefined || Date.parse(due_at) < now_ms + kSoon_ms));
}
