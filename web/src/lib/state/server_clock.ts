/** The server's clock as the answers' Date headers tell it: countdowns run on it, whatever the phone's clock says. */

let offset_ms = 0;

/** Date has whole seconds, so half a second is the best guess; small differences are left alone. */
export function noteServerDate(header: string | null, now_ms: number = Date.now()): void {
  const server_ms = header ? Date.parse(header) : Number.NaN;
  if (!Number.isFinite(server_ms)) return;
  const difference_ms = server_ms + 500 - now_ms;
  offset_ms = Math.abs(difference_ms) < 1500 ? 0 : difference_ms;
}

export function serverNow_ms(): number {
  return Date.now() + offset_ms;
}
