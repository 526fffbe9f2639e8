/** What a viewer knows of a room, and how each frame changes it. Pure. */
import type {
  AuthorRole, ChatMessage, ChatTerms, ProductCard, RoomEvent, ServerFrame, ShowStatus, VideoState,
} from '$lib/api/types';

export const kMessagesMax = 200;

export interface RoomState {
  /** Whether a snapshot has arrived since the page was opened. */
  isKnown: boolean;
  epoch: string;
  seq: number;
  status: ShowStatus;
  video: VideoState;
  pinned?: ProductCard;
  messages: ChatMessage[];
  /** How many of the messages are shown to this viewer alone; they have the numbers -1, -2, … */
  own: number;
  you: { role: AuthorRole; name: string; member?: true };
  terms: ChatTerms;
  /** What stands above the chat; empty: nothing. */
  announcement: string;
  viewers: number;
  hearts: number;
  sold: number;
  /** Newest count by product id; products that never changed are absent. */
  stock: Record<string, number>;
  /** Newest card by product id, for those that changed since the page was opened. */
  cards: Record<string, ProductCard>;
}

export interface FrameResult {
  state: RoomState;
  /** The events of this frame that were new, in order. */
  events: RoomEvent[];
  /** Events are missing: rejoin with `since=state.seq`. Nothing after the gap was applied. */
  hasGap: boolean;
}

export function emptyRoom(): RoomState {
  return {
    isKnown: false, epoch: '', seq: 0, status: 'scheduled', video: 'none', messages: [], own: 0,
    you: { role: 'viewer', name: '' }, terms: { slow_mode_s: 0, who: 'everyone', links: 'allowed' }, announcement: '', viewers: 0, hearts: 0, sold: 0, stock: {}, cards: {},
  };
}

/** Applies one frame; `state` is left as it is. */
export function applyFrame(state: RoomState, frame: ServerFrame): FrameResult {
  const next: RoomState = { ...state };
  const events: RoomEvent[] = [];
  let hasGap = false;
  if (frame.snapshot) {
    const { epoch, seq, status, video, pinned, messages, you } = frame.snapshot;
    Object.assign(next, { isKnown: true, epoch, seq, status, video, pinned, messages: [...messages], you });
    if (pinned) learnCard(next, pinned);
  }
  for (const event of frame.events ?? []) {
    if (event.seq <= next.seq) continue;
    if (event.seq > next.seq + 1) {
      hasGap = true;
      break;
    }
    next.seq = event.seq;
    applyEvent(next, event);
    events.push(event);
  }
  if (frame.own) {
    next.own += 1;
    addMessage(next, { ...frame.own, type: 'chat', seq: -next.own });
  }
  if (frame.state) applyCounts(next, frame.state);
  return { state: next, events, hasGap };
}

function applyCounts(next: RoomState, counts: NonNullable<ServerFrame['state']>): void {
  if (counts.viewers !== undefined) next.viewers = counts.viewers;
  if (counts.hearts !== undefined) next.hearts = counts.hearts;
  if (counts.sold !== undefined) next.sold = counts.sold;
  if (counts.chat) next.terms = counts.chat;
  if (counts.announcement !== undefined) next.announcement = counts.announcement;
  if (!counts.stock) return;
  next.stock = { ...next.stock };
  for (const { product_id, available } of counts.stock) next.stock[product_id] = available;
  const pinned = next.pinned;
  const available = pinned && next.stock[pinned.product_id];
  if (pinned && available !== undefined) next.pinned = { ...pinned, available };
}

function addMessage(next: RoomState, message: ChatMessage): void {
  next.messages = [...next.messages, message].slice(-kMessagesMax);
}

function learnCard(next: RoomState, card: ProductCard): void {
  next.cards = { ...next.cards, [card.product_id]: card };
  next.stock = { ...next.stock, [card.product_id]: card.available };
}

function applyEvent(next: RoomState, event: RoomEvent): void {
  switch (event.type) {
    case 'chat':
      addMessage(next, event);
      break;
    case 'hidden':
      next.messages = next.messages.filter((message) => message.seq !== event.hidden_seq);
      break;
    case 'pinned':
      next.pinned = event.product;
      learnCard(next, event.product);
      break;
    case 'unpinned':
      next.pinned = undefined;
      break;
    case 'product':
      if (next.pinned?.product_id === event.product.product_id) next.pinned = event.product;
      learnCard(next, event.product);
      break;
    case 'status':
      next.status = event.status;
      break;
    case 'video':
      next.video = event.video;
      break;
    case 'sold':
    case 'offered':
      break;
  }
}
