import { beforeEach, describe, expect, it, vi } from 'vitest';

const kDate = 'Fri, 01 May 2026 12:00:00 GMT';
const at_ms = Date.parse(kDate);
let clock: typeof import('./server_clock');

describe("the server's clock", () => {
  beforeEach(async () => {
    vi.resetModules();
    clock = await import('./server_clock');
  });

  it('is that of the Date header, unless the difference is small', () => {
    clock.noteServerDate(kDate, at_ms - 60_000);
    expect(clock.serverNow_ms(at_ms)).toBe(at_ms + 60_500);
    clock.noteServerDate(kDate, at_ms - 200);
    expect(clock.serverNow_ms(at_ms)).toBe(at_ms);
    clock.noteServerDate('yesterday', at_ms);
    expect(clock.serverNow_ms(at_ms)).toBe(at_ms);
  });

  it("is the room's where there is one, whatever a Date header rounds to", () => {
    clock.noteRoomClock(840);
    clock.noteServerDate(kDate, at_ms - 900);
    expect(clock.serverNow_ms(at_ms)).toBe(at_ms + 840);
    clock.noteRoomClock(Number.NaN);
    expect(clock.serverNow_ms(at_ms)).toBe(at_ms + 840);
  });

  it("is the Date header's again once the phone's own clock was set", () => {
    clock.noteRoomClock(840);
    clock.noteServerDate(kDate, at_ms - 3_600_000);
    expect(clock.serverNow_ms(at_ms)).toBe(at_ms + 3_600_500);
  });
});
