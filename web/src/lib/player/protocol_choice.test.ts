import { describe, expect, it } from 'vitest';
import { ProtocolChoice } from './protocol_choice';

const steady = () => 0.5;

describe('ProtocolChoice', () => {
  it('begins with WebRTC where there is one', () => {
    expect(new ProtocolChoice(true, steady).first).toBe('webrtc');
    expect(new ProtocolChoice(false, steady).first).toBe('hls');
  });
  it('never tries what the browser does not have', () => {
    const choice = new ProtocolChoice(false, steady);
    expect(choice.failed('no-path')).toBeUndefined();
    expect(choice.newPicture()).toBe(false);
  });
  it('waits longer after each failure, at most ten minutes', () => {
    const choice = new ProtocolChoice(true, steady);
    expect(choice.failed('no-path')).toBe(15_000);
    expect(choice.failed('no-path')).toBe(30_000);
    for (let i = 0; i < 20; i += 1) choice.failed('no-path');
    expect(choice.failed('no-path')).toBe(600_000);
  });
  it('forgets the failures once it played', () => {
    const choice = new ProtocolChoice(true, steady);
    choice.failed('no-path');
    choice.succeeded();
    expect(choice.failed('no-path')).toBe(15_000);
  });
  it('tries again soon when the picture is only about to come', () => {
    expect(new ProtocolChoice(true, steady).failed('not-live')).toBe(2_000);
  });
  it.each(['codec-unsupported', 'b-frames'])('waits for another picture when it does not fit: %s', (code) => {
    const choice = new ProtocolChoice(true, steady);
    expect(choice.failed(code)).toBeUndefined();
    expect(choice.first).toBe('hls');
    expect(choice.newPicture()).toBe(true);
    expect(choice.first).toBe('webrtc');
  });
  it('spreads the viewers of a lost server', () => {
    expect(new ProtocolChoice(true, () => 0).failed('no-path')).toBe(11_250);
    expect(new ProtocolChoice(true, () => 1).failed('no-path')).toBe(18_750);
  });
});
