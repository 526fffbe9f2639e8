// Debian's Chromium. Every page keeps what its console and its content security policy complained of.
import { chromium } from 'playwright-core';

const kFlags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--autoplay-policy=no-user-gesture-required'];
export const kPhone = { width: 360, height: 740 };
export const kDesktop = { width: 1280, height: 800 };
const kPatience_ms = 60_000;

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: kFlags });
}

/** A person's own browser: cookies and storage apart from all others. */
export async function visitor(browser, { viewport = kPhone, colorScheme = 'light', cookies = [] } = {}) {
  const context = await browser.newContext({ viewport, colorScheme, locale: 'en-US', serviceWorkers: 'block' });
  context.setDefaultTimeout(kPatience_ms);
  await context.addCookies(cookies);
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${message.text()} (${message.location().url})`);
  });
  return { context, page, faults };
}

// While a server or a publisher is away: refused lines, a show without a playlist, and the player's source, which
// is revoked when it is given up and still asked for once by the video element.
const kOutages = /ERR_CONNECTION_(REFUSED|RESET)|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED|WebSocket connection|ERR_FILE_NOT_FOUND \(blob:|404 \(Not Found\) \(\S+\/live\//;

/** Complaints that are faults even while a server or a publisher is away. */
export function withoutOutages(faults) {
  return faults.filter((fault) => !kOutages.test(fault));
}
