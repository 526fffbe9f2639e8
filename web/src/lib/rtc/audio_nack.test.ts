import { describe, expect, it } from 'vitest';
import { withAudioNack } from './audio_nack';

const lines = (...all: string[]) => [...all, ''].join('\r\n');

describe('withAudioNack', () => {
  it('asks again for Opus alone', () => {
    const offer = lines('m=audio 9 UDP/TLS/RTP/SAVPF 111 0', 'a=rtpmap:111 opus/48000/2', 'a=rtcp-fb:111 transport-cc', 'a=rtpmap:0 PCMU/8000',
      'm=video 9 UDP/TLS/RTP/SAVPF 102', 'a=rtpmap:102 H264/90000');
    expect(withAudioNack(offer)).toBe(lines('m=audio 9 UDP/TLS/RTP/SAVPF 111 0', 'a=rtpmap:111 opus/48000/2', 'a=rtcp-fb:111 nack', 'a=rtcp-fb:111 transport-cc',
      'a=rtpmap:0 PCMU/8000', 'm=video 9 UDP/TLS/RTP/SAVPF 102', 'a=rtpmap:102 H264/90000'));
  });
  it.each([
    ['without Opus', lines('m=video 9 UDP/TLS/RTP/SAVPF 102', 'a=rtpmap:102 H264/90000')],
    ['which does so already', lines('a=rtpmap:96 opus/48000/2', 'a=rtcp-fb:96 nack')],
    ['that is empty', ''],
  ])('leaves an offer %s', (_, offer) => expect(withAudioNack(offer)).toBe(offer));
});
