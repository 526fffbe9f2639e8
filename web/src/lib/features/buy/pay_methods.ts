/** Which of a shop's methods fit how the buyer gets the goods, and a deal that waits for no voucher. */
import type { Fulfilment, OfferedMethod, PaymentMethod } from '$lib/api/types';

/** Paid days later by somebody who may also not. */
const kVouchers: PaymentMethod[] = ['oxxo', 'spei'];

export function methodsFor(offered: OfferedMethod[], fulfilment: Fulfilment, refusesVouchers = false): OfferedMethod[] {
  const other = fulfilment === 'pickup' ? 'on_delivery' : 'at_pickup';
  return offered.filter(({ method }) => method !== other && !(refusesVouchers && kVouchers.includes(method)));
}
