import { describe, expect, test } from 'vitest';
import type { ShowReport } from '$lib/api/types';
import { clockOf, curveOf, shownIn } from './curve';

const minute = (viewers?: number, takings_minor = 0) => ({ viewers, takings_minor, orders: 0, units: 0, messages: 0 });
const report = (over: Partial<ShowReport>): ShowReport => ({ minutes: [], pins: [], ...over }) as ShowReport;

describe('the curve of a report', () => {
  test('has a gap where nobody looked', () => {
    expect(curveOf(report({ minutes: [minute(3, 100), minute(), minute(0)] }))).toEqual([[0, 1, 2], [3, null, 0], [100, 0, 0]]);
  });

  test('names what was shown for the most of a minute', () => {
    const all = report({ pins: [{ product_id: '1', from_s: 0, to_s: 80 }, { product_id: '2', from_s: 80, to_s: 200 }] });
    expect([0, 1, 2, 3, 4].map((at) => shownIn(all, at))).toEqual(['1', '2', '2', '2', undefined]);
  });

  test('tells times as a player does', () => {
    expect([0, 9, 75, 3600, 3675].map(clockOf)).toEqual(['0:00', '0:09', '1:15', '1:00:00', '1:01:15']);
  });
});
