/**
 * The server's clock: countdowns run on it, whatever the phone's clock says. A show's room tells it to the millisecond,
 * the Date headers of answers to the second.
 */

/** By how much a Date header must contradict the room before it is believed: the phone's clock was set anew. */
const kContradiction_ms = 3_000;

let offset_ms = 0;
let isExact = false;

/** Date has whole seconds, so half a second is the best guess; small differences are left alone. */
export function noteServerDate(header: string | null, now_ms: number = Date.now()): void {
  const server_ms = header ? Date.parse(header) : Number.NaN;
  if (!Number.isFinite(server_ms)) return;
  const difference_ms = server_ms + 500 - now_ms;
  if (isExact && Math.abs(difference_ms - offset_ms) < kContradiction_ms) return;
  isExact = false;
  offset_ms = Math.abs(difference_ms) < 1500 ? 0 : difference_ms;
}

/** `ahead_ms`: by how much the server is ahead of the phone, as a room has told. */
export function noteRoomClock(ahead_ms: number): void {
  if (!Number.isFinite(ahead_ms)) return;
  isExact = true;
  offset_ms = ahead_ms;
}

export function serverNow_ms(now_ms: number = Date.now()): number {
  return now_ms + offset_ms;
}
