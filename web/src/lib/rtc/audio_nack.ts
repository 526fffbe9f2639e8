/** Browsers ask again for lost pictures by themselves, for lost sound only when the offer says so (RFC 4585). */

const kOpus = /^(a=rtpmap:(\d+) opus\/48000[^\r\n]*)(\r?\n)/im;

/** The offer with retransmission of Opus. */
export function withAudioNack(offer: string): string {
  const [, , type] = kOpus.exec(offer) ?? [];
  if (!type || new RegExp(`^a=rtcp-fb:${type} nack\\r?$`, 'm').test(offer)) return offer;
  return offer.replace(kOpus, `$1$3a=rtcp-fb:${type} nack$3`);
}
