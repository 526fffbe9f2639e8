import { expect, test } from 'vitest';
import type { ChatMessage } from '$lib/api/types';
import { autoLeft, isForeign, kAutoAtOnceMax, kAutoPerMinute, langOf, nextForeign } from './foreign';

const said = (seq: number, text: string, lang?: string): ChatMessage =>
  ({ type: 'chat', seq, at: '2026-11-30T00:00:00Z', name: 'Ana', role: 'viewer', text, ...(lang && { lang }) });

test('a message is foreign in another language, or in one that nobody knows', () => {
  expect(isForeign(said(1, 'Hola', 'es'), 'en')).toBe(true);
  expect(isForeign(said(1, 'Hola', 'es'), 'es')).toBe(false);
  expect(isForeign(said(1, 'Hola'), 'en')).toBe(true);
});

test('what has no words, or others do not see, is not', () => {
  expect(isForeign(said(1, '666 👍', 'zxx'), 'en')).toBe(false);
  expect(isForeign(said(1, '666 👍'), 'en')).toBe(false);
  expect(isForeign(said(-1, 'Hola', 'es'), 'en')).toBe(false);
});

test('an element has no tag for what has no language', () => {
  expect([langOf('es'), langOf('zxx'), langOf(undefined)]).toEqual(['es', undefined, undefined]);
});

test('the newest comes next, and of the last alone', () => {
  const old = said(1, 'Hola', 'es');
  const others = Array.from({ length: kAutoAtOnceMax }, (_, at) => said(at + 2, 'Hello', 'en'));
  expect(nextForeign([old, ...others], 'en', () => false)).toBeUndefined();
  const mixed = [said(1, 'Hola', 'es'), said(2, '多少钱', 'zh'), said(3, 'Hello', 'en')];
  expect(nextForeign(mixed, 'en', () => false)?.seq).toBe(2);
  expect(nextForeign(mixed, 'en', ({ seq }) => seq === 2)?.seq).toBe(1);
  expect(nextForeign(mixed, 'en', () => true)).toBeUndefined();
});

test('only so many begin by themselves in a minute', () => {
  expect(autoLeft([], 0)).toBe(kAutoPerMinute);
  const begun = Array.from({ length: kAutoPerMinute }, (_, at) => at * 100);
  expect(autoLeft(begun, 3_000)).toBe(0);
  expect(autoLeft(begun, 60_050)).toBe(1);
});
