/** What a service worker is given, as far as it is used here: the types of pages know nothing of it. */

export interface LongEvent extends Event {
  /** The worker is not ended before. */
  waitUntil(done: Promise<unknown>): void;
}

export interface RequestEvent extends LongEvent {
  readonly request: Request;
  /** Of a page that was asked for while the worker woke up. */
  readonly preloadResponse: Promise<Response | undefined>;
  respondWith(answer: Promise<Response>): void;
}

export interface WorkerScope {
  readonly location: Location;
  readonly registration: ServiceWorkerRegistration;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: LongEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: RequestEvent) => void): void;
}
