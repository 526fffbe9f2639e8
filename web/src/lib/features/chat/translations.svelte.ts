/** The messages of a show in the viewer's language: one by one as they are asked for, or all that come. */
import { untrack } from 'svelte';
import { api } from '$lib/api/client';
import { toApiError } from '$lib/api/api_error';
import { describeError } from '$lib/api/describe_error';
import type { ChatMessage } from '$lib/api/types';
import { locale } from '$lib/i18n/i18n.svelte';
import type { Room } from '$lib/room/room.svelte';
import { readStored, writeStored } from '$lib/state/storage';
import { autoLeft, isForeign, nextForeign } from './foreign';

const kStorageKey = 'translate_all';
const kPauseMin_ms = 5_000;
const kAutoCallsMax = 2;
/** More than a page of chat holds, in two languages; the oldest go. */
const kToldMax = 500;

export interface Told {
  state: 'busy' | 'done' | 'failed';
  text: string;
  /** What the text is in; of a translation the viewer's. */
  lang: string;
  /** Of a failure: what to do. */
  fault: string;
  isShown: boolean;
}

let isAll = $state(readStored(kStorageKey) === 'on');

/** Whether this device wants every message in its language; remembered. */
export const translateAll = {
  get isOn(): boolean {
    return isAll;
  },
  set(next: boolean): void {
    isAll = next;
    writeStored(kStorageKey, next ? 'on' : 'off');
  },
};

export class ChatTranslations {
  readonly #showId: string;
  readonly #room: Room;
  /** By epoch, language and number. */
  #told = $state.raw<Record<string, Told>>({});
  /** Grows with each that came by itself. */
  #arrived = $state(0);
  #begun_ms: number[] = [];
  #autoCalls = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pausedUntil_ms = 0;
  #isClosed = false;

  constructor(showId: string, room: Room) {
    this.#showId = showId;
    this.#room = room;
  }

  /** Whether the server translates at all. */
  get isOffered(): boolean {
    return this.#room.state.translates;
  }

  get arrived(): number {
    return this.#arrived;
  }

  canHave(message: ChatMessage): boolean {
    return this.isOffered && isForeign(message, locale());
  }

  of(message: ChatMessage): Told | undefined {
    return this.#told[this.#keyOf(message)];
  }

  /** A tap: translates, or changes between the two. */
  async toggle(message: ChatMessage): Promise<void> {
    const told = this.of(message);
    if (told?.state === 'busy') return;
    if (told?.state === 'done') this.#put(this.#keyOf(message), { ...told, isShown: !told.isShown });
    else await this.#fetch(message);
  }

  /** Translates what comes while all is wanted; to be called in an effect. */
  followRoom(): void {
    void [this.#room.state.messages, locale()];
    if (translateAll.isOn && this.isOffered) untrack(() => this.#goOn());
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #keyOf({ seq }: ChatMessage): string {
    return `${this.#room.state.epoch}/${locale()}/${seq}`;
  }

  #put(key: string, told: Told): void {
    const { [key]: _before, ...others } = this.#told;
    this.#told = Object.fromEntries([...Object.entries(others).slice(1 - kToldMax), [key, told]]);
  }

  #goOn(): void {
    clearTimeout(this.#timer);
    if (this.#isClosed || !translateAll.isOn || !this.isOffered) return;
    const now_ms = Date.now();
    this.#begun_ms = this.#begun_ms.slice(-100);
    while (this.#autoCalls < kAutoCallsMax) {
      const message = nextForeign(this.#room.state.messages, locale(), (one) => this.of(one) !== undefined);
      if (message === undefined) return;
      const wait_ms = this.#pausedUntil_ms - now_ms;
      if (wait_ms > 0 || autoLeft(this.#begun_ms, now_ms) === 0) {
        this.#timer = setTimeout(() => this.#goOn(), Math.max(wait_ms, kPauseMin_ms));
        return;
      }
      this.#begun_ms.push(now_ms);
      void this.#fetchByItself(message);
    }
  }

  async #fetchByItself(message: ChatMessage): Promise<void> {
    this.#autoCalls += 1;
    const wait_ms = await this.#fetch(message);
    this.#autoCalls -= 1;
    this.#arrived += 1;
    if (wait_ms > 0) this.#pausedUntil_ms = Date.now() + wait_ms;
    this.#goOn();
  }

  /** How long nothing more is to be asked for. */
  async #fetch(message: ChatMessage): Promise<number> {
    const key = this.#keyOf(message);
    const to = locale();
    this.#put(key, { state: 'busy', text: '', lang: '', fault: '', isShown: false });
    try {
      const path = { show_id: this.#showId, seq: message.seq };
      const { data } = await api.post('/shows/{show_id}/messages/{seq}/translation', { path, body: { to } });
      this.#put(key, { state: 'done', text: data.text, lang: to, fault: '', isShown: data.text !== message.text });
      return 0;
    } catch (error) {
      const { isPassing, retryAfter_ms } = toApiError(error);
      this.#put(key, { state: 'failed', text: '', lang: '', fault: describeError(error), isShown: false });
      return isPassing ? Math.max(retryAfter_ms ?? 0, kPauseMin_ms) : 0;
    }
  }
}
