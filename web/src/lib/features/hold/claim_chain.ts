/** The order of claims, checked by the reader: every entry has a hash of itself and the one before. */
import type { LoggedClaim } from '$lib/api/types';

const encoder = new TextEncoder();

const text = (value: string) => `${encoder.encode(value).length};${value}`;
const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

async function hashOf(before: Uint8Array, showId: string, entry: LoggedClaim): Promise<Uint8Array> {
  const { position, what, mark, product_id, quantity, at_us } = entry;
  const head = encoder.encode(`${before.length};`);
  const rest = encoder.encode(`${showId};${position};${text(what)}${text(mark)}${product_id};${quantity};${at_us};`);
  const all = new Uint8Array(head.length + before.length + rest.length);
  all.set(head);
  all.set(before, head.length);
  all.set(rest, head.length + before.length);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', all));
}

/** Browsers give WebCrypto to pages of a secure context alone. */
export const canCheck = (): boolean => globalThis.crypto?.subtle !== undefined;

/** The position of the first entry, of all from the first on, that does not continue the chain. */
export async function brokenAt(showId: string, entries: LoggedClaim[]): Promise<number | undefined> {
  let before = new Uint8Array();
  for (const [index, entry] of entries.entries()) {
    if (entry.position !== index + 1) return index + 1;
    const hash = await hashOf(before, showId, entry);
    if (hex(hash) !== entry.hash) return entry.position;
    before = hash as Uint8Array<ArrayBuffer>;
  }
  return undefined;
}
