/** The auctions of a show: read once, and brought up to date by the room without asking again. */
import { api } from '$lib/api/client';
import type { Auction, Money, RoomAuction } from '$lib/api/types';
import { NewEpoch } from '$lib/room/new_epoch';
import type { Room } from '$lib/room/room.svelte';
import { Resource } from '$lib/state/resource.svelte';

/** What a room tells of an auction, with what this device knows of itself. */
export function withNews(known: Auction | undefined, { news: _, ...news }: RoomAuction, show_id: string, now: string): Auction {
  const isOffered = news.offer?.state === 'held' && news.offer.bid === known?.mine?.bid;
  const mine = known?.mine && (isOffered ? known.mine : { ...known.mine, hold_id: undefined, hold_expires_at: undefined });
  // What is not told again is of its beginning; who leads and who was offered it are told each time.
  return { opened_at: now, ...known, lead: undefined, offer: undefined, ...news, show_id, now, mine };
}

/** The least that may be bid now. */
export function leastBid({ lead, start, step }: Pick<Auction, 'lead' | 'start' | 'step'>): Money {
  return lead ? { ...lead.price, minor: lead.price.minor + step.minor } : start;
}

export type Standing = 'none' | 'leads' | 'outbid' | 'won' | 'bought' | 'lost';

/** How this device stands in it. */
export function standingIn({ state, mine, lead, offer }: Auction): Standing {
  if (!mine) return 'none';
  if (state === 'open') return lead?.bid === mine.bid ? 'leads' : 'outbid';
  if (offer?.bid !== mine.bid || offer.state === 'lapsed') return 'lost';
  return offer.state === 'bought' ? 'bought' : 'won';
}

export class ShowAuctions {
  readonly #showId: string;
  readonly #fetched: Resource<Auction[]>;
  readonly #stopListening: () => void;
  readonly #begun: NewEpoch;

  /** Fetches at once; call `close` when the page is left. */
  constructor(showId: string, room: Room) {
    this.#showId = showId;
    this.#begun = new NewEpoch(room);
    this.#fetched = new Resource(async (signal) => (await api.get('/shows/{show_id}/auctions', { path: { show_id: showId }, signal })).data.items);
    this.#stopListening = room.onEvent((event) => {
      if (event.type === 'auction') this.#hear(event.auction, event.at);
    });
    void this.#fetched.reload();
  }

  #hear(news: RoomAuction, at: string): void {
    const auction = withNews(this.#fetched.data?.find(({ id }) => id === news.id), news, this.#showId, at);
    this.take(auction);
    // What is held for the winner is told to that device alone.
    if (standingIn(auction) === 'won' && !auction.mine?.hold_id) void this.reload();
  }

  /** The newest that was not called off. */
  get current(): Auction | undefined {
    return this.#fetched.data?.find(({ state }) => state !== 'cancelled');
  }

  get open(): Auction | undefined {
    return this.#fetched.data?.find(({ state }) => state === 'open');
  }

  /** Those that this device has won and not ordered yet. */
  get won(): Auction[] {
    return (this.#fetched.data ?? []).filter((one) => standingIn(one) === 'won');
  }

  /** An auction as the server has just told it; the room may have told more since. */
  take(auction: Auction): void {
    const known = this.#fetched.data?.find(({ id }) => id === auction.id);
    const isOlder = known !== undefined && (known.bids > auction.bids || (known.state !== 'open' && auction.state === 'open'));
    const next = isOlder ? { ...known, mine: auction.mine ?? known.mine } : auction;
    const others = (this.#fetched.data ?? []).filter(({ id }) => id !== auction.id);
    this.#fetched.data = [next, ...others].sort((a, b) => Number(b.id) - Number(a.id));
  }

  reload(): Promise<void> {
    return this.#fetched.reload();
  }

  /** Whoever comes back after the room began anew may have missed news; for an effect. */
  followRoom(): void {
    if (this.#begun.seen()) void this.#fetched.reload();
  }

  close(): void {
    this.#stopListening();
    this.#fetched.stop();
  }
}
