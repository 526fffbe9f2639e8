// What browsers offer by WHIP and WHEP, as options of a Client's request.
import { readFileSync } from 'node:fs';

const offer = (name) => ({
  body: readFileSync(new URL(`../../src/media/sdp/corpus/sdp_fuzz/${name}`, import.meta.url)), type: 'application/sdp' });

export const kPublishOffer = offer('chromium_publish');
export const kPlayOffer = offer('chromium_play');

const kFragment = ['a=ice-ufrag:anew', 'a=ice-pwd:0123456789abcdef01234567', 'm=audio 9 UDP/TLS/RTP/SAVPF 0', 'a=mid:0', ''].join('\r\n');
export const kIceRestart = { body: kFragment, type: 'application/trickle-ice-sdpfrag', headers: { 'if-match': '*' } };

// The path of the session that an answer began.
export const sessionOf = (answer) => answer.headers.location.replace('/api/v1', '');
