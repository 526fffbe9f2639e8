/** The contract's rules for a new account and a new shop, told before anything is sent. */
import type { MessageKey } from '$lib/i18n/i18n.svelte';

export interface AccountDraft {
  name: string;
  login: string;
  password: string;
}

export interface ShopDraft {
  name: string;
  village: string;
  currency: string;
}

export interface PasswordDraft {
  current: string;
  fresh: string;
}

export type DraftFaults<T> = Partial<Record<keyof T, MessageKey>>;

const kLogin = /^[A-Za-z0-9._@+-]+$/;
const kLoginLength_min = 3;
const kPasswordLength_min = 8;

/** What villages sell in most; any other ISO 4217 code can be typed at the server. */
export const kCurrencies = ['CNY', 'MXN', 'USD', 'EUR', 'COP', 'PEN', 'CAD', 'GBP', 'JPY', 'VND', 'XAF', 'XOF'];

export function accountFaults(draft: AccountDraft): DraftFaults<AccountDraft> {
  const faults: DraftFaults<AccountDraft> = {};
  if (!draft.name.trim()) faults.name = 'field.required';
  const login = draft.login.trim();
  if (!login) faults.login = 'field.required';
  else if (!kLogin.test(login)) faults.login = 'account.login_rule';
  else if (login.length < kLoginLength_min) faults.login = 'field.too_short';
  if (!draft.password) faults.password = 'field.required';
  else if (draft.password.length < kPasswordLength_min) faults.password = 'account.password_rule';
  return faults;
}

/** `login` is whose password it is; `needsCurrent` is told by the session. */
export function passwordFaults(draft: PasswordDraft, { needsCurrent, login }: { needsCurrent: boolean; login: string }): DraftFaults<PasswordDraft> {
  const faults: DraftFaults<PasswordDraft> = {};
  if (needsCurrent && !draft.current) faults.current = 'field.required';
  if (!draft.fresh) faults.fresh = 'field.required';
  else if ([...draft.fresh].length < kPasswordLength_min) faults.fresh = 'account.password_rule';
  else if (draft.fresh.toLowerCase() === login.toLowerCase()) faults.fresh = 'account.password_is_login';
  return faults;
}

/** Where somebody sets a password on the way in, and goes on from. */
export function accountPath(next: string | null): string {
  return next ? `/studio/account?next=${encodeURIComponent(next)}` : '/studio/account';
}

export function shopFaults(draft: ShopDraft): DraftFaults<ShopDraft> {
  const faults: DraftFaults<ShopDraft> = {};
  if (!draft.name.trim()) faults.name = 'field.required';
  if (!/^[A-Z]{3}$/.test(draft.currency)) faults.currency = 'field.required';
  return faults;
}

export function isFaultless(faults: object): boolean {
  return Object.keys(faults).length === 0;
}
