/** The baskets that were bought on this device and not answered yet. */
import { api } from '$lib/api/client';
import type { NewBasket, PlacedBasket } from '$lib/api/types';
import { Intents } from '$lib/features/buy/intents';
import { newIntent, type Intent, type OrderProgress } from '$lib/features/buy/place_order';
import { basket } from './basket.svelte';

const intents = new Intents<NewBasket, PlacedBasket>('basket_intents', async (body, key) => (
  (await api.post('/baskets', { body, headers: { 'Idempotency-Key': key } })).data));

export const keptBaskets = () => intents.kept();

/** The same basket that is not answered yet is the same purchase, after the page was loaded anew, too. */
export function basketIntent(body: NewBasket): Intent<NewBasket> {
  const text = JSON.stringify(body);
  return intents.kept().find(({ order }) => JSON.stringify(order) === text) ?? newIntent(body, Date.now());
}

/** What was bought lies in the basket no more. */
export async function finishBasket(intent: Intent<NewBasket>, onProgress?: (progress: OrderProgress) => void): Promise<PlacedBasket> {
  const placed = await intents.finish(intent, onProgress);
  const { show_id, orders } = intent.order;
  basket.bought(show_id, orders.flatMap(({ lines }) => lines.map(({ product_id }) => product_id)));
  return placed;
}
