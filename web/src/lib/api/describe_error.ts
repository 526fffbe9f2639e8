/** A failure in the viewer's language: what happened, and what to do. */
import { hasMessage, t } from '$lib/i18n/i18n.svelte';
import { toApiError } from './api_error';

export function describeError(error: unknown): string {
  const failure = toApiError(error);
  const key = `problem.${failure.code}`;
  if (hasMessage(key)) return t(key);
  if (failure.kind === 'network') return t('problem.network');
  if (failure.status === 429) return t('problem.rate-limited');
  if (failure.status === 403) return t('problem.forbidden');
  if (failure.status === 404) return t('problem.not-found');
  if (failure.status === 401) return t('problem.signed-out');
  if (failure.incident) return t('problem.incident', { incident: failure.incident });
  return failure.status >= 400 && failure.status < 500 ? t('problem.refused') : t('problem.server');
}

/** The faulty fields of a body by JSON Pointer, each with a sentence in the viewer's language. */
export function describeFields(error: unknown): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const { path } of toApiError(error).fields) fields[path] = t('field.invalid');
  return fields;
}
