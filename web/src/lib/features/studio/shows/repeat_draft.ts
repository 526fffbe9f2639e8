/** What a seller chooses of a show that comes again. Pure. */
import type { Repeat } from '$lib/api/types';

export const kWeekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof kWeekdays)[number];

export interface RepeatDraft {
  days: Weekday[];
  /** As <input type="date"> holds it; empty: without an end. */
  lastDay: string;
}

// 2026-01-05 is a Monday.
const kMonday_day = 5;

/** "Mon", "lun.", "周一". */
export function weekdayName(day: Weekday, tag: string): string {
  const date = new Date(Date.UTC(2026, 0, kMonday_day + kWeekdays.indexOf(day)));
  return new Intl.DateTimeFormat(tag, { weekday: 'short', timeZone: 'UTC' }).format(date);
}

export function repeatDraftOf(repeat: Repeat | undefined): RepeatDraft {
  if (!repeat) return { days: [], lastDay: '' };
  const until = repeat.until ? new Date(repeat.until) : undefined;
  const two = (value: number) => String(value).padStart(2, '0');
  const lastDay = until ? `${until.getFullYear()}-${two(until.getMonth() + 1)}-${two(until.getDate())}` : '';
  return { days: kWeekdays.filter((day) => repeat.weekdays.includes(day)), lastDay };
}

/** None where no day is chosen. A show on the last day still takes place. */
export function repeatOf(draft: RepeatDraft, time_zone: string): Repeat | undefined {
  if (draft.days.length === 0) return undefined;
  const end = draft.lastDay ? new Date(`${draft.lastDay}T23:59:59`) : undefined;
  return { weekdays: kWeekdays.filter((day) => draft.days.includes(day)), time_zone, until: end?.toISOString() };
}

export function isSameRepeat(one: Repeat | undefined, other: Repeat | undefined): boolean {
  const textOf = (repeat: Repeat | undefined) => (repeat ? `${repeat.weekdays.join()} ${repeat.until ? Date.parse(repeat.until) : ''}` : '');
  return textOf(one) === textOf(other);
}
