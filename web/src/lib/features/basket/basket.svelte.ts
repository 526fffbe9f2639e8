/** The baskets of this browser: kept on the device, each line held by the server. */
import { toApiError } from '$lib/api/api_error';
import type { HoldAnswer } from '$lib/api/types';
import type { Offer } from '$lib/features/buy/purchase.svelte';
import { cancelHold, holdProduct, listAllHolds } from '$lib/features/hold/calls';
import { endOf } from '$lib/features/hold/hold_clock';
import { isDeviceKnown } from '$lib/state/device.svelte';
import { readStoredJson, writeStoredJson } from '$lib/state/storage';
import { adopted, basketKey, isSame, type BasketLine, type KeptLine } from './basket_lines';

const kKey = 'basket';
/** As many as the server holds for a device. */
const kLinesMax = 20;
const kQuantityMax = 100;
/** Taps on the stepper within this become one hold. */
const kSettle_ms = 400;

function isKept(value: unknown): value is KeptLine[] {
  return Array.isArray(value) && value.every((one: unknown) => {
    const { shopId, shopName, pickup, product, quantity, showId } = (one ?? {}) as Partial<KeptLine>;
    return [shopId, shopName, pickup, product?.product_id, product?.title].every((text) => typeof text === 'string')
      && typeof product?.price?.minor === 'number' && typeof product.price.currency === 'string'
      && Number.isInteger(quantity) && (showId === undefined || typeof showId === 'string');
  });
}

/** Not where pages are rendered ahead, and not in a browser that cannot. */
const hasTabs = () => typeof window !== 'undefined' && typeof BroadcastChannel !== 'undefined';

/** Another tab may be of another version. */
function isTold(value: unknown): value is BasketLine[] {
  return isKept(value) && value.every((line) => {
    const { state, end_ms } = line as Partial<BasketLine>;
    return ['unknown', 'asking', 'held', 'over', 'out'].includes(state ?? '') && typeof end_ms === 'number';
  });
}

class Basket {
  lines: BasketLine[] = $state.raw([]);
  /** The basket whose sheet is open (see basketKey); none while it is closed. */
  openKey: string | undefined = $state();
  readonly #settling = new Map<string, ReturnType<typeof setTimeout>>();
  #watching: ReturnType<typeof setTimeout> | undefined;
  #holding: Promise<void> = Promise.resolve();
  /** The other tabs of this browser: they hold the same things on the same clock. */
  readonly #tabs = hasTabs() ? new BroadcastChannel('geili.basket') : undefined;

  constructor() {
    if (this.#tabs) this.#tabs.onmessage = ({ data }: MessageEvent<unknown>) => this.#adopt(data);
    this.lines = (readStoredJson(kKey, isKept) ?? []).slice(-kLinesMax).map((line) => ({ ...line, state: 'unknown', end_ms: 0 }));
  }

  get keys(): string[] {
    return [...new Set(this.lines.map(basketKey))];
  }

  linesOf(key: string): BasketLine[] {
    return this.lines.filter((line) => basketKey(line) === key);
  }

  /** The basket in which a product lies. */
  keyOf(productId: string): string | undefined {
    const line = this.lines.find(({ product }) => product.product_id === productId);
    return line && basketKey(line);
  }

  /** What is held for `offer` lies in the basket from now on. A product lies in one basket, as it has one hold. */
  add({ showId, shopId, shopName = '', pickup, product }: Offer, { hold, available }: Pick<HoldAnswer, 'hold' | 'available'>, end_ms: number): void {
    const line: BasketLine = {
      showId, shopId, shopName, pickup, product, quantity: hold.quantity, state: 'held', holdId: hold.id, end_ms, reach: reachOf(hold, available),
      heldPrice: hold.price,
    };
    const others = this.lines.filter((other) => other.product.product_id !== product.product_id);
    this.#become([...others, line].slice(-kLinesMax));
  }

  change(line: KeptLine, change: Partial<BasketLine>): void {
    this.#become(this.lines.map((one) => (isSame(one, line) ? { ...one, ...change } : one)));
  }

  /** Out of the basket, and its hold goes to others. */
  remove(line: BasketLine): void {
    const held = this.lines.find((one) => isSame(one, line))?.holdId;
    this.forget([line]);
    if (held) this.#holding = this.#holding.then(() => cancelHold(held).catch(() => undefined));  // it ends by itself
  }

  /** Out of the basket: bought. */
  forget(gone: readonly KeptLine[]): void {
    for (const line of gone) this.#unsettle(line);
    this.#become(this.lines.filter((one) => !gone.some((line) => isSame(one, line))));
  }

  bought(showId: string | undefined, productIds: readonly string[]): void {
    this.forget(this.lines.filter((line) => line.showId === showId && productIds.includes(line.product.product_id)));
  }

  changeQuantity(line: BasketLine, quantity: number): void {
    const wanted = Math.max(1, Math.min(kQuantityMax, line.reach ?? kQuantityMax, quantity));
    this.change(line, { quantity: wanted, refusal: undefined });
    this.#unsettle(line);
    if (line.state === 'held') this.#settling.set(nameOf(line), setTimeout(() => void this.take(line), kSettle_ms));
  }

  /** Holds as much as the line says; the time goes on where it was held already. */
  take(line: BasketLine): Promise<void> {
    this.#unsettle(line);
    this.#holding = this.#holding.then(() => this.#take(line));
    return this.#holding;
  }

  async #take(wanted: BasketLine): Promise<void> {
    const line = this.lines.find((one) => isSame(one, wanted));
    if (!line) return;
    const isHeld = line.state === 'held';
    if (!isHeld) this.change(line, { state: 'asking', refusal: undefined });
    const asked_ms = Date.now();
    try {
      const { hold, available, now } = await holdProduct({ product_id: line.product.product_id, show_id: line.showId, quantity: line.quantity });
      // Removed, or already another quantity, while it was asked.
      const current = this.lines.find((one) => isSame(one, line));
      if (!current) return await cancelHold(hold.id).catch(() => undefined);
      this.change(line, { state: 'held', holdId: hold.id, end_ms: endOf(hold.expires_at, now, asked_ms), reach: reachOf(hold, available), heldPrice: hold.price });
    } catch (error) {
      const refusal = toApiError(error);
      this.refused(line, refusal);
      if (isHeld) await this.#keepHeld(line, refusal.figure('available'));
    }
  }

  /** Less than was wished is held as before; `available` is left beside it. */
  async #keepHeld(line: BasketLine, available: number | undefined): Promise<void> {
    await this.#sync();
    const kept = this.lines.find((one) => isSame(one, line));
    if (kept?.state === 'held' && available !== undefined) this.change(kept, { reach: kept.quantity + available });
  }

  #unsettle(line: KeptLine): void {
    clearTimeout(this.#settling.get(nameOf(line)));
    this.#settling.delete(nameOf(line));
  }

  /** The server has said no to a line, or was not reached. */
  refused(line: BasketLine, refusal: ReturnType<typeof toApiError>): void {
    const current = this.lines.find((one) => isSame(one, line));
    if (!current) return;
    const isHeld = current.state === 'held' && current.end_ms > Date.now();
    const state = isHeld ? 'held' : 'over';
    // A show that is over still sells, and the order itself is the judge.
    if (refusal.isPassing || refusal.code === 'show-status-conflict') return this.change(line, { state, refusal });
    const available = refusal.figure('available');
    const isGone = refusal.code === 'product-unavailable' || (!isHeld && refusal.code === 'sold-out' && (available ?? 0) < 1);
    if (isGone) return this.change(line, { state: 'out', refusal, holdId: undefined, end_ms: 0 });
    const reach = refusal.figure('units_per_buyer_max') ?? (isHeld ? current.reach : available);
    this.change(line, { state, refusal, reach, quantity: Math.max(1, Math.min(current.quantity, reach ?? current.quantity)) });
  }

  /** Waits for holds under way: none must come after its order. */
  async settle(key: string): Promise<void> {
    for (const line of this.linesOf(key)) if (this.#settling.has(nameOf(line))) void this.take(line);
    await this.#holding;
  }

  /** Asks what the server holds of it; without an answer it stays as it was. */
  sync(): Promise<void> {
    this.#holding = this.#holding.then(() => this.#sync());
    return this.#holding;
  }

  async #sync(): Promise<void> {
    if (this.lines.length === 0 || !isDeviceKnown()) return;
    const asked_ms = Date.now();
    try {
      const { holds, now } = await listAllHolds();
      this.#become(this.lines.map((line) => {
        const hold = holds.find(({ product_id, show_id }) => product_id === line.product.product_id && show_id === line.showId);
        // What was tapped meanwhile is about to be held.
        const quantity = this.#settling.has(nameOf(line)) ? line.quantity : hold?.quantity;
        if (hold) return { ...line, state: 'held', holdId: hold.id, quantity: quantity ?? hold.quantity, end_ms: endOf(hold.expires_at, now, asked_ms), heldPrice: hold.price };
        return line.state === 'out' ? line : unheld(line);
      }));
    } catch (error) {
      // What cannot be asked now is asked when the sheet is opened, and by the order itself.
      if (toApiError(error).status !== 401) return;
      this.#become(this.lines.map((line) => (line.state === 'out' ? line : unheld(line))));
    }
  }

  #become(lines: BasketLine[]): void {
    this.lines = lines;
    writeStoredJson(kKey, lines.map(({ showId, shopId, shopName, pickup, product, quantity }): KeptLine => (
      { showId, shopId, shopName, pickup, product, quantity })));
    // Why a line was refused is told where it was asked.
    this.#tabs?.postMessage($state.snapshot(lines.map(({ refusal: _, ...line }) => line)));
    this.#watch();
  }

  /** What another tab has made of the basket; it has kept it already. */
  #adopt(told: unknown): void {
    if (!isTold(told)) return;
    const lines = adopted(this.lines, told, (line) => this.#settling.has(nameOf(line)));
    for (const line of this.lines) if (!lines.some((one) => isSame(one, line))) this.#unsettle(line);
    this.lines = lines;
    this.#watch();
  }

  /** A hold ends by itself; the line says so whether or not anybody looks. */
  #watch(): void {
    clearTimeout(this.#watching);
    const ends = this.lines.filter(({ state }) => state === 'held').map(({ end_ms }) => end_ms);
    if (ends.length === 0) return;
    this.#watching = setTimeout(() => {
      const isOver = ({ state, end_ms }: BasketLine) => state === 'held' && end_ms <= Date.now();
      this.#become(this.lines.map((line) => (isOver(line) ? unheld(line) : line)));
    }, Math.max(0, Math.min(...ends) - Date.now()) + 50);
  }
}

const nameOf = (line: KeptLine): string => `${basketKey(line)}/${line.product.product_id}`;

const unheld = (line: BasketLine): BasketLine => ({ ...line, state: 'over', holdId: undefined, end_ms: 0, heldPrice: undefined });

function reachOf(hold: HoldAnswer['hold'], available: number): number {
  return Math.min(hold.quantity + available, hold.units_per_buyer_max ?? kQuantityMax);
}

export const basket = new Basket();
