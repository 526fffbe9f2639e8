/** Where the pictures of a show are played from. */
import { apiAddress } from '$lib/api/client';
import type { ShowAddresses } from './show_player';

/** `hls` is where the show says its playlist is. */
export function mainPicture(showId: string, hls: string): ShowAddresses {
  return { hls, whep: apiAddress('/shows/{show_id}/whep', { show_id: showId }) };
}

/** The second camera's. */
export function coHostPicture(showId: string): ShowAddresses {
  return {
    hls: `/live/${encodeURIComponent(showId)}/co-host/index.m3u8`,
    whep: apiAddress('/shows/{show_id}/whep', { show_id: showId }, { camera: 'co-host' }),
  };
}

/**
 * The playlist of a show that the page's own document named because the show was on the air: the picture need not wait
 * for anything to be fetched. Once, since what the document says grows old.
 */
export function takeToldPlaylist(showId: string): string | undefined {
  const told = document.querySelector<HTMLMetaElement>('meta[property="og:video"]');
  told?.remove();
  if (!told) return undefined;
  const { pathname } = new URL(told.content, location.href);
  return pathname.startsWith(`/live/${encodeURIComponent(showId)}/`) ? pathname : undefined;
}
