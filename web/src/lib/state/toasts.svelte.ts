/** Short news that passes over the page. At most three wait; the oldest goes first. */

export interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'ok' | 'bad';
  link?: { href: string; text: string };
}

const kShown_ms = 5_000;
const kToastsMax = 3;
let nextId = 1;
const list = $state<Toast[]>([]);

export const toasts: readonly Toast[] = list;

export function dismissToast(id: number): void {
  const index = list.findIndex((toast) => toast.id === id);
  if (index >= 0) list.splice(index, 1);
}

export function showToast(text: string, tone: Toast['tone'] = 'plain', link?: Toast['link']): void {
  const id = nextId;
  nextId += 1;
  list.push({ id, text, tone, link });
  if (list.length > kToastsMax) list.shift();
  setTimeout(() => dismissToast(id), link ? kShown_ms * 2 : kShown_ms);
}
