import { describe, expect, it } from 'vitest';
import type { WebhookDelivery, WebhookEndpoint } from '$lib/api/types';
import { addressFault, deliveryBadge, deliveryFault, endpointNote, endpointState, eventName, kEventGroups, kEvents, sendWord } from './words';

const delivery = (more: Partial<WebhookDelivery>): WebhookDelivery => ({
  id: '1', message: 'm', event: 'order.placed', state: 'waiting', attempts: 1, created_at: '2026-01-01T00:00:00Z', ...more,
});
const endpoint = (more: Partial<WebhookEndpoint>): WebhookEndpoint => ({
  id: '1', url: 'https://example.com/', description: '', events: [], disabled: false, created_at: '2026-01-01T00:00:00Z', ...more,
});

describe('events', () => {
  it('are each in one group', () => {
    const grouped = kEventGroups.flatMap(({ events }) => events);
    expect([...grouped].sort()).toEqual([...kEvents].sort());
    expect(grouped).toHaveLength(13);
  });

  it('have a name, the test too, and one of a newer server none', () => {
    for (const event of [...kEvents, 'webhook.test']) expect(eventName(event)).toMatch(/^webhooks\.event_/);
    expect(eventName('order.forgotten')).toBeUndefined();
  });
});

describe('what went wrong', () => {
  it.each([
    [{ last_status: 500 }, 'webhooks.answer_broken'],
    [{ last_status: 302 }, 'webhooks.answer_elsewhere'],
    [{ last_status: 403 }, 'webhooks.answer_not_in'],
    [{ last_status: 404 }, 'webhooks.answer_missing'],
    [{ last_status: 410, state: 'dead' }, 'webhooks.answer_gone'],
    [{ last_status: 422 }, 'webhooks.answer_refused'],
    [{ last_error: 'timed_out' }, 'webhooks.error_timed_out'],
    [{ last_status: 500, last_error: 'endpoint_disabled', state: 'dead' }, 'webhooks.error_endpoint_disabled'],
  ] as [Partial<WebhookDelivery>, string][])('of %j is told by %s', (more, key) => {
    expect(deliveryFault(delivery(more))).toBe(key);
  });

  it.each([
    { state: 'delivered', last_status: 204 },
    { state: 'waiting', attempts: 0, last_status: 500 },
    { state: 'waiting', attempts: 1 },
  ] as Partial<WebhookDelivery>[])('is nothing in %j', (more) => {
    expect(deliveryFault(delivery(more))).toBeUndefined();
  });

  it('is not yet said of what is on its way', () => {
    expect(deliveryBadge(delivery({ attempts: 0 }))).toBe('webhooks.delivery_new');
    expect(deliveryBadge(delivery({ attempts: 1 }))).toBe('webhooks.delivery_waiting');
  });
});

describe('what a person can do for a delivery', () => {
  const now_ms = Date.parse('2026-01-01T00:00:00Z');
  it.each([
    [{ state: 'dead' }, 'webhooks.send_again'],
    [{ state: 'delivered' }, 'webhooks.send_again'],
    [{ state: 'waiting', due_at: '2026-01-01T00:05:00Z' }, 'webhooks.send_now'],
    [{ state: 'waiting', due_at: '2026-01-01T00:00:00Z' }, undefined],
    [{ state: 'waiting', due_at: '2025-12-31T23:59:00Z' }, undefined],
    [{ state: 'waiting' }, undefined],
  ] as [Partial<WebhookDelivery>, string | undefined][])('with %j is %s', (more, word) => {
    expect(sendWord(delivery(more), now_ms)).toBe(word);
  });
});

describe('an endpoint', () => {
  it.each([
    [{}, 'working', undefined],
    [{ failing_since: '2026-01-01T00:00:00Z' }, 'failing', 'webhooks.failing_text'],
    [{ disabled: true, disabled_why: 'by_hand', failing_since: '2026-01-01T00:00:00Z' }, 'off', 'webhooks.off_by_hand'],
    [{ disabled: true, disabled_why: 'gone' }, 'off', 'webhooks.off_gone'],
    [{ disabled: true, disabled_why: 'failing' }, 'off', 'webhooks.off_failing'],
  ] as [Partial<WebhookEndpoint>, string, string | undefined][])('of %j is %s', (more, state, note) => {
    expect([endpointState(endpoint(more)), endpointNote(endpoint(more))]).toEqual([state, note]);
  });

  it('has an address whose fault is told in the viewer’s language, whatever the server says', () => {
    expect(addressFault('is not on the public internet')).toBe('webhooks.address_private');
    expect(addressFault('must be a text')).toBe('webhooks.address_malformed');
  });
});
