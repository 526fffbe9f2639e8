// A server that speaks LibreTranslate's protocol, on loopback. It translates by naming the language before the words.
import { once } from 'node:events';
import { createServer } from 'node:http';

export class TranslatorStub {
  #server = createServer((request, response) => this.#take(request, response));
  calls = []; // what was asked: {q, source, target, format, api_key}
  hold = undefined; // a promise that answers wait for
  answer = undefined; // [status, body as text or bytes, headers] of every call from now on

  static async start() {
    const stub = new TranslatorStub();
    stub.#server.listen(0, '127.0.0.1');
    await once(stub.#server, 'listening');
    return stub;
  }

  get url() { return `http://127.0.0.1:${this.#server.address().port}`; }
  get args() { return ['--translate-url', this.url]; }
  stop() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #take(request, response) {
    const parts = [];
    for await (const part of request) parts.push(part);
    const asked = JSON.parse(Buffer.concat(parts).toString());
    this.calls.push({ ...asked, at: `${request.method} ${request.url}` });
    await this.hold;
    const [status, body, headers = {}] = this.answer ?? [200, JSON.stringify({
      translatedText: `[${asked.target}] ${asked.q}`,
      ...(asked.source === 'auto' && { detectedLanguage: { confidence: 90, language: 'en' } }),
    })];
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body);
  }
}
