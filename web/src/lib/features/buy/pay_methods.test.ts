import { expect, test } from 'vitest';
import type { OfferedMethod } from '$lib/api/types';
import { methodsFor } from './pay_methods';

const offered = (['card', 'on_delivery', 'at_pickup'] as const).map((method): OfferedMethod => (
  { method, is_prepaid: method === 'card', is_practice: false }));

test('cash at the stall is for who comes to the stall', () => {
  expect(methodsFor(offered, 'pickup').map((one) => one.method)).toEqual(['card', 'at_pickup']);
  expect(methodsFor(offered, 'delivery').map((one) => one.method)).toEqual(['card', 'on_delivery']);
});
