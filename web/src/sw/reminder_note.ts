/** A reminder as the server sends it, and as it is shown. Pure. */
import { formatNear } from '$lib/i18n/format';
import { isLocale, kLocaleTags } from '$lib/i18n/locale';

export interface Note {
  title: string;
  body: string;
  /** A page of this site. */
  path: string;
  tag: string;
  lang: string;
}

/** None for what is no reminder: the browser then says itself that something came. */
export function noteOf(message: unknown, now: Date): Note | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { title, body, url, tag, lang, at } = message as Record<string, unknown>;
  if (typeof title !== 'string' || typeof body !== 'string' || typeof tag !== 'string') return undefined;
  if (typeof url !== 'string' || !/^\/[\w/-]+$/.test(url)) return undefined;
  const locale = isLocale(lang) ? lang : 'en';
  const isTimed = typeof at === 'string' && !Number.isNaN(Date.parse(at));
  // The place of the time is behind the title of the show, which may hold anything.
  const place = body.lastIndexOf('{time}');
  const said = isTimed && place >= 0 ? body.slice(0, place) + timeOf(at, now, kLocaleTags[locale]) + body.slice(place + '{time}'.length) : body;
  return { title, body: said, path: url, tag, lang: kLocaleTags[locale] };
}

/** The hour alone for what is today. */
function timeOf(at: string, now: Date, tag: string): string {
  const then = new Date(at);
  if (then.toDateString() !== now.toDateString()) return formatNear(at, now, tag);
  return new Intl.DateTimeFormat(tag, { timeStyle: 'short' }).format(then);
}
