/**
 * The line to a show's room: joins, resumes after what it has seen, and comes back by itself.
 * Runs on the page's thread; `close` ends it for good.
 */
import type { Command, Refused, RoomEvent, ServerFrame, Wanted } from '$lib/api/types';
import { applyFrame, emptyRoom, type RoomState } from './room_state';

export type RoomLink = 'connecting' | 'open' | 'waiting' | 'ended' | 'closed';

/** The part of WebSocket that is used, so that tests bring their own. */
export interface RoomSocket {
  send(text: string): void;
  close(code?: number): void;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
}

export interface RoomHandlers {
  onState(state: RoomState): void;
  onEvents?(events: RoomEvent[]): void;
  onRefused?(refused: Refused): void;
  /** Something was ordered in the chat by this viewer. */
  onWanted?(wanted: Wanted): void;
  onLink?(link: RoomLink): void;
}

export interface RoomOptions {
  /** The room's address without a query, e.g. wss://…/api/v1/shows/7/room. */
  address: string;
  open: (address: string) => RoomSocket;
  random?: () => number;
}

const kBackoffFirst_ms = 400;
const kBackoffMax_ms = 15_000;
const kBackoffAfterRuleBroken_ms = 30_000;
/** Longer than the server ever keeps silent: the line is dead then, even if nobody has said so. */
const kSilenceMax_ms = 40_000;
const kCloseRuleBroken = 1008;
const kCloseRoomEnded = 4001;
const kRefLength = 12;

/** Half of it certain, half by chance, so that a restarted server is not met by everybody at once. */
export function backoff_ms(attempt: number, random: number): number {
  const whole = Math.min(kBackoffMax_ms, kBackoffFirst_ms * 2 ** Math.min(attempt, 10));
  return whole / 2 + (whole / 2) * random;
}

export class RoomClient {
  state: RoomState = emptyRoom();
  link: RoomLink = 'closed';
  readonly #options: RoomOptions;
  readonly #handlers: RoomHandlers;
  #socket: RoomSocket | undefined;
  #attempt = 0;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #silenceTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: RoomOptions, handlers: RoomHandlers) {
    this.#options = options;
    this.#handlers = handlers;
  }

  join(): void {
    if (this.#socket) return;
    clearTimeout(this.#retryTimer);
    this.#setLink('connecting');
    const socket = this.#options.open(this.#address());
    this.#socket = socket;
    socket.onmessage = (event) => this.#receive(socket, event.data);
    socket.onclose = (event) => this.#lost(socket, event.code);
    this.#watchSilence();
  }

  /** Joins anew as a newcomer: the server looks at the device and the session again. */
  rejoinAfresh(): void {
    this.state = { ...this.state, epoch: '', seq: 0 };
    this.reconnectNow();
  }

  /** Does not wait for the back-off; for when the network or the page has come back. */
  reconnectNow(): void {
    if (this.link === 'closed' || this.link === 'ended') return;
    this.#drop();
    this.#attempt = 0;
    this.join();
  }

  /** Whether it was handed to an open line. What the server says about it comes by `onRefused` with the same ref. */
  send(command: Command): boolean {
    if (this.link !== 'open' || !this.#socket) return false;
    try {
      this.#socket.send(JSON.stringify(command));
      return true;
    } catch {
      return false;
    }
  }

  close(): void {
    this.#drop();
    clearTimeout(this.#retryTimer);
    this.#setLink('closed');
  }

  newRef(): string {
    const random = this.#options.random ?? Math.random;
    return Array.from({ length: kRefLength }, () => Math.floor(random() * 36).toString(36)).join('');
  }

  #address(): string {
    const { epoch, seq } = this.state;
    if (!epoch) return this.#options.address;
    return `${this.#options.address}?since=${seq}&epoch=${encodeURIComponent(epoch)}`;
  }

  #receive(socket: RoomSocket, data: unknown): void {
    if (socket !== this.#socket || typeof data !== 'string') return;
    let frame: ServerFrame;
    try {
      frame = JSON.parse(data) as ServerFrame;
    } catch {
      return;
    }
    this.#watchSilence();
    this.#attempt = 0;
    this.#setLink('open');
    const { state, events, hasGap } = applyFrame(this.state, frame);
    this.state = state;
    this.#handlers.onState(state);
    if (events.length > 0) this.#handlers.onEvents?.(events);
    if (frame.refused) this.#handlers.onRefused?.(frame.refused);
    if (frame.wanted) this.#handlers.onWanted?.(frame.wanted);
    if (hasGap) this.reconnectNow();
  }

  #lost(socket: RoomSocket, code: number): void {
    if (socket !== this.#socket) return;
    this.#drop();
    if (code === kCloseRoomEnded) {
      this.#setLink('ended');
      return;
    }
    const random = this.#options.random ?? Math.random;
    const delay_ms = code === kCloseRuleBroken
      ? kBackoffAfterRuleBroken_ms
      : backoff_ms(this.#attempt, random());
    this.#attempt += 1;
    this.#setLink('waiting');
    this.#retryTimer = setTimeout(() => this.join(), delay_ms);
  }

  #watchSilence(): void {
    clearTimeout(this.#silenceTimer);
    this.#silenceTimer = setTimeout(() => this.reconnectNow(), kSilenceMax_ms);
  }

  #drop(): void {
    clearTimeout(this.#silenceTimer);
    clearTimeout(this.#retryTimer);
    const socket = this.#socket;
    this.#socket = undefined;
    if (!socket) return;
    socket.onmessage = null;
    socket.onclose = null;
    try {
      socket.close(1000);
    } catch {
      // It was gone already.
    }
  }

  #setLink(link: RoomLink): void {
    if (this.link === link) return;
    this.link = link;
    this.#handlers.onLink?.(link);
  }
}
