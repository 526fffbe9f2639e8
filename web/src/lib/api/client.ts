/** Typed calls of the REST contract: `api.get('/shows/{show_id}', { path: { show_id } })`. Throws ApiError. */
import { ApiError, readProblem } from './api_error';
import type { paths } from './schema';
import { noteServerDate } from '$lib/state/server_clock';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends { [K in M]: object } ? P : never;
}[keyof paths];
type Operation<P extends keyof paths, M extends Method> = paths[P] extends { [K in M]: infer Op } ? Op : never;

type PathParams<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? { [K in Name | keyof PathParams<Rest>]: string | number }
  : Record<never, never>;
type QueryOf<Op> = Op extends { parameters: { query?: infer Q } } ? Q : never;
type BodyOf<Op> = Op extends { requestBody: { content: { 'application/json': infer B } } } ? B : never;
/** Of an operation that may be asked without one. */
type OptionalBodyOf<Op> = Op extends { requestBody?: infer R }
  ? [NonNullable<R>] extends [never] ? never : NonNullable<R> extends { content: { 'application/json': infer B } } ? B : never
  : never;
type JsonOf<R> = R extends { content: { 'application/json': infer J } } ? J : undefined;
type DataOf<Op> = Op extends { responses: infer R }
  ? R extends { 200: infer A } ? JsonOf<A> : R extends { 201: infer B } ? JsonOf<B> : undefined
  : never;

export interface Answer<T> {
  data: T;
  etag: string | null;
}

type Options<P extends string, Op> = {
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** 0 waits for ever; not told: 20 s. */
  timeout_ms?: number;
  query?: QueryOf<Op>;
} & (keyof PathParams<P> extends never ? { path?: undefined } : { path: PathParams<P> }) &
  ([BodyOf<Op>] extends [never]
    ? [OptionalBodyOf<Op>] extends [never] ? { body?: undefined } : { body?: OptionalBodyOf<Op> }
    : { body: BodyOf<Op> });

export const kApiBase = '/api/v1';
const kTimeout_ms = 20_000;
const kReadRetries = 1;
const kReadRetryDelay_ms = 600;

let csrfToken = '';
let renewCsrf: (() => Promise<void>) | undefined;

/** The session tells its token here; `renew` is asked once when the server no longer takes it. */
export function setCsrf(token: string, renew?: () => Promise<void>): void {
  csrfToken = token;
  renewCsrf = renew ?? renewCsrf;
}

export function csrfHeaders(): Record<string, string> {
  return csrfToken ? { 'X-CSRF-Token': csrfToken } : {};
}

interface RawOptions {
  path?: Record<string, string | number>;
  query?: object;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  timeout_ms?: number;
}

/** The address of an API path with its parameters filled in. */
export function apiAddress(path: string, params: Record<string, string | number> = {}, query: object = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return kApiBase + filled + (text ? `?${text}` : '');
}

/** Runs `work` with a signal that also fires when the time is over. */
async function withTimeout<T>(
  timeout_ms: number, outer: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = timeout_ms > 0 ? setTimeout(abort, timeout_ms) : undefined;
  outer?.addEventListener('abort', abort);
  if (outer?.aborted) abort();
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', abort);
  }
}

async function readAnswer(response: Response): Promise<Answer<unknown>> {
  noteServerDate(response.headers.get('Date'));
  if (!response.ok) throw await readProblem(response);
  const etag = response.headers.get('ETag');
  if (response.status === 204) return { data: undefined, etag };
  try {
    return { data: await response.json(), etag };
  } catch {
    throw new ApiError('broken', { status: response.status });
  }
}

async function sendOnce(method: Method, path: string, options: RawOptions): Promise<Answer<unknown>> {
  const headers: Record<string, string> = { Accept: 'application/json', ...options.headers };
  if (method !== 'get') Object.assign(headers, csrfHeaders());
  let body: string | undefined;
  if (options.body !== undefined) {
    headers['Content-Type'] = 'application/json';
    body = JSON.stringify(options.body);
  }
  const address = apiAddress(path, options.path, options.query);
  return withTimeout(options.timeout_ms ?? kTimeout_ms, options.signal, async (signal) => {
    let response: Response;
    try {
      response = await fetch(address, { method: method.toUpperCase(), headers, body, signal, credentials: 'same-origin' });
    } catch {
      throw new ApiError('network');
    }
    return readAnswer(response);
  });
}

async function send(method: Method, path: string, options: RawOptions): Promise<Answer<unknown>> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await sendOnce(method, path, options);
    } catch (error) {
      if (!(error instanceof ApiError) || options.signal?.aborted) throw error;
      const isLastRead = attempt >= kReadRetries;
      if (method === 'get' && error.kind === 'network' && !isLastRead) {
        await new Promise((resolve) => setTimeout(resolve, kReadRetryDelay_ms));
        continue;
      }
      if (error.code.startsWith('csrf') && attempt === 0 && renewCsrf) {
        await renewCsrf();
        continue;
      }
      throw error;
    }
  }
}

type Call<M extends Method> = <P extends PathOf<M> & string>(
  path: P,
  ...options: keyof PathParams<P> extends never
    ? [BodyOf<Operation<P, M>>] extends [never]
      ? [options?: Options<P, Operation<P, M>>]
      : [options: Options<P, Operation<P, M>>]
    : [options: Options<P, Operation<P, M>>]
) => Promise<Answer<DataOf<Operation<P, M>>>>;

function caller<M extends Method>(method: M): Call<M> {
  return ((path: string, options: RawOptions = {}) => send(method, path, options)) as unknown as Call<M>;
}

export const api = {
  get: caller('get'),
  post: caller('post'),
  put: caller('put'),
  patch: caller('patch'),
  delete: caller('delete'),
};
