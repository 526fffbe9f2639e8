// What people do and see on the show's page, by the words that are on it.

export class ShowPage {
  constructor(page) {
    this.page = page;
    this.pinned = page.getByRole('article', { name: 'Shown right now' });
    this.sheet = page.getByRole('dialog');
    this.talk = page.getByRole('log', { name: 'Chat' });
  }

  static async open(page, url, show) {
    await page.goto(`${url}/shows/${show.id}`);
    const opened = new ShowPage(page);
    await opened.connected();
    return opened;
  }

  /** The heart is only for those who are in the room. */
  async connected() {
    await this.page.locator('button:enabled[aria-label="Send a heart"]').waitFor();
  }

  async takeName(name) {
    await this.page.getByLabel('Your name in the chat').fill(name);
    await this.page.getByRole('button', { name: 'Join the chat' }).click();
  }

  async say(words) {
    await this.page.getByPlaceholder('Say something…').fill(words);
    await this.page.getByRole('button', { name: 'Send', exact: true }).click();
  }

  async hears(words) {
    await this.talk.getByText(words).waitFor();
  }

  /** Waits until the picture has gone on by `more_s` seconds from where it is now. */
  async playsOn(more_s = 1) {
    const from = await this.page.evaluate(() => document.querySelector('video').currentTime);
    await this.page.waitForFunction(([start, more]) => {
      const video = document.querySelector('video');
      return video.videoWidth > 0 && !video.paused && video.currentTime > start + more;
    }, [from, more_s]);
  }

  picture() {
    return this.page.evaluate(() => {
      const video = document.querySelector('video');
      // By WebRTC a track is muted until packets of it came.
      const track = video.srcObject?.getAudioTracks()[0];
      return { width: video.videoWidth, height: video.videoHeight, hasSound: track ? !track.muted : video.webkitAudioDecodedByteCount > 0 };
    });
  }

  async fillForm({ name, phone }) {
    await this.sheet.getByLabel(/Pick up/).check();
    await this.sheet.getByLabel('Name').fill(name);
    await this.sheet.getByLabel('Phone').fill(phone);
  }

  async tapBuy() {
    await this.pinned.getByRole('button', { name: 'Buy' }).click();
  }

  /** Sold out: the sheet tells the place in line. */
  async tapWait() {
    await this.pinned.getByRole('button', { name: 'Wait in line' }).click();
  }

  confirmButton() {
    return this.sheet.getByRole('button', { name: /^Buy for/ });
  }
}

/** Waits until the first video element has drawn so many more pictures. */
export async function draws(page, more = 20) {
  await page.locator('video').first().waitFor();
  await page.evaluate(() => { window.drawn = { count: 0, last: undefined }; });
  // The count begins anew with each stream.
  await page.waitForFunction((wanted) => {
    const now = document.querySelector('video')?.getVideoPlaybackQuality().totalVideoFrames;
    const { last } = window.drawn;
    if (last !== undefined && now > last) window.drawn.count += now - last;
    window.drawn.last = now;
    return window.drawn.count >= wanted;
  }, more, { polling: 50 });
}
