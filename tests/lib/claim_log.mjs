// A show's order of claims, checked as anybody may.
import { createHash } from 'node:crypto';

const text = (value) => `${Buffer.byteLength(value)};${value}`;

function hashOf(showId, before, { position, what, mark, product_id, quantity, at_us }) {
  return createHash('sha256').update(`${before.length};`).update(before)
    .update(`${showId};${position};${text(what)}${text(mark)}${product_id};${quantity};${at_us};`).digest();
}

// The position of the first entry that does not follow from those before it, the first of all being the first.
export function brokenAt(showId, entries) {
  let before = Buffer.alloc(0);
  for (const entry of entries) {
    before = hashOf(showId, before, entry);
    if (before.toString('hex') !== entry.hash) return entry.position;
  }
  return undefined;
}
