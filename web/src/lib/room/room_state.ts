/** What a viewer knows of a room, and how each frame changes it. Pure. */
import type {
  AuthorRole, ChatMessage, ChatTerms, ProductCard, RoomDeal, RoomEvent, ServerFrame, ShowStatus, VideoState,
} from '$lib/api/types';

export const kMessagesMax = 200;

export interface RoomState {
  /** Whether a snapshot has arrived since the page was opened. */
  isKnown: boolean;
  epoch: string;
  seq: number;
  status: ShowStatus;
  video: VideoState;
  /** The second camera's. */
  coHost: VideoState;
  pinned?: ProductCard;
  messages: ChatMessage[];
  /** How many of the messages are shown to this viewer alone; they have the numbers -1, -2, … */
  own: number;
  you: { role: AuthorRole; name: string; member?: true };
  terms: ChatTerms;
  /** Whether messages can be had in other languages. */
  translates: boolean;
  /** What stands above the chat; empty: nothing. */
  announcement: string;
  viewers: number;
  hearts: number;
  sold: number;
  /** Newest count by product id; products that never changed are absent. */
  stock: Record<string, number>;
  /** How many ask for a product to be shown, by product id. */
  hands: Record<string, number>;
  /** Newest card by product id, for those that changed since the page was opened. */
  cards: Record<string, ProductCard>;
  /** Flash deals that have not ended, by product id. */
  deals: Record<string, RoomDeal>;
  /** How many envelopes of the newest red packet are left. */
  packet?: { packet_id: string; left: number };
  /** How far the server's clock is ahead of the phone's. */
  ahead_ms: number;
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
    isKnown: false, epoch: '', seq: 0, status: 'scheduled', video: 'none', coHost: 'none', messages: [], own: 0,
    you: { role: 'viewer', name: '' }, terms: { slow_mode_s: 0, who: 'everyone', links: 'allowed', takes_orders: false }, translates: false, announcement: '', viewers: 0, hearts: 0, sold: 0,
    stock: {}, hands: {}, cards: {}, deals: {}, ahead_ms: 0,
  };
}

/** Applies one frame that arrived at `now_ms` by the phone's clock; `state` is left as it is. */
export function applyFrame(state: RoomState, frame: ServerFrame, now_ms: number = Date.now()): FrameResult {
  const next: RoomState = { ...state };
  const events: RoomEvent[] = [];
  let hasGap = false;
  if (frame.snapshot) {
    const { epoch, seq, status, video, co_host: coHost = 'none', pinned, messages, you, now, deals = [] } = frame.snapshot;
    Object.assign(next, { isKnown: true, epoch, seq, status, video, coHost, pinned, messages: [...messages], you });
    next.translates = frame.snapshot.translates === true;
    next.hands = {};
    next.deals = Object.fromEntries(deals.map((deal) => [deal.product_id, deal]));
    next.ahead_ms = Date.parse(now) - now_ms;
    if (pinned) learnCard(next, pinned);
  }
  for (const event of frame.events ?? []) {
    if (event.seq <= next.seq) continue;
    if (event.seq > next.seq + 1) {
      hasGap = true;
      break;
    }
    next.seq = event.seq;
    // The frame that was under way for the shortest time tells it best.
    next.ahead_ms = Math.max(next.ahead_ms, Date.parse(event.at) - now_ms);
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
  for (const { deal_id, left } of counts.deals ?? []) {
    const deal = Object.values(next.deals).find((one) => one.deal_id === deal_id);
    if (deal) next.deals = { ...next.deals, [deal.product_id]: { ...deal, left } };
  }
  if (counts.packet) next.packet = counts.packet;
  if (counts.chat) next.terms = counts.chat;
  if (counts.announcement !== undefined) next.announcement = counts.announcement;
  if (counts.hands) next.hands = { ...next.hands, ...Object.fromEntries(counts.hands.map(({ product_id, count }) => [product_id, count])) };
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
    case 'taken': {
      const { seq, at, name, number, quantity } = event;
      addMessage(next, { type: 'chat', seq, at, name, role: 'viewer', text: '', takes: { number, quantity } });
      break;
    }
    case 'hidden':
      next.messages = next.messages.filter((message) => message.seq !== event.hidden_seq);
      break;
    case 'answered':
      next.messages = next.messages.map((message) => (message.seq === event.answered_seq ? { ...message, answered: true } : message));
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
    case 'deal_announced':
      next.deals = { ...next.deals, [event.deal.product_id]: event.deal };
      break;
    case 'deal_ended':
      next.deals = Object.fromEntries(Object.entries(next.deals).filter(([, deal]) => deal.deal_id !== event.deal_id));
      break;
    case 'status':
      next.status = event.status;
      break;
    case 'video':
      next.video = event.video;
      break;
    case 'co_host':
      next.coHost = event.video;
      break;
    case 'sold':
    case 'offered':
    case 'draw':
    case 'coupon':
    case 'red_packet':
    case 'burst':
    case 'plan':
    case 'bag':
    case 'auction':
      break;
  }
}
