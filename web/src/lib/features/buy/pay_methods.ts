/** Which of a shop's methods fit how the buyer gets the goods. */
import type { Fulfilment, OfferedMethod } from '$lib/api/types';

export function methodsFor(offered: OfferedMethod[], fulfilment: Fulfilment): OfferedMethod[] {
  const other = fulfilment === 'pickup' ? 'on_delivery' : 'at_pickup';
  return offered.filter(({ method }) => method !== other);
}
