/** The red packets of a show: read once, and brought up to date by the room without asking again. */
import { toApiError } from '$lib/api/api_error';
import { api } from '$lib/api/client';
import type { RedPacket, RoomPacket } from '$lib/api/types';
import type { Room } from '$lib/room/room.svelte';
import { ensureDevice } from '$lib/state/device.svelte';
import { Resource } from '$lib/state/resource.svelte';

/** What a room tells of a packet, with what this device knows of it. */
export function withNews(known: RedPacket | undefined, news: RoomPacket, show_id: string): RedPacket {
  // What is not told again is of the packet's beginning.
  return { opened_at: news.closes_at, valid_until: news.closes_at, commitment: '', ...known, show_id, ...news };
}

export class ShowPackets {
  /** Put away by the viewer. */
  #seen: string[] = $state.raw([]);
  readonly #showId: string;
  readonly #room: Room;
  readonly #fetched: Resource<RedPacket[]>;
  readonly #stopListening: () => void;
  #epoch = '';

  /** Fetches at once; call `close` when the page is left. */
  constructor(showId: string, room: Room) {
    this.#showId = showId;
    this.#room = room;
    this.#fetched = new Resource(async (signal) => (await api.get('/shows/{show_id}/red-packets', { path: { show_id: showId }, signal })).data.items);
    this.#stopListening = room.onEvent((event) => {
      if (event.type === 'red_packet') this.take(withNews(this.#of(event.packet.id), event.packet, this.#showId));
    });
    void this.#fetched.reload();
  }

  #of(id: string): RedPacket | undefined {
    return this.#fetched.data?.find((one) => one.id === id);
  }

  /** The newest, with what is left of it now. */
  get newest(): RedPacket | undefined {
    const packet = this.#fetched.data?.[0];
    const news = this.#room.state.packet;
    return packet && news?.packet_id === packet.id ? { ...packet, left: Math.min(packet.left, news.left) } : packet;
  }

  /** What a viewer is shown: one that is open, or that this device has an envelope of. */
  get current(): RedPacket | undefined {
    const packet = this.newest;
    if (!packet || this.#seen.includes(packet.id)) return undefined;
    return packet.state === 'open' || packet.mine ? packet : undefined;
  }

  putAway(packet: RedPacket): void {
    this.#seen = [...this.#seen, packet.id];
  }

  /** A packet as the server has just told it. */
  take(packet: RedPacket): void {
    const others = (this.#fetched.data ?? []).filter(({ id }) => id !== packet.id);
    this.#fetched.data = [packet, ...others].sort((a, b) => Number(b.id) - Number(a.id));
  }

  /** Throws what the server said. */
  async open(packet: RedPacket): Promise<void> {
    await ensureDevice();
    try {
      this.take((await api.post('/red-packets/{packet_id}/envelope', { path: { packet_id: packet.id } })).data);
    } catch (error) {
      const { code } = toApiError(error);
      if (code === 'packet-gone') this.take({ ...packet, state: 'over', left: 0 });
      if (code === 'packet-over') this.take({ ...packet, state: 'over' });
      throw error;
    }
  }

  /** Whoever comes back after the room began anew may have missed news; for an effect. */
  followRoom(): void {
    const { epoch } = this.#room.state;
    if (this.#epoch !== '' && epoch !== this.#epoch) void this.#fetched.reload();
    this.#epoch = epoch;
  }

  close(): void {
    this.#stopListening();
    this.#fetched.stop();
  }
}
