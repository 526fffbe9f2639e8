/** Whether one may write in a chat just now, from what the room has said. Pure. */
import type { ChatTerms, Refused } from '$lib/api/types';

export interface Quiet {
  /** The host has asked for silence until then, by the page's clock; 0: not. */
  timeoutUntil_ms: number;
  /** A message was said; the next may follow then. */
  slowUntil_ms: number;
  isBanned: boolean;
}

export interface Writer {
  isViewer: boolean;
  isMember: boolean;
}

export type QuietKind = 'banned' | 'timeout' | 'slow' | 'members' | 'no';

export const kNotQuiet: Quiet = { timeoutUntil_ms: 0, slowUntil_ms: 0, isBanned: false };

/** After a message was handed over; a refusal takes it back. */
export function afterSaid(quiet: Quiet, terms: ChatTerms, writer: Writer, now_ms: number): Quiet {
  if (!writer.isViewer || terms.slow_mode_s === 0) return quiet;
  return { ...quiet, slowUntil_ms: now_ms + terms.slow_mode_s * 1000 };
}

export function afterRefused(quiet: Quiet, refused: Refused, now_ms: number): Quiet {
  const retry_ms = refused.retry_after_ms ?? 0;
  const slowUntil_ms = refused.code === 'rate-limited' ? now_ms + retry_ms : 0;
  if (refused.code === 'chat-banned') return { ...quiet, slowUntil_ms, isBanned: true };
  if (refused.code === 'chat-timeout') return { ...quiet, slowUntil_ms, timeoutUntil_ms: now_ms + retry_ms };
  return { ...quiet, slowUntil_ms };
}

export function quietKind(quiet: Quiet, terms: ChatTerms, writer: Writer, now_ms: number): QuietKind {
  if (!writer.isViewer) return 'no';
  if (quiet.isBanned) return 'banned';
  if (now_ms < quiet.timeoutUntil_ms) return 'timeout';
  if (terms.who === 'members' && !writer.isMember) return 'members';
  return waits_ms(quiet, now_ms) > 0 ? 'slow' : 'no';
}

/** How long until the next message may follow. */
export function waits_ms(quiet: Quiet, now_ms: number): number {
  return Math.max(0, quiet.timeoutUntil_ms - now_ms, quiet.slowUntil_ms - now_ms);
}
