import { describe, expect, it } from 'vitest';
import { judgeLink, readStats, type LinkSample } from './link_quality';

const fine: LinkSample = { bitrate_bps: 1_500_000, loss: 0, rtt_ms: 40, available_bps: 3_000_000, limit: 'none' };
const steady = (change: Partial<LinkSample>) => Array.from({ length: 5 }, () => ({ ...fine, ...change }));

describe('judgeLink', () => {
  it.each([
    [{}, 'good', 'none'], [{ loss: 0.05 }, 'fair', 'loss'], [{ loss: 0.2 }, 'poor', 'loss'], [{ rtt_ms: 400 }, 'fair', 'delay'],
    [{ rtt_ms: 1200 }, 'poor', 'delay'], [{ available_bps: 600_000 }, 'fair', 'slow'], [{ available_bps: 200_000 }, 'poor', 'slow'],
    [{ limit: 'bandwidth' }, 'fair', 'slow'], [{ limit: 'cpu' }, 'fair', 'phone'], [{ available_bps: undefined }, 'good', 'none'],
  ] as [Partial<LinkSample>, string, string][])('%o: %s, %s', (change, quality, hint) => {
    expect(judgeLink(steady(change))).toEqual({ quality, hint });
  });
  it('passes over one bad second', () => {
    expect(judgeLink([fine, fine, fine, fine, { ...fine, loss: 0.12, limit: 'cpu' }]).quality).toBe('good');
  });
  it('forgets what is long ago, and assumes the best before it knows', () => {
    expect(judgeLink([...steady({ loss: 0.5 }), ...steady({})]).quality).toBe('good');
    expect(judgeLink([]).quality).toBe('good');
  });
});

describe('readStats', () => {
  it('sums the layers and takes the worst', () => {
    const { sample, bytes, frames } = readStats([
      { type: 'outbound-rtp', bytesSent: 200_000, framesEncoded: 30, qualityLimitationReason: 'none' }, { type: 'outbound-rtp', bytesSent: 50_000, qualityLimitationReason: 'cpu' },
      { type: 'remote-inbound-rtp', fractionLost: 0.02 }, { type: 'remote-inbound-rtp', fractionLost: 0.1 },
      { type: 'candidate-pair', nominated: false, state: 'succeeded', currentRoundTripTime: 9 },
      { type: 'candidate-pair', nominated: true, state: 'succeeded', currentRoundTripTime: 0.05, availableOutgoingBitrate: 900_000 },
    ], { bytes: 125_000 }, 1000);
    expect(bytes).toBe(250_000);
    expect(frames).toBe(30);
    expect(sample).toEqual({ bitrate_bps: 1_000_000, loss: 0.1, rtt_ms: 50, available_bps: 900_000, limit: 'cpu' });
  });
  it('begins anew with a new connection', () => {
    expect(readStats([{ type: 'outbound-rtp', bytesSent: 10 }], { bytes: 500 }, 1000).sample.bitrate_bps).toBe(0);
  });
});
