import { describe, expect, it } from 'vitest';
import { supportOf, type BrowserFacts } from './push_support';

const kAble: BrowserFacts = { hasWorker: true, hasPush: true, permission: 'default', userAgent: 'Mozilla/5.0 (Linux; Android 14)', touchPoints: 5, isInstalled: false };
const kIphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X)';
const kIpad = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';

describe('reminders by push', () => {
  it('are possible where the browser can, asked already or not', () => {
    expect(supportOf(kAble)).toBe('ok');
    expect(supportOf({ ...kAble, permission: 'granted' })).toBe('ok');
    expect(supportOf({ ...kAble, userAgent: kIphone, isInstalled: true })).toBe('ok');
  });
  it('are denied where the viewer has said no', () => {
    expect(supportOf({ ...kAble, permission: 'denied' })).toBe('denied');
  });
  it('need the home screen on an iPhone or iPad, and nothing helps elsewhere', () => {
    const bare = { ...kAble, hasPush: false, permission: undefined };
    expect(supportOf({ ...bare, userAgent: kIphone })).toBe('install');
    expect(supportOf({ ...bare, userAgent: kIpad })).toBe('install');
    expect(supportOf({ ...bare, userAgent: kIpad, touchPoints: 0 })).toBe('none');
    expect(supportOf({ ...bare, userAgent: kIphone, isInstalled: true })).toBe('none');
    expect(supportOf(bare)).toBe('none');
    expect(supportOf({ ...kAble, hasWorker: false })).toBe('none');
  });
});
