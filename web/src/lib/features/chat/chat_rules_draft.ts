/** The rules of a chat as the form holds them. Pure. */
import type { ChatRules } from '$lib/api/types';

export const kWordsMax = 200;
export const kWordLengthMax = 40;
export const kSlowModes_s = [0, 5, 10, 30, 60, 120, 300];

export interface ChatRulesDraft {
  slow_mode_s: number;
  isMembersOnly: boolean;
  isWithoutLinks: boolean;
  mutesCommon: boolean;
  takesOrders: boolean;
  /** One a line. */
  words: string;
}

export function draftOf(rules: ChatRules): ChatRulesDraft {
  return {
    slow_mode_s: rules.slow_mode_s,
    isMembersOnly: rules.who === 'members',
    isWithoutLinks: rules.links === 'off',
    mutesCommon: rules.mutes_common,
    takesOrders: rules.takes_orders ?? true,
    words: rules.muted_words.join('\n'),
  };
}

export function wordsOf(text: string): string[] {
  const words = text.split(/[\n,，、;；]/).map((word) => word.trim()).filter((word) => word !== '');
  return [...new Set(words)];
}

export type WordsFault = { kind: 'many' } | { kind: 'long'; word: string } | undefined;

export function wordsFault(text: string): WordsFault {
  const words = wordsOf(text);
  if (words.length > kWordsMax) return { kind: 'many' };
  const word = words.find((one) => [...one].length > kWordLengthMax);
  return word === undefined ? undefined : { kind: 'long', word };
}

export function rulesOf(draft: ChatRulesDraft): ChatRules {
  return {
    slow_mode_s: draft.slow_mode_s,
    who: draft.isMembersOnly ? 'members' : 'everyone',
    links: draft.isWithoutLinks ? 'off' : 'allowed',
    mutes_common: draft.mutesCommon,
    takes_orders: draft.takesOrders,
    muted_words: wordsOf(draft.words),
  };
}

/** The choices of slow mode, with the one that is set by another program among them. */
export function slowModes_s(current_s: number): number[] {
  return [...new Set([...kSlowModes_s, current_s])].sort((a, b) => a - b);
}
