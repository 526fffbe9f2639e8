/** Which products this viewer asks the host to show. The room counts the hands; whose they are it tells nobody. */
import { hasMessage, t } from '$lib/i18n/i18n.svelte';
import { NewEpoch } from '$lib/room/new_epoch';
import type { Room } from '$lib/room/room.svelte';
import { showToast } from '$lib/state/toasts.svelte';

export class ShowHands {
  readonly #room: Room;
  #raised: ReadonlySet<string> = $state.raw(new Set<string>());
  /** What was sent last: a refusal takes it back. */
  readonly #sent = new Map<string, { productId: string; isUp: boolean }>();
  readonly #stops: (() => void)[];
  readonly #begun: NewEpoch;

  /** Call `close` when the page is left. */
  constructor(room: Room) {
    this.#room = room;
    this.#begun = new NewEpoch(room);
    this.#stops = [
      room.onEvent((event) => {
        if (event.type === 'pinned') this.#set(event.product.product_id, false);
      }),
      room.onRefused(({ ref, code }) => {
        const sent = ref === undefined ? undefined : this.#sent.get(ref);
        if (!sent) return;
        this.#sent.delete(ref!);
        this.#set(sent.productId, !sent.isUp);
        const key = `problem.${code}`;
        showToast(hasMessage(key) ? t(key) : t('hand.failed'), 'bad');
      }),
    ];
  }

  isUp(productId: string): boolean {
    return this.#raised.has(productId);
  }

  /** The own one counts before the room has said so. */
  countOf(productId: string): number {
    return Math.max(this.#room.state.hands[productId] ?? 0, this.isUp(productId) ? 1 : 0);
  }

  toggle(productId: string): void {
    const isUp = !this.isUp(productId);
    const ref = this.#room.raiseHand(productId, isUp);
    if (!ref) {
      showToast(t('chat.offline'), 'bad');
      return;
    }
    this.#sent.clear();
    this.#sent.set(ref, { productId, isUp });
    this.#set(productId, isUp);
  }

  /** A room that began anew knows of no hands; for an effect. */
  followRoom(): void {
    if (this.#begun.seen()) this.#raised = new Set();
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }

  #set(productId: string, isUp: boolean): void {
    const next = new Set(this.#raised);
    if (isUp) next.add(productId);
    else next.delete(productId);
    this.#raised = next;
  }
}
