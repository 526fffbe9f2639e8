/** Hands the page's address on: by the phone's own sheet, else by the clipboard. */
import { t } from '$lib/i18n/i18n.svelte';
import { showToast } from '$lib/state/toasts.svelte';

/** Hands a video on as a file where the phone can, so that messengers play it; else its address. */
export async function shareVideo(title: string, address: string): Promise<void> {
  const url = new URL(address, location.href).href;
  try {
    const video = await (await fetch(address)).blob();
    const files = [new File([video], address.split('/').at(-1) ?? 'clip.mp4', { type: 'video/mp4' })];
    if (navigator.canShare?.({ files })) {
      await navigator.share({ title, files });
      return;
    }
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return;
  }
  await sharePage(title, url);
}

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
