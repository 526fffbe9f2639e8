import { useMessages } from '$lib/i18n/i18n.svelte';

export const ssr = false;
export const prerender = false;
export const trailingSlash = 'never';

export async function load() {
  await useMessages('shop');
}
