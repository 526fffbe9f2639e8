/** What a shop takes, as it is typed, and the contract's rules for it. */
import type { MessageKey } from '$lib/i18n/i18n.svelte';
import type { NewPaymentSettings, PaymentSettings } from '$lib/api/types';
import { isClabe } from './clabe';

export type ProviderName = 'delivery' | 'transfer' | 'stripe' | 'mercado_pago' | 'sandbox';
export const kProviders: ProviderName[] = ['delivery', 'transfer', 'stripe', 'mercado_pago', 'sandbox'];
/** Those that move real money; practice stands beside none of them. */
export const kReal: ProviderName[] = ['transfer', 'stripe', 'mercado_pago'];
export const kMethods = { delivery: ['on_delivery', 'at_pickup'], stripe: ['card', 'oxxo', 'spei'], sandbox: ['card', 'checkout'] } as const;
const kVouchersMax = 1000;

export interface PaymentDraft {
  isOn: Record<ProviderName, boolean>;
  /** "provider/method" of what is ticked. */
  methods: string[];
  bank_name: string;
  account: string;
  account_holder: string;
  publishable_key: string;
  vouchers: string;
  /** Typed anew; empty: the one there is. */
  keys: Record<'stripe' | 'mercado_pago', { secret_key: string; webhook_secret: string }>;
}

/** By JSON Pointer, as the server names them. */
export type PaymentFaults = Record<string, MessageKey>;

export function paymentDraft(settings: PaymentSettings): PaymentDraft {
  const { delivery, transfer, stripe, sandbox } = settings;
  const ticked = (name: string, methods: readonly string[]) => methods.map((method) => `${name}/${method}`);
  return {
    isOn: { delivery: !!delivery, transfer: !!transfer, stripe: !!stripe, mercado_pago: !!settings.mercado_pago, sandbox: !!sandbox },
    // What is switched on later begins with the usual.
    methods: [
      ...ticked('delivery', delivery?.methods ?? kMethods.delivery),
      ...ticked('stripe', stripe?.methods ?? ['card']),
      ...ticked('sandbox', sandbox?.methods ?? ['card']),
    ],
    bank_name: transfer?.bank_name ?? '',
    account: transfer?.account ?? '',
    account_holder: transfer?.account_holder ?? '',
    publishable_key: stripe?.publishable_key ?? '',
    vouchers: String(stripe?.vouchers_per_show_max ?? 0),
    keys: { stripe: { secret_key: '', webhook_secret: '' }, mercado_pago: { secret_key: '', webhook_secret: '' } },
  };
}

function keysOf({ secret_key, webhook_secret }: { secret_key: string; webhook_secret: string }) {
  return { ...(secret_key.trim() && { secret_key: secret_key.trim() }), ...(webhook_secret.trim() && { webhook_secret: webhook_secret.trim() }) };
}

/** The account as people write it, in groups, without its spaces where it is a CLABE. */
function accountOf(text: string, currency: string): string {
  return currency === 'MXN' ? text.replace(/\s/g, '') : text.trim();
}

function faultsOf(draft: PaymentDraft, saved: PaymentSettings, currency: string): PaymentFaults {
  const faults: PaymentFaults = {};
  const need = (path: string, text: string) => {
    if (!text.trim()) faults[path] = 'field.required';
  };
  for (const name of Object.keys(kMethods)) {
    if (draft.isOn[name as ProviderName] && !draft.methods.some((one) => one.startsWith(`${name}/`))) faults[`/${name}/methods`] = 'payments.choose_method';
  }
  if (draft.isOn.transfer) {
    for (const part of ['bank_name', 'account', 'account_holder'] as const) need(`/transfer/${part}`, draft[part]);
    const account = accountOf(draft.account, currency);
    if (account && currency === 'MXN' && !isClabe(account)) faults['/transfer/account'] = 'payments.clabe_rule';
    else if (account && account.length < 4) faults['/transfer/account'] = 'field.too_short';
  }
  for (const name of ['stripe', 'mercado_pago'] as const) {
    if (!draft.isOn[name]) continue;
    if (!saved[name]?.has_secret_key) need(`/${name}/secret_key`, draft.keys[name].secret_key);
    if (!saved[name]?.has_webhook_secret) need(`/${name}/webhook_secret`, draft.keys[name].webhook_secret);
  }
  if (draft.isOn.stripe) {
    need('/stripe/publishable_key', draft.publishable_key);
    if (!/^\d{1,4}$/.test(draft.vouchers.trim()) || Number(draft.vouchers) > kVouchersMax) faults['/stripe/vouchers_per_show_max'] = 'payments.vouchers_rule';
  }
  return faults;
}

export function paymentBody(draft: PaymentDraft, saved: PaymentSettings, currency: string): { body?: NewPaymentSettings; faults: PaymentFaults } {
  const faults = faultsOf(draft, saved, currency);
  if (Object.keys(faults).length > 0) return { faults };
  const { isOn } = draft;
  const chosen = <T extends string>(name: string, all: readonly T[]) => all.filter((method) => draft.methods.includes(`${name}/${method}`));
  return {
    faults,
    body: {
      ...(isOn.delivery && { delivery: { methods: chosen('delivery', kMethods.delivery) } }),
      ...(isOn.transfer && {
        transfer: { bank_name: draft.bank_name.trim(), account: accountOf(draft.account, currency), account_holder: draft.account_holder.trim() },
      }),
      ...(isOn.stripe && {
        stripe: {
          methods: chosen('stripe', kMethods.stripe), publishable_key: draft.publishable_key.trim(),
          vouchers_per_show_max: Number(draft.vouchers), ...keysOf(draft.keys.stripe),
        },
      }),
      ...(isOn.mercado_pago && { mercado_pago: keysOf(draft.keys.mercado_pago) }),
      ...(isOn.sandbox && { sandbox: { methods: chosen('sandbox', kMethods.sandbox) } }),
    },
  };
}
