import { useMessages } from '$lib/i18n/i18n.svelte';

export async function load() {
  await useMessages('studio');
}
