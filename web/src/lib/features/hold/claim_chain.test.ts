import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { LoggedClaim } from '$lib/api/types';
import { brokenAt } from './claim_chain';

const kMark = '00112233445566778899aabbccddeeff';

/** As listClaims describes it, written a second time. */
function chain(showId: string, count: number): LoggedClaim[] {
  const entries: LoggedClaim[] = [];
  let before: Uint8Array = new Uint8Array();
  for (let position = 1; position <= count; position += 1) {
    const at_us = 1_795_000_000_000_000 + position;
    const hash = createHash('sha256').update(`${before.length};`).update(before)
      .update(`${showId};${position};4;held32;${kMark}5;2;${at_us};`).digest();
    entries.push({ position, what: 'held', mark: kMark, product_id: '5', quantity: 2, at_us, place: position, hash: hash.toString('hex') });
    before = hash;
  }
  return entries;
}

describe('the chain of claims', () => {
  it('is whole when nothing was changed', async () => {
    expect(await brokenAt('4', chain('4', 3))).toBeUndefined();
    expect(await brokenAt('4', [])).toBeUndefined();
  });

  it('shows where something was changed, left out or put in another show', async () => {
    const changed = chain('4', 3);
    changed[1] = { ...changed[1]!, quantity: 1 };
    expect(await brokenAt('4', changed)).toBe(2);
    const [first, , third] = chain('4', 3);
    expect(await brokenAt('4', [first!, third!])).toBe(2);
    expect(await brokenAt('9', chain('4', 3))).toBe(1);
  });
});
