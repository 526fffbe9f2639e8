/** Months of the reader's own calendar, for statements. */

export interface Month {
  /** "2026-11", as `<input type="month">` has it. */
  key: string;
  from: string;
  to: string;
}

export function monthKey(date: Date): string {
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}`;
}

/** The month of a key, from its first instant here to that of the next; none for what is no month. */
export function monthOf(key: string): Month | undefined {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(key);
  if (!match) return undefined;
  const [year, month] = [Number(match[1]), Number(match[2])];
  if (year < 1971) return undefined;
  return { key, from: new Date(year, month - 1, 1).toISOString(), to: new Date(year, month, 1).toISOString() };
}

/** How far the clock here is ahead of UTC at an instant. */
export function utcOffset_min(instant: string): number {
  return -new Date(instant).getTimezoneOffset();
}

/** "2.5" or "2,5" per cent in basis points; none when it is none, above 100, or finer than two decimals. */
export function percentToBasisPoints(text: string): number | undefined {
  const match = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(text.trim());
  if (!match) return undefined;
  const points = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  return points <= 10_000 ? points : undefined;
}

export function basisPointsToPercent(points: number): string {
  return String(points / 100);
}
