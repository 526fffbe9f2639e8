/** Who is signed in on this browser. `unknown` until the server was asked. */
import { api, setCsrf } from '$lib/api/client';
import { ApiError } from '$lib/api/api_error';
import type { Role, Session, Shop } from '$lib/api/types';
import { readStored, writeStored } from './storage';

const kShopKey = 'studio.shop';
const kHintKey = 'signed_in';

let current = $state.raw<Session | undefined>();
let isAsked = $state(false);
let shopId = $state(readStored(kShopKey) ?? '');

export const session = {
  get current(): Session | undefined {
    return current;
  },
  get isAsked(): boolean {
    return isAsked;
  },
  get role(): Role | undefined {
    return current?.person.role;
  },
  /** The shop the studio shows: the one chosen last, else the first. */
  get shop(): Shop | undefined {
    return current?.shops.find((shop) => shop.id === shopId) ?? current?.shops[0];
  },
  /** Whether this browser was signed in when it was last here: enough to show a link, not to decide anything. */
  get wasSignedIn(): boolean {
    return readStored(kHintKey) !== null;
  },
};

async function renewCsrf(): Promise<void> {
  await loadSession();
}

export function adoptSession(next: Session | undefined): void {
  current = next;
  isAsked = true;
  setCsrf(next?.csrf_token ?? '', renewCsrf);
  writeStored(kHintKey, next ? '1' : null);
}

/** Asks the server; nobody signed in is an answer, not a failure. */
export async function loadSession(): Promise<Session | undefined> {
  try {
    const { data } = await api.get('/session');
    adoptSession(data);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    adoptSession(undefined);
  }
  return current;
}

export async function signOut(): Promise<void> {
  await api.delete('/session');
  adoptSession(undefined);
}

export function chooseShop(id: string): void {
  shopId = id;
  writeStored(kShopKey, id);
}

/** A shop of the session that has changed, or is new. */
export function noteShop(shop: Shop): void {
  if (!current) return;
  const isKnown = current.shops.some(({ id }) => id === shop.id);
  const shops = isKnown ? current.shops.map((old) => (old.id === shop.id ? shop : old)) : [...current.shops, shop];
  current = { ...current, shops };
}

/** A same-site path to go on to, or the studio. */
export function safeNext(next: string | null): string {
  if (!next || !next.startsWith('/') || next.startsWith('//') || next.startsWith('/\\')) return '/studio';
  try {
    return new URL(next, location.origin).origin === location.origin ? next : '/studio';
  } catch {
    return '/studio';
  }
}
