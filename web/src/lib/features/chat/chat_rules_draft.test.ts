import { describe, expect, it } from 'vitest';
import type { ChatRules } from '$lib/api/types';
import { draftOf, kWordsMax, rulesOf, slowModes_s, wordsFault, wordsOf } from './chat_rules_draft';

describe('the draft of chat rules', () => {
  it('gives back what it was made of', () => {
    const rules: ChatRules = { slow_mode_s: 30, who: 'members', links: 'off', takes_orders: false, mutes_common: false, muted_words: ['plastic', '假货', 'fake pearl'] };
    expect(rulesOf(draftOf(rules))).toEqual(rules);
    const open: ChatRules = { slow_mode_s: 0, who: 'everyone', links: 'allowed', takes_orders: true, mutes_common: true, muted_words: [] };
    expect(rulesOf(draftOf(open))).toEqual(open);
  });

  it('takes words by lines and commas, each once', () => {
    expect(wordsOf(' plastic\nfake pearl, 假货，山寨、\n\nplastic;x')).toEqual(['plastic', 'fake pearl', '假货', '山寨', 'x']);
  });

  it('says which word is too long, and when there are too many', () => {
    expect(wordsFault('a\nb')).toBeUndefined();
    expect(wordsFault(`a\n${'珠'.repeat(41)}`)).toEqual({ kind: 'long', word: '珠'.repeat(41) });
    expect(wordsFault('😀'.repeat(40))).toBeUndefined();
    expect(wordsFault(Array.from({ length: kWordsMax + 1 }, (_, n) => `w${n}`).join('\n'))).toEqual({ kind: 'many' });
  });

  it('offers a slow mode that somebody else has set', () => {
    expect(slowModes_s(45)).toEqual([0, 5, 10, 30, 45, 60, 120, 300]);
    expect(slowModes_s(0)).toEqual([0, 5, 10, 30, 60, 120, 300]);
  });
});
