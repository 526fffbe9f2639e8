/** A moment of a recording: in an address ("#t=760"), and among the chapters. Pure. */

export interface Span {
  from_ms: number;
  to_ms: number;
}

/** The second an address names; none when it names none. Hours are bounded, so that nonsense is no moment. */
export function momentOf(hash: string): number | undefined {
  const match = /^#(?:.*&)?t=(\d{1,6})(?:\.\d+)?(?:&|$)/.exec(hash);
  return match ? Number(match[1]) : undefined;
}

/** The page's address with a moment in it. */
export function withMoment(href: string, at_s: number): string {
  const url = new URL(href);
  url.hash = at_s >= 1 ? `t=${Math.floor(at_s)}` : '';
  return url.href;
}

/** Which chapter a moment belongs to: the one that runs, else the last that did. None before the first. */
export function chapterAt(chapters: readonly Span[], at_s: number): number | undefined {
  const at_ms = at_s * 1000;
  const begun = chapters.filter(({ from_ms }) => from_ms <= at_ms).length;
  return begun > 0 ? begun - 1 : undefined;
}
