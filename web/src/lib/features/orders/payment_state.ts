/** What an order's payment allows. The server decides; this only spares people buttons that are refused. */
import type { BuyerPayment, Money, PaymentMethod, SellerOrder } from '$lib/api/types';

export function isPrepaid(method: PaymentMethod): boolean {
  return method !== 'on_delivery' && method !== 'at_pickup';
}

/** Whether the money goes back by the seller's own hand. */
export function isByHand(method: PaymentMethod): boolean {
  return method === 'transfer' || !isPrepaid(method);
}

export function mayBePacked({ method, state }: BuyerPayment): boolean {
  return !isPrepaid(method) || state === 'paid';
}

/** Whether the seller may say that the money has come; a transfer may come after its time, too. */
export function mayBeConfirmed({ status, payment }: SellerOrder): boolean {
  if (payment.amount.minor === 0) return false;
  if (payment.method === 'transfer') return payment.state === 'pending' || ((payment.state === 'expired' || payment.state === 'cancelled') && !payment.was_late);
  return payment.state === 'due' && status !== 'cancelled';
}

/** What has come back of the money, without what is on its way. */
export function cameBack({ refunded, returning }: BuyerPayment): Money {
  return { minor: refunded.minor - returning.minor, currency: refunded.currency };
}

export function refundable_minor({ state, amount, refunded }: BuyerPayment): number {
  return state === 'paid' ? amount.minor - refunded.minor : 0;
}
