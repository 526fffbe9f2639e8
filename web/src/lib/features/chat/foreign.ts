/** Pure: which messages can be had in the viewer's language, and which come next by themselves. */
import type { ChatMessage } from '$lib/api/types';

/** When every message is translated: so many of those that were there, and so many a minute. */
export const kAutoAtOnceMax = 20;
export const kAutoPerMinute = 30;
const kMinute_ms = 60_000;

const kNoLanguage = 'zxx';

/** `language` is the viewer's, as its primary subtag. A message that others do not see cannot be translated. */
export function isForeign({ seq, lang, text }: Pick<ChatMessage, 'seq' | 'lang' | 'text'>, language: string): boolean {
  if (seq < 1 || lang === language || lang === kNoLanguage) return false;
  return lang !== undefined || /\p{L}/u.test(text);
}

/** The language tag of a text for its element; none where it is not known. */
export function langOf(lang: string | undefined): string | undefined {
  return lang === kNoLanguage ? undefined : lang;
}

/** How many may begin by themselves now, when these began at those times. */
export function autoLeft(begun_ms: readonly number[], now_ms: number): number {
  return Math.max(0, kAutoPerMinute - begun_ms.filter((at_ms) => now_ms - at_ms < kMinute_ms).length);
}

/** The newest first: that is what is read. `isKnown` tells of those that were asked for already. */
export function nextForeign(messages: readonly ChatMessage[], language: string, isKnown: (message: ChatMessage) => boolean): ChatMessage | undefined {
  return messages.slice(-kAutoAtOnceMax).findLast((message) => isForeign(message, language) && !isKnown(message));
}
