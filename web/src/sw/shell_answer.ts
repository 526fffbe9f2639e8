/** How the service worker answers a request of this site. Pure. */

export const kOfflinePage = '/offline';

/** `kept`: from what was installed. `page`: from the network, else the offline page. `not`: the browser asks itself. */
export function answerOf(method: string, mode: string, path: string, files: ReadonlySet<string>): 'kept' | 'page' | 'not' {
  if (method !== 'GET' || /^\/(?:api|live|photos)\//.test(path)) return 'not';
  if (mode === 'navigate') return path === kOfflinePage ? 'kept' : 'page';
  return files.has(path) ? 'kept' : 'not';
}
