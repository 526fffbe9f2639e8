// What every browser test stands on: a real server that serves the web app, one Chromium, and where it is
// wanted a shop with goods and a live show.
import path from 'node:path';
import { kRoot, Server } from '../../lib/server.mjs';
import { launch, visitor } from './browser.mjs';
import { Publisher } from '../../lib/publisher.mjs';
import { makeVillage } from './village.mjs';

export const kWebRoot = process.env.GEILI_WEB_ROOT ?? path.join(kRoot, 'web/build');

export const cookiesOf = (client, url) => [...client.cookies].map(([name, value]) => ({ name, value, url, httpOnly: true, sameSite: 'Lax' }));

export class House {
  server;
  browser;
  village;
  publisher;
  visitors = [];

  /** hasVillage: with a shop and a show (see makeVillage); isOnAir: with a picture, too; hasCamera: browsers with a camera; args: of the server. */
  static async open({ hasVillage = true, isOnAir = false, hasCamera = false, args = [] } = {}) {
    const house = new House();
    try {
      house.server = await Server.start({ webRoot: kWebRoot, args });
      if (hasVillage) house.village = await makeVillage(house.server);
      if (isOnAir) house.publisher = new Publisher(house.village.publishTo);
      house.browser = await launch({ hasCamera });
    } catch (error) {
      await house.close();
      throw error;
    }
    return house;
  }

  get url() { return this.server.url; }

  async visitor(options) {
    const one = await visitor(this.browser, options);
    this.visitors.push(one);
    return one;
  }

  /** A person in the browser they are signed in on. */
  signedIn(client, options) {
    const cookies = cookiesOf(client, this.url);
    return this.visitor({ ...options, cookies });
  }

  async close() {
    await this.browser?.close();
    await this.publisher?.kill();
    await this.server?.remove();
  }
}
