/** What a seller types for a show. */
import type { MessageKey } from '$lib/i18n/i18n.svelte';
import type { Show } from '$lib/api/types';

export interface ShowDraft {
  title: string;
  /** As <input type="datetime-local"> holds it, in the phone's time zone. */
  startsAt: string;
  productIds: string[];
}

export type ShowFaults = Partial<Record<'title' | 'startsAt', MessageKey>>;

/** "2026-05-02T19:30" in the phone's time zone. */
export function toLocalInput(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The next full hour, which is when most shows start. */
export function nextHour(now: Date): Date {
  const next = new Date(now);
  next.setMinutes(60, 0, 0);
  return next;
}

export function showDraftOf(show: Show | undefined, now: Date): ShowDraft {
  if (!show) return { title: '', startsAt: toLocalInput(nextHour(now)), productIds: [] };
  return { title: show.title, startsAt: toLocalInput(new Date(show.starts_at)), productIds: show.products.map(({ id }) => id) };
}

export function showFaults(draft: ShowDraft): ShowFaults {
  const faults: ShowFaults = {};
  if (!draft.title.trim()) faults.title = 'field.required';
  if (Number.isNaN(Date.parse(draft.startsAt))) faults.startsAt = 'field.required';
  return faults;
}

/** `id` moved by `step` places; the ends stay where they are. */
export function moved(ids: readonly string[], id: string, step: -1 | 1): string[] {
  const from = ids.indexOf(id);
  const to = from + step;
  if (from < 0 || to < 0 || to >= ids.length) return [...ids];
  const next = [...ids];
  [next[from], next[to]] = [next[to]!, next[from]!];
  return next;
}

export function toggled(ids: readonly string[], id: string): string[] {
  return ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id];
}
