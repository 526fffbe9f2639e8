/** The questions of a show as the desk has them: those it read, brought up to date by what the room told since. Pure. */
import type { Question, RoomEvent } from '$lib/api/types';

export const kNewsMax = 500;

/** Whether an event says anything about questions. */
export function isNews(event: RoomEvent): boolean {
  return (event.type === 'chat' && event.question === true) || event.type === 'hidden' || event.type === 'answered';
}

/** Open ones first, oldest first, then those answered, the newest answer first. */
export function withNews(read: readonly Question[], news: readonly RoomEvent[]): Question[] {
  const bySeq = new Map(read.map((question) => [question.seq, question]));
  for (const event of news) {
    if (event.type === 'chat' && !bySeq.has(event.seq)) {
      bySeq.set(event.seq, { seq: event.seq, at: event.at, name: event.name, text: event.text });
    } else if (event.type === 'hidden') {
      bySeq.delete(event.hidden_seq);
    } else if (event.type === 'answered') {
      const asked = bySeq.get(event.answered_seq);
      if (asked && !asked.answered_at) bySeq.set(asked.seq, { ...asked, answered_at: event.at });
    }
  }
  const all = [...bySeq.values()];
  const open = all.filter(({ answered_at }) => !answered_at).sort((a, b) => a.seq - b.seq);
  const answered = all.filter(({ answered_at }) => answered_at).sort((a, b) => Date.parse(b.answered_at!) - Date.parse(a.answered_at!) || b.seq - a.seq);
  return [...open, ...answered];
}
