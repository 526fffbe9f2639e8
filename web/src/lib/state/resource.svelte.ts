/** What a page fetches: the data, the wait and the failure, each to be shown. */
import { toApiError, type ApiError } from '$lib/api/api_error';
import type { Page } from '$lib/api/types';

export class Resource<T> {
  data = $state.raw<T | undefined>();
  error = $state.raw<ApiError | undefined>();
  isLoading = $state(true);
  readonly #load: (signal: AbortSignal) => Promise<T>;
  #controller: AbortController | undefined;

  constructor(load: (signal: AbortSignal) => Promise<T>) {
    this.#load = load;
  }

  /** What was there stays visible meanwhile; a newer reload wins over an older one. */
  async reload(): Promise<void> {
    this.#controller?.abort();
    const controller = new AbortController();
    this.#controller = controller;
    this.isLoading = true;
    try {
      const data = await this.#load(controller.signal);
      if (controller.signal.aborted) return;
      this.data = data;
      this.error = undefined;
    } catch (error) {
      if (controller.signal.aborted) return;
      this.error = toApiError(error);
    }
    this.isLoading = false;
  }

  stop(): void {
    this.#controller?.abort();
  }
}

/** Fetches when the component appears and again when `key` changes; to be called while a component is set up. */
export function resource<K, T>(key: () => K, load: (key: K, signal: AbortSignal) => Promise<T>): Resource<T> {
  let current: K;
  const made = new Resource<T>((signal) => load(current, signal));
  $effect(() => {
    const next = key();
    if (next !== current) made.data = undefined;
    current = next;
    void made.reload();
    return () => made.stop();
  });
  return made;
}

/** A list that grows page by page. */
export class PagedList<T> {
  items = $state.raw<T[]>([]);
  error = $state.raw<ApiError | undefined>();
  isLoading = $state(true);
  hasMore = $state(false);
  readonly #load: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>;
  #cursor: string | undefined;
  #controller: AbortController | undefined;

  constructor(load: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>) {
    this.#load = load;
  }

  async reload(): Promise<void> {
    await this.#fetch(undefined);
  }

  async more(): Promise<void> {
    await this.#fetch(this.#cursor);
  }

  stop(): void {
    this.#controller?.abort();
  }

  async #fetch(cursor: string | undefined): Promise<void> {
    this.#controller?.abort();
    const controller = new AbortController();
    this.#controller = controller;
    this.isLoading = true;
    try {
      const page = await this.#load(cursor, controller.signal);
      if (controller.signal.aborted) return;
      this.items = cursor === undefined ? page.items : [...this.items, ...page.items];
      this.#cursor = page.next_cursor;
      this.hasMore = page.next_cursor !== undefined;
      this.error = undefined;
    } catch (error) {
      if (controller.signal.aborted) return;
      this.error = toApiError(error);
    }
    this.isLoading = false;
  }
}

export function pagedList<K, T>(
  key: () => K, load: (key: K, cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>,
): PagedList<T> {
  let current: K;
  const made = new PagedList<T>((cursor, signal) => load(current, cursor, signal));
  $effect(() => {
    const next = key();
    if (next !== current) made.items = [];
    current = next;
    void made.reload();
    return () => made.stop();
  });
  return made;
}
