import { describe, expect, it } from 'vitest';
import type { PaymentSettings } from '$lib/api/types';
import { isClabe } from './clabe';
import { paymentBody, paymentDraft } from './payment_draft';

const cash: PaymentSettings = {
  stripe_webhook_url: 'https://geili.example/s', mercado_pago_webhook_url: 'https://geili.example/m', delivery: { methods: ['on_delivery', 'at_pickup'] },
};
const stripe: PaymentSettings = {
  ...cash, stripe: { methods: ['card'], publishable_key: 'pk_test_1', vouchers_per_show_max: 5, has_secret_key: true, has_webhook_secret: true },
};

describe('paymentBody', () => {
  it('says again what was read, without keys that nobody typed', () => {
    expect(paymentBody(paymentDraft(stripe), stripe, 'MXN').body).toEqual({
      delivery: { methods: ['on_delivery', 'at_pickup'] }, stripe: { methods: ['card'], publishable_key: 'pk_test_1', vouchers_per_show_max: 5 },
    });
  });

  it('sends a key that was typed, without the spaces around it', () => {
    const draft = paymentDraft(stripe);
    draft.keys.stripe.secret_key = ' sk_test_2 ';
    expect(paymentBody(draft, stripe, 'MXN').body?.stripe).toMatchObject({ secret_key: 'sk_test_2' });
    expect(paymentBody(draft, stripe, 'MXN').body?.stripe).not.toHaveProperty('webhook_secret');
  });

  it('leaves out what is switched off', () => {
    const draft = paymentDraft(stripe);
    draft.isOn.stripe = false;
    expect(paymentBody(draft, stripe, 'CNY').body).toEqual({ delivery: cash.delivery });
  });

  it('asks for keys that were never set, for a method of each, and for a CLABE in Mexico', () => {
    const draft = paymentDraft(cash);
    draft.isOn = { delivery: true, transfer: true, stripe: true, mercado_pago: true, sandbox: false };
    draft.methods = [];
    draft.account = '032180000118359718';
    draft.vouchers = '1001';
    expect(paymentBody(draft, cash, 'MXN').faults).toEqual({
      '/delivery/methods': 'payments.choose_method', '/stripe/methods': 'payments.choose_method',
      '/transfer/bank_name': 'field.required', '/transfer/account': 'payments.clabe_rule', '/transfer/account_holder': 'field.required',
      '/stripe/secret_key': 'field.required', '/stripe/webhook_secret': 'field.required', '/stripe/publishable_key': 'field.required',
      '/stripe/vouchers_per_show_max': 'payments.vouchers_rule',
      '/mercado_pago/secret_key': 'field.required', '/mercado_pago/webhook_secret': 'field.required',
    });
  });

  it('takes a CLABE written in groups', () => {
    const draft = { ...paymentDraft(cash), bank_name: 'Bank', account: '032 180 00011835971 9', account_holder: 'Ana' };
    draft.isOn.transfer = true;
    expect(paymentBody(draft, cash, 'MXN').body?.transfer?.account).toBe('032180000118359719');
  });
});

describe('isClabe', () => {
  it.each([['032180000118359719', true], ['032180000118359718', false], ['03218000011835971', false], ['03218000011835971x', false], ['', false]])(
    '%s is one: %s', (text, is) => expect(isClabe(text)).toBe(is));
});
