/** Hands the page's address on: by the phone's own sheet, else by the clipboard. */
import { t } from '$lib/i18n/i18n.svelte';
import { showToast } from '$lib/state/toasts.svelte';

export async function sharePage(title: string, url: string = location.href): Promise<void> {
  if ('share' in navigator) {
    try {
      await navigator.share({ title, url });
      return;
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return;
    }
  }
  try {
    await navigator.clipboard.writeText(url);
    showToast(t('copy.link_done'), 'ok');
  } catch {
    showToast(t('copy.failed'), 'bad');
  }
}
