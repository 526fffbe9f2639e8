// A person's network, which can be bad or away: all between their browser and the server goes through it, pages,
// WebSocket, UDP and ICE-TCP.
import { BadLink } from '../../lib/bad_link.mjs';
import { cookiesOf } from './house.mjs';

const kServer = '127.0.0.1';
// The server says it is here; each network says so of itself.
const kTold = '127.0.0.2';

export class Network {
  /** For a server whose WebRTC is reached by networks alone. */
  static serverArgs = ['--webrtc-address', kServer, '--webrtc-public-addresses', kTold];

  #link;
  #address;

  /** `address`: of its own, 127.0.0.2 or higher. */
  static async open(house, address) {
    const network = new Network();
    const rtc = house.server.address.webrtc_port;
    const http = new URL(house.url).port;
    network.#address = address;
    network.house = house;
    network.#link = await BadLink.open({ routes: [
      { tcp: `${address}:0`, to: `${kServer}:${http}` },
      { udp: `${address}:${rtc}`, to: `${kServer}:${rtc}` },
      { tcp: `${address}:${rtc}`, to: `${kServer}:${rtc}` },
    ] });
    return network;
  }

  /** Where the server is for who is in this network. */
  get url() { return `http://${this.#link.address.tcp[0]}`; }

  /** As BadLink.change(). */
  change(what) { return this.#link.change(what); }

  /** A visitor whose browser is in this network; `asked` are the WHIP and WHEP requests of the page, `peers` in the page its connections. */
  async visitor({ client, ...options } = {}) {
    const one = await this.house.visitor({ ...options, cookies: client ? cookiesOf(client, this.url) : [] });
    await one.page.addInitScript(() => {
      window.peers = [];
      const { RTCPeerConnection } = window;
      window.RTCPeerConnection = class extends RTCPeerConnection {
        constructor(...all) {
          super(...all);
          window.peers.push(this);
        }
      };
    });
    const asked = [];
    await one.page.route(/\/(whip|whep)(\/|\?|$)/, async (route) => {
      asked.push(route.request().method());
      try {
        const response = await route.fetch();
        await route.fulfill({ response, body: (await response.text()).replaceAll(kTold, this.#address) });
      } catch {
        await route.abort().catch(() => {}); // the page asked no longer
      }
    });
    return { ...one, asked };
  }

  close() { return this.#link.close(); }
}

/** Of a page of visitor(): what its newest connection counts of the picture, and how it goes. */
export function pictureStats(page) {
  return page.evaluate(async () => {
    const reports = [...(await window.peers.at(-1).getStats()).values()];
    const pair = reports.find(({ type, nominated, state }) => type === 'candidate-pair' && nominated && state === 'succeeded');
    const pictures = reports.filter(({ type, kind }) => (type === 'inbound-rtp' || type === 'outbound-rtp') && kind === 'video');
    const sum = (name) => pictures.reduce((total, one) => total + (one[name] ?? 0), 0);
    return {
      nacks: sum('nackCount'), plis: sum('pliCount'), decoded: sum('framesDecoded'), resent: sum('retransmittedPacketsSent'),
      protocol: reports.find(({ id }) => id === pair?.remoteCandidateId)?.protocol,
    };
  });
}
