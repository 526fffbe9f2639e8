import { describe, expect, it } from 'vitest';
import { isSameRepeat, repeatDraftOf, repeatOf, weekdayName } from './repeat_draft';

describe('a show that comes again', () => {
  it('keeps its days in the order of the week, and the whole last day', () => {
    const repeat = repeatOf({ days: ['fri', 'mon'], lastDay: '2026-12-24' }, 'Asia/Shanghai')!;
    expect(repeat.weekdays).toEqual(['mon', 'fri']);
    expect(repeat.time_zone).toBe('Asia/Shanghai');
    expect(new Date(repeat.until!).getTime()).toBe(new Date('2026-12-24T23:59:59').getTime());
    expect(repeatDraftOf(repeat)).toEqual({ days: ['mon', 'fri'], lastDay: '2026-12-24' });
    expect(repeatOf({ days: [], lastDay: '' }, 'Asia/Shanghai')).toBeUndefined();
  });

  it('is the same while days and end are', () => {
    const repeat = repeatOf({ days: ['mon'], lastDay: '' }, 'Asia/Shanghai');
    expect(isSameRepeat(repeat, { ...repeat!, time_zone: 'Europe/Paris' })).toBe(true);
    expect(isSameRepeat(repeat, undefined)).toBe(false);
    expect(isSameRepeat(repeat, repeatOf({ days: ['tue'], lastDay: '' }, 'Asia/Shanghai'))).toBe(false);
    expect(isSameRepeat(repeat, repeatOf({ days: ['mon'], lastDay: '2026-12-24' }, 'Asia/Shanghai'))).toBe(false);
  });

  it('names days in the language', () => {
    expect(weekdayName('mon', 'en')).toBe('Mon');
    expect(weekdayName('sun', 'zh')).toBe('周日');
  });
});
