import { describe, expect, it } from 'vitest';
import type { SellerOrder } from '$lib/api/types';
import { cameBack, isByHand, mayBeConfirmed, mayBePacked, refundable_minor } from './payment_state';

const order = (method: string, state: string, more: object = {}) => ({
  status: 'placed', payment: { method, state, amount: { minor: 500, currency: 'CNY' }, refunded: { minor: 0, currency: 'CNY' }, returning: { minor: 0, currency: 'CNY' }, was_late: false, ...more },
}) as SellerOrder;

describe('what a payment allows', () => {
  it('lets cash be packed unpaid, and what is prepaid when it is paid', () => {
    expect(mayBePacked(order('on_delivery', 'due').payment)).toBe(true);
    expect(mayBePacked(order('card', 'pending').payment)).toBe(false);
    expect(mayBePacked(order('card', 'paid').payment)).toBe(true);
    expect(mayBePacked(order('card', 'refunded').payment)).toBe(false);
    expect(mayBePacked(order('card', 'refunding').payment)).toBe(false);
  });

  it('lets the seller confirm cash and transfers, and late transfers once', () => {
    expect(mayBeConfirmed(order('at_pickup', 'due'))).toBe(true);
    expect(mayBeConfirmed({ ...order('at_pickup', 'due'), status: 'cancelled' })).toBe(false);
    expect(mayBeConfirmed(order('transfer', 'pending'))).toBe(true);
    expect(mayBeConfirmed(order('transfer', 'expired'))).toBe(true);
    expect(mayBeConfirmed(order('transfer', 'expired', { was_late: true }))).toBe(false);
    expect(mayBeConfirmed(order('card', 'pending'))).toBe(false);
    expect(mayBeConfirmed(order('on_delivery', 'due', { amount: { minor: 0, currency: 'CNY' } }))).toBe(false);
  });

  it('gives back what is left of paid money alone, and by hand what no provider moved', () => {
    expect(refundable_minor(order('card', 'paid', { refunded: { minor: 120, currency: 'CNY' } }).payment)).toBe(380);
    expect(refundable_minor(order('card', 'pending').payment)).toBe(0);
    expect(refundable_minor(order('card', 'refunding').payment)).toBe(0);
    expect(['transfer', 'on_delivery', 'card'].map((one) => isByHand(one as 'card'))).toEqual([true, true, false]);
  });

  it('tells what came back from what is on its way', () => {
    const money = { refunded: { minor: 300, currency: 'CNY' }, returning: { minor: 120, currency: 'CNY' } };
    expect(cameBack(order('card', 'paid', money).payment)).toEqual({ minor: 180, currency: 'CNY' });
  });
});
