/** What a show that has not begun says of its start. Pure. */

export type Wait = { kind: 'counting' } | { kind: 'due' } | { kind: 'late'; minutes: number };

/** Until then nobody is called late. */
export const kGrace_ms = 60_000;

export function waitOf(startsAt: string, now_ms: number): Wait {
  const over_ms = now_ms - Date.parse(startsAt);
  if (over_ms < 0) return { kind: 'counting' };
  if (over_ms < kGrace_ms) return { kind: 'due' };
  return { kind: 'late', minutes: Math.floor(over_ms / 60_000) };
}

/** `minutes` after the start as it is planned, or after now where that is past: a full minute. */
export function laterStart(startsAt: string, minutes: number, now_ms: number): string {
  const from_ms = Math.max(Date.parse(startsAt), now_ms);
  return new Date(Math.ceil(from_ms / 60_000) * 60_000 + minutes * 60_000).toISOString();
}
