/**
 * The page that is shown without a connection, and nothing else: what is bought, said and shown is always asked for
 * anew, so that nobody sees what is no longer so, or what was somebody else's. Pages come from the network; only when
 * it cannot be reached is the visitor sent to the offline page, which was kept when this worker was installed.
 */
import { version } from '$service-worker';
import { answerOf, kOfflinePage } from './shell_answer';
import type { RequestEvent, WorkerScope } from './worker_scope';

/** The files of the offline page in every language; put in by scripts/finish_build.mjs. */
const kShell: readonly string[] = JSON.parse('__GEILI_SHELL__') as string[];
const kPrefix = 'shell-';
const kCache = kPrefix + version;

async function fill(): Promise<void> {
  const cache = await caches.open(kCache);
  await cache.addAll([kOfflinePage, ...kShell].map((path) => new Request(path, { credentials: 'omit' })));
}

async function dropOlder(worker: WorkerScope): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(kPrefix) && name !== kCache).map((name) => caches.delete(name)));
  // A page is asked for while the worker is still waking up.
  await worker.registration.navigationPreload?.enable();
  await worker.clients.claim();
}

async function navigate(event: RequestEvent): Promise<Response> {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    // What stands behind # goes along by itself.
    const { pathname, search } = new URL(event.request.url);
    return Response.redirect(`${kOfflinePage}?to=${encodeURIComponent(pathname + search)}`);
  }
}

async function kept(request: Request, path: string): Promise<Response> {
  const cache = await caches.open(kCache);
  return (await cache.match(path)) ?? fetch(request);
}

export function keepShell(worker: WorkerScope): void {
  const files = new Set(kShell);
  worker.addEventListener('install', (event) => {
    // Pages come from the network, so a new worker serves those that are open as well as the old one did.
    event.waitUntil(fill().then(() => worker.skipWaiting()));
  });
  worker.addEventListener('activate', (event) => event.waitUntil(dropOlder(worker)));
  worker.addEventListener('fetch', (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (url.origin !== worker.location.origin) return;
    const answer = answerOf(request.method, request.mode, url.pathname, files);
    if (answer === 'kept') event.respondWith(kept(request, url.pathname));
    else if (answer === 'page') event.respondWith(navigate(event));
  });
}
