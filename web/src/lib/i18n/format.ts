/** Money, dates and durations by Intl. Pure: the language tag is passed in. */
import type { Money } from '$lib/api/types';

const formats = new Map<string, Intl.NumberFormat>();

function currencyFormat(tag: string, currency: string, isWhole: boolean): Intl.NumberFormat {
  const key = `${tag}/${currency}/${isWhole}`;
  let format = formats.get(key);
  if (!format) {
    const options: Intl.NumberFormatOptions = { style: 'currency', currency };
    if (isWhole) Object.assign(options, { minimumFractionDigits: 0, maximumFractionDigits: 0 });
    formats.set(key, (format = new Intl.NumberFormat(tag, options)));
  }
  return format;
}

/** How many digits of a currency are minor units, by ISO 4217: 2 for MXN, 0 for JPY. */
export function currencyDigits(currency: string): number {
  try {
    return currencyFormat('en', currency, false).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/** Minor units as a decimal string, `1234` in MXN as "12.34": exact, no floating point. */
export function minorToDecimal(minor: number, digits: number): string {
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  const sign = minor < 0 ? '-' : '';
  return digits === 0 ? sign + whole : `${sign}${whole}.${text.slice(text.length - digits)}`;
}

/**
 * What a seller types ("12", "12.5", "12,50", "1 200.00") in minor units.
 * None when it is no amount, is negative, or is finer than the currency.
 */
export function decimalToMinor(text: string, digits: number): number | undefined {
  const compact = text.replace(/[\s\u00a0\u202f'’]/g, '');
  const match = /^(\d{1,3}(?:[.,]\d{3})+|\d+)?(?:[.,](\d*))?$/.exec(compact);
  if (!match || compact === '' || !/\d/.test(compact)) return undefined;
  let whole = match[1] ?? '';
  let fraction = match[2] ?? '';
  // "1,200" is twelve hundred where fewer than three digits are minor; "1.200" likewise.
  whole = whole.replace(/[.,]/g, '');
  if (fraction.length > digits) return undefined;
  fraction = fraction.padEnd(digits, '0');
  const minor = Number(whole + fraction || '0');
  return Number.isSafeInteger(minor) ? minor : undefined;
}

/** "¥168", "MX$1,250.50": the cents are left out where there are none. */
export function formatMoney(money: Money, tag: string): string {
  const digits = currencyDigits(money.currency);
  const decimal = minorToDecimal(money.minor, digits);
  const isWhole = digits === 0 || /\.0+$/.test(decimal);
  try {
    // A decimal string is formatted exactly where the browser can, else as a number.
    return currencyFormat(tag, money.currency, isWhole).format(decimal as unknown as number);
  } catch {
    return `${decimal} ${money.currency}`;
  }
}

export function formatDateTime(instant: string | Date, tag: string): string {
  return new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant));
}

export function formatDate(instant: string | Date, tag: string): string {
  return new Intl.DateTimeFormat(tag, { dateStyle: 'long' }).format(new Date(instant));
}

export function formatTime(instant: string | Date, tag: string): string {
  return new Intl.DateTimeFormat(tag, { timeStyle: 'short' }).format(new Date(instant));
}

/** The time zone in which times are shown, as it is called then: "CST", "GMT+8". */
export function formatZone(instant: Date, tag: string): string {
  const parts = new Intl.DateTimeFormat(tag, { hour: 'numeric', timeZoneName: 'short' }).formatToParts(instant);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

/** "Today, 19:30", "Tomorrow, 19:30", "Sat 3 May, 19:30". */
export function formatNear(instant: string, now: Date, tag: string): string {
  const then = new Date(instant);
  const days = dayNumber(then) - dayNumber(now);
  if (Math.abs(days) > 1) {
    return new Intl.DateTimeFormat(tag, {
      weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit',
    }).format(then);
  }
  const day = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }).format(days, 'day');
  return `${day.charAt(0).toLocaleUpperCase(tag)}${day.slice(1)}, ${formatTime(then, tag)}`;
}

function dayNumber(date: Date): number {
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000);
}

/** The parts of a countdown, for `formatCountdown`. */
export function formatCountdown(left_ms: number, tag: string): string {
  const seconds = Math.max(0, Math.ceil(left_ms / 1000));
  const days = Math.floor(seconds / 86_400);
  if (days >= 2) {
    return new Intl.NumberFormat(tag, { style: 'unit', unit: 'day', unitDisplay: 'long' }).format(days);
  }
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const clock = `${two(minutes)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${clock}` : clock;
}

/** A place in a recording: "12:40", "1:02:40". */
export function formatOffset(offset_ms: number): string {
  const seconds = Math.floor(offset_ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), two(seconds % 60)];
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** "12 MB", "1.4 GB": as shops count them, by thousands. */
export function formatBytes(bytes: number, tag: string): string {
  const [unit, size] = bytes >= 1e9 ? ['gigabyte', 1e9] as const : ['megabyte', 1e6] as const;
  const maximumFractionDigits = bytes / size < 10 ? 1 : 0;
  return new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits }).format(bytes / size);
}

/** "1.2K": counts over the video. */
export function formatCompact(value: number, tag: string): string {
  return new Intl.NumberFormat(tag, { notation: 'compact', maximumFractionDigits: 1 }).format(value);
}

/** Countries by name in the viewer's language, sorted as its readers expect. */
export function countryNames(codes: readonly string[], tag: string): { code: string; name: string }[] {
  const names = new Intl.DisplayNames(tag, { type: 'region' });
  const collator = new Intl.Collator(tag);
  return codes
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .sort((a, b) => collator.compare(a.name, b.name));
}
