// Pictures of pages, kept as WebP: a quarter of the bytes of the PNG that the browser makes.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const kWebp_quality = '82';
const kAbove_px = 12;
const kBehindSheet_px = 60;

/** Nothing is loaded any more, and no passing word lies over the page. Runs inside the page. */
function isSettled() {
  if (document.querySelector('.toaster .item, .skeleton, [aria-busy="true"]')) return false;
  const isSeen = (image) => {
    const { top, bottom, width } = image.getBoundingClientRect();
    return width > 0 && bottom > 0 && top < innerHeight;
  };
  return [...document.images].every((image) => image.complete || !isSeen(image));
}

export class Album {
  #folder;
  #drafts;

  /** `folder` keeps the pictures, `drafts` what is thrown away afterwards. */
  constructor(folder, drafts) {
    this.#folder = folder;
    this.#drafts = drafts;
  }

  /** The page as it is; `at` is what is scrolled to: to the top, or where `block` says. */
  async take(page, name, { at, block = 'start' } = {}) {
    await page.waitForFunction(isSettled);
    await at?.evaluate((part, [where, margin_px]) => {
      document.documentElement.style.scrollPadding = '0';
      part.style.scrollMarginTop = `${margin_px}px`;
      part.scrollIntoView({ block: where, behavior: 'instant' });
    }, [block, kAbove_px]);
    await page.waitForFunction(isSettled);
    this.#keep(await page.screenshot({ animations: 'disabled' }), name);
  }

  /** The sheet that is open, on a screen that is long enough for all of it. */
  async takeSheet(page, name) {
    const viewport = page.viewportSize();
    await page.waitForFunction(isSettled);
    const length_px = await page.locator('dialog[open]').evaluate((sheet) => {
      sheet.style.maxHeight = 'none';
      sheet.scrollTop = 0;
      return sheet.scrollHeight;
    });
    await page.setViewportSize({ ...viewport, height: Math.max(viewport.height, length_px + kBehindSheet_px) });
    await this.take(page, name);
    await page.setViewportSize(viewport);
  }

  #keep(bytes, name) {
    const png = join(this.#drafts, `${name}.png`);
    writeFileSync(png, bytes);
    execFileSync('ffmpeg', ['-y', '-nostdin', '-loglevel', 'error', '-i', png, '-c:v', 'libwebp', '-quality', kWebp_quality, join(this.#folder, `${name}.webp`)]);
  }
}
