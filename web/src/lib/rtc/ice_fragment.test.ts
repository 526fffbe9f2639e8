import { describe, expect, it } from 'vitest';
import { answerWith, fragmentOf } from './ice_fragment';

const lines = (...all: string[]) => [...all, ''].join('\r\n');
const offer = lines('v=0', 'a=group:BUNDLE 0 1', 'm=audio 9 UDP/TLS/RTP/SAVPF 111', 'a=ice-ufrag:new', 'a=ice-pwd:secret', 'a=mid:0',
  'm=video 9 UDP/TLS/RTP/SAVPF 102', 'a=ice-ufrag:new', 'a=ice-pwd:secret', 'a=mid:1');
const answer = lines('v=0', 'm=audio 9 UDP/TLS/RTP/SAVPF 111', 'a=mid:0', 'a=ice-ufrag:old', 'a=ice-pwd:past', 'a=candidate:1 1 UDP 1 127.0.0.1 9 typ host',
  'm=video 9 UDP/TLS/RTP/SAVPF 102', 'a=mid:1', 'a=ice-ufrag:old', 'a=ice-pwd:past');

describe('fragmentOf', () => {
  it('tells the credentials and the first medium', () => {
    expect(fragmentOf(offer)).toBe(lines('a=ice-ufrag:new', 'a=ice-pwd:secret', 'm=audio 9 UDP/TLS/RTP/SAVPF 111', 'a=mid:0'));
  });
  it('has nothing to tell without credentials', () => {
    expect(fragmentOf(lines('v=0', 'm=audio 9 UDP/TLS/RTP/SAVPF 111'))).toBeUndefined();
  });
});

describe('answerWith', () => {
  it('changes the credentials of every medium and the candidates', () => {
    const changed = answerWith(answer, lines('a=ice-ufrag:srv', 'a=ice-pwd:hidden', 'm=audio 9 X 0', 'a=mid:0', 'a=candidate:2 1 UDP 1 127.0.0.1 10 typ host'));
    expect(changed).toBe(lines('v=0', 'm=audio 9 UDP/TLS/RTP/SAVPF 111', 'a=mid:0', 'a=candidate:2 1 UDP 1 127.0.0.1 10 typ host', 'a=ice-ufrag:srv', 'a=ice-pwd:hidden',
      'm=video 9 UDP/TLS/RTP/SAVPF 102', 'a=mid:1', 'a=ice-ufrag:srv', 'a=ice-pwd:hidden'));
  });
  it('keeps the candidates when none are told', () => {
    expect(answerWith(answer, lines('a=ice-ufrag:srv', 'a=ice-pwd:hidden'))).toContain('127.0.0.1 9 typ host');
  });
  it('is nothing without credentials', () => {
    expect(answerWith(answer, '')).toBeUndefined();
  });
});
