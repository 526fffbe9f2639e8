import { describe, expect, it } from 'vitest';
import type { Question, RoomEvent } from '$lib/api/types';
import { isNews, withNews } from './news';

const at = (second: number) => `2026-01-01T00:00:${String(second).padStart(2, '0')}Z`;
const asked = (seq: number, answered_at?: string): Question => ({ seq, at: at(0), name: 'Ana', text: 'How long?', ...(answered_at && { answered_at }) });
const chat = (seq: number, question?: true): RoomEvent => ({ type: 'chat', seq, at: at(seq), name: 'Luis', role: 'viewer', text: 'Real?', ...(question && { question }) });
const answered = (seq: number, answered_seq: number): RoomEvent => ({ type: 'answered', seq, at: at(seq), answered_seq });
const seqs = (all: Question[]) => all.map(({ seq, answered_at }) => (answered_at ? -seq : seq));

describe('the questions of a show', () => {
  it('come in as they are asked, and each once', () => {
    expect(seqs(withNews([asked(1), asked(2)], [chat(2, true), chat(3, true)]))).toEqual([1, 2, 3]);
  });

  it('are answered and hidden', () => {
    const news: RoomEvent[] = [chat(3, true), answered(4, 1), answered(5, 3), { type: 'hidden', seq: 6, at: at(6), hidden_seq: 2 }];
    expect(seqs(withNews([asked(1), asked(2), asked(9)], news))).toEqual([9, -3, -1]);
  });

  it('keep who answered them first', () => {
    expect(withNews([asked(1, at(1))], [answered(9, 1)])[0]?.answered_at).toBe(at(1));
  });

  it('are not what is said otherwise', () => {
    expect([chat(1), chat(2, true), answered(3, 2)].map(isNews)).toEqual([false, true, true]);
  });
});
