/** Fetches a picture again and again while the page is seen, and hands on the newest as an address for an <img>. */

const kEvery_ms = 5_000;

export class Stills {
  readonly #address: string;
  readonly #onStill: (address: string) => void;
  readonly #timer: ReturnType<typeof setInterval>;
  #controller = new AbortController();
  #shown: string | undefined;
  #isFetching = false;

  constructor(address: string, onStill: (address: string) => void) {
    this.#address = address;
    this.#onStill = onStill;
    this.#timer = setInterval(() => document.visibilityState === 'visible' && void this.#fetch(), kEvery_ms);
    void this.#fetch();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#controller.abort();
    if (this.#shown) URL.revokeObjectURL(this.#shown);
  }

  async #fetch(): Promise<void> {
    if (this.#isFetching) return;
    this.#isFetching = true;
    try {
      const answer = await fetch(this.#address, { signal: this.#controller.signal });
      if (answer.ok) this.#show(await answer.blob());
    } catch {
      // The picture that there is stays; the next one is asked for in a moment.
    }
    this.#isFetching = false;
  }

  #show(picture: Blob): void {
    if (this.#controller.signal.aborted) return;
    const before = this.#shown;
    this.#shown = URL.createObjectURL(picture);
    this.#onStill(this.#shown);
    if (before) URL.revokeObjectURL(before);
  }
}
