// Debian's Chromium. Every visitor keeps what the console and the content security policy complained of, and what
// did not fit the documents of the API.
import { chromium } from 'playwright-core';
import { Exchanges } from './exchanges.mjs';

const kFlags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--autoplay-policy=no-user-gesture-required'];
export const kPhone = { width: 360, height: 740 };
export const kDesktop = { width: 1280, height: 800 };
const kPatience_ms = 60_000;

// Two cameras of moving pictures and a microphone that beeps; nobody is asked.
const kCameraFlags = ['--use-fake-device-for-media-stream=device-count=2', '--use-fake-ui-for-media-stream'];

export function launch({ hasCamera = false } = {}) {
  return chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: [...kFlags, ...(hasCamera ? kCameraFlags : [])] });
}

/**
 * A person's own browser, cookies and storage apart from all others, with one page open.
 * Answers {context, page, exchanges, complaints, faults}.
 */
export async function visitor(browser, { viewport = kPhone, colorScheme = 'light', cookies = [], ignoreHTTPSErrors = false, hasWorkers = false, locale = 'en-US' } = {}) {
  const context = await browser.newContext({ viewport, colorScheme, locale, serviceWorkers: hasWorkers ? 'allow' : 'block', ignoreHTTPSErrors });
  context.setDefaultTimeout(kPatience_ms);
  await context.addCookies(cookies);
  const exchanges = new Exchanges(context);
  const page = await context.newPage();
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`);
  });
  /** All that is wrong so far; what the console notes of answers that are meant to be is passed over by `allowed`. */
  const faults = async (allowed = /^$/) => [...complaints.filter((line) => !allowed.test(line)), ...(await exchanges.faults())];
  return { context, page, exchanges, complaints, faults };
}

// While a server or a publisher is away: refused lines, a show without a playlist, and the player's source, which
// is revoked when it is given up and still asked for once by the video element.
// A page ends its session by WebRTC when the show is over; the server may have been first, and says 404.
export const kOutages = /ERR_CONNECTION_(REFUSED|RESET)|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED|WebSocket connection|ERR_FILE_NOT_FOUND \(blob:|404 \(Not Found\) \(\S+\/live\/|404 \(Not Found\).*\/whep\//;

/** One expression for several. */
export const anyOf = (...patterns) => new RegExp(patterns.map(({ source }) => source).join('|'));
