import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RoomEvent, ServerFrame } from '$lib/api/types';
import { backoff_ms, RoomClient, type RoomSocket } from './room_client';

class FakeSocket implements RoomSocket {
  onmessage: RoomSocket['onmessage'] = null;
  onclose: RoomSocket['onclose'] = null;
  sent: string[] = [];
  isClosed = false;
  constructor(readonly address: string) {}
  send(text: string) { this.sent.push(text); }
  close() { this.isClosed = true; }
  tell(frame: ServerFrame) { this.onmessage?.({ data: JSON.stringify(frame) }); }
  lose(code: number) { this.onclose?.({ code }); }
}

const at = '2026-01-01T00:00:00Z';
const chat = (seq: number, text = `m${seq}`): RoomEvent => ({ type: 'chat', seq, at, name: 'Ana', role: 'viewer', text });
const snapshot = (seq: number, epoch = 'e1'): ServerFrame => ({
  snapshot: { epoch, seq, status: 'live', video: 'live', messages: [], now: at, you: { role: 'viewer', name: '' } },
});

function setUp() {
  const sockets: FakeSocket[] = [];
  const seen: number[] = [];
  const client = new RoomClient(
    { address: 'ws://room', random: () => 1, open: (address) => {
      const socket = new FakeSocket(address);
      sockets.push(socket);
      return socket;
    } },
    { onState: () => {}, onEvents: (events) => seen.push(...events.map((event) => event.seq)) },
  );
  client.join();
  return { client, sockets, seen, last: () => sockets[sockets.length - 1]! };
}

describe('RoomClient', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('joins as a newcomer without since', () => {
    expect(setUp().last().address).toBe('ws://room');
  });

  it('resumes after the newest event it has seen', () => {
    const { sockets, last } = setUp();
    last().tell(snapshot(4));
    last().tell({ events: [chat(5), chat(6)] });
    last().lose(1006);
    vi.runOnlyPendingTimers();
    expect(sockets).toHaveLength(2);
    expect(last().address).toBe('ws://room?since=6&epoch=e1');
  });

  it('tells each event once when the resumed frame overlaps', () => {
    const { seen, last } = setUp();
    last().tell(snapshot(0));
    last().tell({ events: [chat(1), chat(2)] });
    last().tell({ events: [chat(2), chat(3)] });
    expect(seen).toEqual([1, 2, 3]);
  });

  it('rejoins at a gap and applies nothing behind it', () => {
    const { client, sockets, seen, last } = setUp();
    last().tell(snapshot(1));
    last().tell({ events: [chat(2), chat(4)] });
    expect(seen).toEqual([2]);
    expect(client.state.seq).toBe(2);
    expect(sockets).toHaveLength(2);
    expect(last().address).toBe('ws://room?since=2&epoch=e1');
  });

  it('takes the snapshot of a restarted server, though its numbers are smaller', () => {
    const { client, last } = setUp();
    last().tell(snapshot(90));
    last().lose(1001);
    vi.runOnlyPendingTimers();
    last().tell(snapshot(3, 'e2'));
    last().tell({ events: [chat(4)] });
    expect(client.state.epoch).toBe('e2');
    expect(client.state.messages.map((message) => message.seq)).toEqual([4]);
  });

  it('waits longer after every failure, and short again after a frame', () => {
    const { sockets, last } = setUp();
    last().lose(1006);
    vi.advanceTimersByTime(400);
    expect(sockets).toHaveLength(2);
    last().lose(1006);
    vi.advanceTimersByTime(400);
    expect(sockets).toHaveLength(2);
    vi.advanceTimersByTime(400);
    expect(sockets).toHaveLength(3);
    last().tell(snapshot(1));
    last().lose(1006);
    vi.advanceTimersByTime(400);
    expect(sockets).toHaveLength(4);
  });

  it('takes a line that is silent for 40 s for dead', () => {
    const { sockets, last } = setUp();
    last().tell(snapshot(1));
    const first = last();
    vi.advanceTimersByTime(39_000);
    expect(sockets).toHaveLength(1);
    last().tell({ state: { viewers: 2 } });
    vi.advanceTimersByTime(39_000);
    expect(sockets).toHaveLength(1);
    vi.advanceTimersByTime(1_000);
    expect(sockets).toHaveLength(2);
    expect(first.isClosed).toBe(true);
  });

  it('does not come back to a room that has ended', () => {
    const { client, sockets, last } = setUp();
    last().tell(snapshot(1));
    last().lose(4001);
    vi.advanceTimersByTime(120_000);
    expect(sockets).toHaveLength(1);
    expect(client.link).toBe('ended');
  });

  it('keeps away for half a minute after it broke a rule', () => {
    const { sockets, last } = setUp();
    last().lose(1008);
    vi.advanceTimersByTime(29_000);
    expect(sockets).toHaveLength(1);
    vi.advanceTimersByTime(1_000);
    expect(sockets).toHaveLength(2);
  });

  it('sends only over an open line', () => {
    const { client, last } = setUp();
    expect(client.send({ type: 'chat', text: 'hola' })).toBe(false);
    last().tell(snapshot(1));
    expect(client.send({ type: 'chat', text: 'hola' })).toBe(true);
    expect(last().sent).toEqual(['{"type":"chat","text":"hola"}']);
  });

  it('asks for a snapshot when it joins afresh', () => {
    const { client, last } = setUp();
    last().tell(snapshot(5));
    client.rejoinAfresh();
    expect(last().address).toBe('ws://room');
  });

  it('stays closed', () => {
    const { client, sockets, last } = setUp();
    const socket = last();
    client.close();
    socket.lose(1006);
    vi.advanceTimersByTime(120_000);
    expect(sockets).toHaveLength(1);
  });
});

describe('backoff_ms', () => {
  it('grows to a limit and is never below half of its step', () => {
    expect(backoff_ms(0, 0)).toBe(200);
    expect(backoff_ms(3, 1)).toBe(3200);
    expect(backoff_ms(50, 1)).toBe(15_000);
  });
});
