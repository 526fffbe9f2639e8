// Holds what a browser and the server say to each other to the documents of api/: every HTTP exchange with the
// API, and every frame of a room.
import { commandFaults, findOperation, frameFaults, requestFaults, responseFaults } from '../../lib/contract.mjs';

const kPatience_ms = 30_000;
// A page that is left, or a server that is killed, takes the body of an answer with it.
const kBodyGone = /No resource with given identifier|No data found for resource|has been closed|Protocol error|evicted|unavailable for redirect/;

function parsed(type, body) {
  return /json/.test(type ?? '') && body.length > 0 ? JSON.parse(body) : undefined;
}

// An answer whose body never ends is a fault like another, not a test that never ends.
function bodyOf(response) {
  const tooLate = AbortSignal.timeout(kPatience_ms);
  return Promise.race([response.body(),
    new Promise((_, reject) => tooLate.addEventListener('abort', () => reject(new Error('the body was never read to its end'))))]);
}

async function faultsOf(response) {
  const request = response.request();
  const url = new URL(request.url());
  const operation = findOperation(request.method(), url.pathname);
  const [headers, asked] = await Promise.all([response.allHeaders(), request.allHeaders()]);
  const body = await bodyOf(response);
  const answer = { status: response.status(), headers, body, json: parsed(headers['content-type'], body) };
  const faults = responseFaults(operation, answer);
  if (answer.status < 400) faults.push(...requestFaults(operation, url, asked, request.postData() ?? ''));
  return faults.map((fault) => `${request.method()} ${url.pathname} → ${answer.status}: ${fault}`);
}

export class Exchanges {
  /** How many were held to the documents. */
  http = 0;
  frames = 0;
  #faults = [];
  #underWay = new Set();

  constructor(context) {
    context.on('response', (response) => this.#take(response));
    context.on('page', (page) => page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => this.#hold('told', frameFaults(JSON.parse(payload)), payload));
      socket.on('framesent', ({ payload }) => this.#hold('commanded', commandFaults(JSON.parse(payload)), payload));
    }));
  }

  /** What did not fit, as lines of text, once every answer was looked at. */
  async faults() {
    await Promise.all(this.#underWay);
    return this.#faults;
  }

  #take(response) {
    if (!new URL(response.url()).pathname.startsWith('/api/v1/') || response.status() === 101) return;
    const look = faultsOf(response).then((faults) => {
      this.http += 1;
      this.#faults.push(...faults);
    }, (error) => {
      if (!kBodyGone.test(error.message)) this.#faults.push(`${response.url()}: ${error.message}`);
    }).finally(() => this.#underWay.delete(look));
    this.#underWay.add(look);
  }

  #hold(what, faults, payload) {
    this.frames += 1;
    this.#faults.push(...faults.map((fault) => `${what} ${String(payload).slice(0, 300)}: ${fault}`));
  }
}
