/** How long a hold still runs, by the server's clock. Pure. */

/** Told aloud when so little is left: not every second. */
export const kMilestones_s = [60, 10, 0] as const;
export type Milestone = (typeof kMilestones_s)[number];

/** By the phone's clock, from the two times of one answer: whatever the phone's clock says, the span is right. */
export function endOf(expiresAt: string, serverNow: string, now_ms: number): number {
  return now_ms + Date.parse(expiresAt) - Date.parse(serverNow);
}

export function leftSeconds(end_ms: number, now_ms: number): number {
  return Math.max(0, Math.ceil((end_ms - now_ms) / 1000));
}

/** "2:59", "0:07". */
export function clockText(left_s: number): string {
  return `${Math.floor(left_s / 60)}:${String(left_s % 60).padStart(2, '0')}`;
}

/** The milestone that was passed between two looks, the last one if there were several. */
export function milestoneBetween(before_s: number, now_s: number): Milestone | undefined {
  return kMilestones_s.filter((at_s) => before_s > at_s && now_s <= at_s).at(-1);
}
