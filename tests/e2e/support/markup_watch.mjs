// Tells whether text became script or markup on a page: what the payloads call, what the policy forbade, and which
// texts stood there as they are.

/** Before the page's own scripts. The page has `ran`, `violations`, and `pwned`, which payloads call. */
export const watchScripts = (page) => page.addInitScript(() => {
  window.ran = [];
  window.violations = [];
  window.pwned = (n) => window.ran.push(String(n));
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => window.violations.push(`${violatedDirective} ${blockedURI}`));
});

/** What the page has seen since. */
export const scriptsOf = (page) => page.evaluate(() => [window.ran, window.violations]);

/** Waits until each of the texts stands on the page, as one text and nothing else. */
export const standAsTheyAre = (page, texts) => page.waitForFunction((wanted) => {
  const there = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) there.add(walker.currentNode.data.trim());
  return wanted.every((text) => there.has(text));
}, texts, { polling: 100 });
