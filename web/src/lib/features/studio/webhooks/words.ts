/** What webhooks are about, in messages: events, states, what went wrong. */
import type { MessageKey } from '$lib/i18n/i18n.svelte';
import type { WebhookDelivery, WebhookEndpoint, WebhookEvent } from '$lib/api/types';

const kNames: Record<WebhookEvent, MessageKey> = {
  'order.placed': 'webhooks.event_order_placed',
  'order.paid': 'webhooks.event_order_paid',
  'order.packed': 'webhooks.event_order_packed',
  'order.handed_over': 'webhooks.event_order_handed_over',
  'order.cancelled': 'webhooks.event_order_cancelled',
  'order.refunded': 'webhooks.event_order_refunded',
  'parcel.shipped': 'webhooks.event_parcel_shipped',
  'parcel.delivered': 'webhooks.event_parcel_delivered',
  'return.asked': 'webhooks.event_return_asked',
  'product.sold_out': 'webhooks.event_product_sold_out',
  'show.started': 'webhooks.event_show_started',
  'show.ended': 'webhooks.event_show_ended',
  'payout.paid': 'webhooks.event_payout_paid',
};

export const kEvents = Object.keys(kNames) as WebhookEvent[];

/** As they are offered; each event is in one of them. */
export const kEventGroups: readonly { title: MessageKey; events: readonly WebhookEvent[] }[] = [
  { title: 'webhooks.group_orders', events: kEvents.filter((event) => event.startsWith('order.')) },
  { title: 'webhooks.group_parcels', events: ['parcel.shipped', 'parcel.delivered', 'return.asked'] },
  { title: 'webhooks.group_goods', events: ['product.sold_out', 'show.started', 'show.ended'] },
  { title: 'webhooks.group_money', events: ['payout.paid'] },
];

const kTest = 'webhook.test';
/** What is due so soon is not hurried. */
const kDue_ms = 1_000;

/** None for an event that a newer server may know. */
export function eventName(event: string): MessageKey | undefined {
  return event === kTest ? 'webhooks.event_test' : kNames[event as WebhookEvent];
}

export type EndpointState = 'working' | 'failing' | 'off';

export function endpointState({ disabled, failing_since }: WebhookEndpoint): EndpointState {
  if (disabled) return 'off';
  return failing_since ? 'failing' : 'working';
}

/** Why nothing is sent, or what is amiss; none while it works. `{time}` is of failing_since. */
export function endpointNote(endpoint: WebhookEndpoint): MessageKey | undefined {
  if (endpoint.disabled) return `webhooks.off_${endpoint.disabled_why ?? 'by_hand'}`;
  return endpoint.failing_since ? 'webhooks.failing_text' : undefined;
}

function answerKey(status: number): MessageKey {
  if (status >= 500) return 'webhooks.answer_broken';
  if (status >= 300 && status < 400) return 'webhooks.answer_elsewhere';
  if (status === 401 || status === 403) return 'webhooks.answer_not_in';
  if (status === 404) return 'webhooks.answer_missing';
  return status === 410 ? 'webhooks.answer_gone' : 'webhooks.answer_refused';
}

/** What went wrong with the last attempt; none for what was taken, or was begun anew and not tried since. */
export function deliveryFault({ state, attempts, last_error, last_status }: WebhookDelivery): MessageKey | undefined {
  if (state === 'delivered' || (state === 'waiting' && attempts === 0)) return undefined;
  if (last_error) return `webhooks.error_${last_error}`;
  return last_status && (last_status < 200 || last_status > 299) ? answerKey(last_status) : undefined;
}

/** What a person can do to have it sent; none while it is due or under way. */
export function sendWord({ state, due_at }: WebhookDelivery, now_ms: number): 'webhooks.send_again' | 'webhooks.send_now' | undefined {
  if (state !== 'waiting') return 'webhooks.send_again';
  return due_at !== undefined && Date.parse(due_at) > now_ms + kDue_ms ? 'webhooks.send_now' : undefined;
}

export function deliveryBadge({ state, attempts }: WebhookDelivery): MessageKey {
  return state === 'waiting' && attempts === 0 ? 'webhooks.delivery_new' : `webhooks.delivery_${state}`;
}

// The server's sentence about an address names its fault and nothing else does (src/webhooks/url.cpp).
const kAddressFaults: readonly [string, MessageKey][] = [
  ['https://example.com/hook', 'webhooks.address_malformed'],
  ['begin with https', 'webhooks.address_not_https'],
  ['user name', 'webhooks.address_user'],
  ['host that is neither', 'webhooks.address_host'],
  ['public internet', 'webhooks.address_private'],
  ['port', 'webhooks.address_port'],
];

export function addressFault(sentence: string): MessageKey {
  return kAddressFaults.find(([words]) => sentence.includes(words))?.[1] ?? 'webhooks.address_malformed';
}
