/** The page that could not be had, as the service worker names it: a path of this site and nothing else. Pure. */
export function wayBack(to: string | null, origin: string): string {
  if (!to?.startsWith('/')) return '/';
  const url = new URL(to, origin);
  if (url.origin !== origin || url.pathname === '/offline') return '/';
  return url.pathname + url.search;
}
