/** How good the line to the server is, in the few words a host can act on. Pure. */

export interface LinkSample {
  bitrate_bps: number;
  /** Of packets, 0 to 1. */
  loss: number;
  rtt_ms: number;
  /** What the browser believes the line can carry. */
  available_bps?: number;
  /** What keeps the picture below its best, as getStats() says. */
  limit: 'none' | 'cpu' | 'bandwidth' | 'other';
}

export type LinkQuality = 'good' | 'fair' | 'poor';
export type LinkHint = 'none' | 'loss' | 'slow' | 'delay' | 'phone';

export interface LinkVerdict {
  quality: LinkQuality;
  hint: LinkHint;
}

const kSamples = 5;
const kLossFair = 0.03;
const kLossPoor = 0.1;
const kRttFair_ms = 300;
const kRttPoor_ms = 800;
const kAvailableFair_bps = 900_000;
const kAvailablePoor_bps = 350_000;

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Of the last samples, the newest at the end; one bad second does not alarm anybody. */
export function judgeLink(samples: readonly LinkSample[]): LinkVerdict {
  const recent = samples.slice(-kSamples);
  if (recent.length === 0) return { quality: 'good', hint: 'none' };
  const loss = mean(recent.map((sample) => sample.loss));
  const rtt_ms = mean(recent.map((sample) => sample.rtt_ms));
  const available_bps = mean(recent.map((sample) => sample.available_bps ?? Infinity));
  if (loss > kLossPoor) return { quality: 'poor', hint: 'loss' };
  if (available_bps < kAvailablePoor_bps) return { quality: 'poor', hint: 'slow' };
  if (rtt_ms > kRttPoor_ms) return { quality: 'poor', hint: 'delay' };
  if (loss > kLossFair) return { quality: 'fair', hint: 'loss' };
  const isHeld = (limit: LinkSample['limit']) => recent.filter((sample) => sample.limit === limit).length * 2 > recent.length;
  if (available_bps < kAvailableFair_bps || isHeld('bandwidth')) return { quality: 'fair', hint: 'slow' };
  if (rtt_ms > kRttFair_ms) return { quality: 'fair', hint: 'delay' };
  if (isHeld('cpu')) return { quality: 'fair', hint: 'phone' };
  return { quality: 'good', hint: 'none' };
}

type Entry = Record<string, unknown> & { type: string };
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** One sample of a publisher's getStats(); `before` is the one of `elapsed_ms` ago. */
export function readStats(entries: Iterable<Entry>, before: { bytes: number }, elapsed_ms: number): { sample: LinkSample; bytes: number; frames: number } {
  let bytes = 0;
  let frames = 0;
  let loss = 0;
  let rtt_s = 0;
  let available_bps: number | undefined;
  let limit: LinkSample['limit'] = 'none';
  for (const entry of entries) {
    if (entry.type === 'outbound-rtp') {
      bytes += numberOf(entry.bytesSent);
      frames += numberOf(entry.framesEncoded);
      const reason = entry.qualityLimitationReason;
      if (reason === 'cpu' || reason === 'bandwidth' || reason === 'other') limit = reason;
    } else if (entry.type === 'remote-inbound-rtp') {
      loss = Math.max(loss, numberOf(entry.fractionLost));
    } else if (entry.type === 'candidate-pair' && entry.nominated === true && entry.state === 'succeeded') {
      rtt_s = numberOf(entry.currentRoundTripTime);
      if (typeof entry.availableOutgoingBitrate === 'number') available_bps = entry.availableOutgoingBitrate;
    }
  }
  const sent = Math.max(0, bytes - before.bytes);
  const bitrate_bps = elapsed_ms > 0 ? Math.round((sent * 8000) / elapsed_ms) : 0;
  return { sample: { bitrate_bps, loss, rtt_ms: Math.round(rtt_s * 1000), available_bps, limit }, bytes, frames };
}
