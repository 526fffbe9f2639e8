/** The bag of a running show as the desk changes it: by what is in it at that moment, whoever else changes it. */
import { toApiError } from '$lib/api/api_error';
import { api } from '$lib/api/client';
import type { Show } from '$lib/api/types';

const kAttemptsMax = 3;

/** `change` makes the new order of what there is; the same order changes nothing. */
export async function changeBag(show_id: string, change: (ids: string[]) => string[]): Promise<Show> {
  for (let attempt = 1; ; attempt += 1) {
    const { data: show } = await api.get('/shows/{show_id}', { path: { show_id } });
    const before = show.products.map(({ id }) => id);
    const product_ids = change(before);
    if (product_ids.length === before.length && product_ids.every((id, index) => id === before[index])) return show;
    try {
      return (await api.patch('/shows/{show_id}', { path: { show_id }, headers: { 'If-Match': `"${show.version}"` }, body: { product_ids } })).data;
    } catch (error) {
      if (attempt === kAttemptsMax || toApiError(error).status !== 412) throw error;
    }
  }
}
