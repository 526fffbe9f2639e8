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

export interface PushEvent extends LongEvent {
  readonly data: { json(): unknown } | null;
}

export interface NotificationEvent extends LongEvent {
  readonly notification: Notification;
}

export interface SubscriptionChange extends LongEvent {
  readonly oldSubscription: PushSubscription | null;
  readonly newSubscription: PushSubscription | null;
}

export interface OpenWindow {
  readonly url: string;
  focus(): Promise<unknown>;
}

export interface WorkerScope {
  readonly location: Location;
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(which: { type: 'window'; includeUncontrolled: boolean }): Promise<OpenWindow[]>;
    openWindow(path: string): Promise<unknown>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: LongEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: RequestEvent) => void): void;
  addEventListener(type: 'push', listener: (event: PushEvent) => void): void;
  addEventListener(type: 'notificationclick', listener: (event: NotificationEvent) => void): void;
  addEventListener(type: 'pushsubscriptionchange', listener: (event: SubscriptionChange) => void): void;
}
