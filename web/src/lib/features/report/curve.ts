/** What the chart of a report shows, from the report. */
import type { ShowReport } from '$lib/api/types';

/** Columns as uPlot takes them: minutes, viewers (null: nobody looked), takings in minor units. */
export type Curve = [number[], (number | null)[], number[]];

export function curveOf(report: ShowReport): Curve {
  const { minutes } = report;
  return [minutes.map((_, minute) => minute), minutes.map(({ viewers }) => viewers ?? null), minutes.map(({ takings_minor }) => takings_minor)];
}

/** The product that was pinned for the most of a minute; none where nothing was. */
export function shownIn(report: ShowReport, minute: number): string | undefined {
  const [from, to] = [minute * 60, minute * 60 + 60];
  let best: string | undefined;
  let most = 0;
  for (const pin of report.pins) {
    const span = Math.min(pin.to_s, to) - Math.max(pin.from_s, from);
    if (span > most) [best, most] = [pin.product_id, span];
  }
  return best;
}

/** 75 as "1:15", 3,675 as "1:01:15". */
export function clockOf(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const rest = [Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60];
  const shown = hours > 0 ? [hours, ...rest] : rest;
  return shown.map((part, i) => (i === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}
