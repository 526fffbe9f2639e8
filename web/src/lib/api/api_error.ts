/** Why a call failed, in one shape for every page. */

export interface FieldError {
  /** JSON Pointer into the body, or a parameter's name. */
  path: string;
  message: string;
}

/** `refused`: the server said no. `network`: it was not reached or did not answer in time. `broken`: it answered nonsense. */
export type FailureKind = 'refused' | 'network' | 'broken';

export class ApiError extends Error {
  readonly kind: FailureKind;
  readonly status: number;
  /** The last part of the problem's type, e.g. "sold-out". */
  readonly code: string;
  readonly fields: FieldError[];
  readonly incident?: string;
  readonly retryAfter_ms?: number;
  readonly #figures: Record<string, unknown>;

  constructor(kind: FailureKind, init: {
    status?: number;
    code?: string;
    detail?: string;
    fields?: FieldError[];
    incident?: string;
    retryAfter_ms?: number;
    figures?: Record<string, unknown>;
  } = {}) {
    super(init.detail ?? init.code ?? kind);
    this.kind = kind;
    this.status = init.status ?? 0;
    this.code = init.code ?? kind;
    this.fields = init.fields ?? [];
    this.incident = init.incident;
    this.retryAfter_ms = init.retryAfter_ms;
    this.#figures = init.figures ?? {};
  }

  /** A figure of the problem, e.g. `available` of sold-out. */
  figure(name: string): number | undefined {
    const value = this.#figures[name];
    return typeof value === 'number' ? value : undefined;
  }

  /** The server's sentence about one field of the body, e.g. "/buyer/phone". */
  field(path: string): string | undefined {
    return this.fields.find((field) => field.path === path)?.message;
  }

  /** Whether the same request may well succeed a moment later. */
  get isPassing(): boolean {
    if (this.kind !== 'refused') return true;
    return this.status >= 500 || this.status === 429 || this.status === 408 || this.code === 'request-in-flight';
  }
}

/** Reads an RFC 9457 problem; anything else becomes `broken`. */
export async function readProblem(response: Response): Promise<ApiError> {
  const retryAfter_s = Number(response.headers.get('Retry-After') ?? Number.NaN);
  const common = {
    status: response.status,
    retryAfter_ms: Number.isFinite(retryAfter_s) ? retryAfter_s * 1000 : undefined,
  };
  let body: unknown;
  try {
    body = await response.json();
  } catch {
    body = undefined;
  }
  if (typeof body !== 'object' || body === null || typeof (body as { type?: unknown }).type !== 'string') {
    return new ApiError(response.status >= 500 ? 'broken' : 'refused', { ...common, code: `http-${response.status}` });
  }
  const problem = body as Record<string, unknown> & { type: string };
  return new ApiError('refused', {
    ...common,
    code: problem.type.split('/').pop() ?? '',
    detail: typeof problem.detail === 'string' ? problem.detail : undefined,
    incident: typeof problem.instance === 'string' ? problem.instance : undefined,
    fields: Array.isArray(problem.errors) ? (problem.errors as FieldError[]) : [],
    figures: problem,
  });
}

export function toApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError('broken', { detail: String(error) });
}
