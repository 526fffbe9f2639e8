import { describe, expect, it } from 'vitest';
import { afterRefused, afterSaid, kNotQuiet, quietKind, waits_ms, type Writer } from './quiet';

const kNow = 1_000_000;
const open = { slow_mode_s: 0, who: 'everyone', links: 'allowed', takes_orders: true } as const;
const slow = { ...open, slow_mode_s: 30 } as const;
const closed = { ...open, who: 'members' } as const;
const ana: Writer = { isViewer: true, isMember: false };
const host: Writer = { isViewer: false, isMember: false };

describe('quiet', () => {
  it('counts down slow mode after a message, for viewers alone', () => {
    const quiet = afterSaid(kNotQuiet, slow, ana, kNow);
    expect(quietKind(quiet, slow, ana, kNow + 29_999)).toBe('slow');
    expect(waits_ms(quiet, kNow + 10_000)).toBe(20_000);
    expect(quietKind(quiet, slow, ana, kNow + 30_000)).toBe('no');
    expect(afterSaid(kNotQuiet, slow, host, kNow)).toBe(kNotQuiet);
    expect(afterSaid(kNotQuiet, open, ana, kNow)).toBe(kNotQuiet);
  });

  it('takes the wait back when the message was refused', () => {
    const said = afterSaid(kNotQuiet, slow, ana, kNow);
    expect(waits_ms(afterRefused(said, { code: 'chat-muted-word' }, kNow), kNow)).toBe(0);
    expect(waits_ms(afterRefused(said, { code: 'rate-limited', retry_after_ms: 700 }, kNow), kNow)).toBe(700);
  });

  it('knows a timeout until it is over', () => {
    const quiet = afterRefused(kNotQuiet, { code: 'chat-timeout', retry_after_ms: 60_000 }, kNow);
    expect(quietKind(quiet, open, ana, kNow + 59_999)).toBe('timeout');
    expect(quietKind(quiet, open, ana, kNow + 60_000)).toBe('no');
  });

  it('knows a ban, and who has not bought', () => {
    expect(quietKind(afterRefused(kNotQuiet, { code: 'chat-banned' }, kNow), open, ana, kNow)).toBe('banned');
    expect(quietKind(kNotQuiet, closed, ana, kNow)).toBe('members');
    expect(quietKind(kNotQuiet, closed, { ...ana, isMember: true }, kNow)).toBe('no');
    expect(quietKind(kNotQuiet, closed, host, kNow)).toBe('no');
  });
});
