/** Whether a browser can be told something while no page is open, and what stands in the way. Pure. */

/** `install`: an iPhone or iPad, where only a page on the home screen may. `denied`: refused in the browser's settings. */
export type Support = 'ok' | 'denied' | 'install' | 'none';

export interface BrowserFacts {
  hasWorker: boolean;
  hasPush: boolean;
  permission: NotificationPermission | undefined;
  userAgent: string;
  touchPoints: number;
  isInstalled: boolean;
}

/** An iPad says that it is a Mac. */
function isAppleHand({ userAgent, touchPoints }: BrowserFacts): boolean {
  return /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && touchPoints > 1);
}

export function supportOf(facts: BrowserFacts): Support {
  const isAble = facts.hasWorker && facts.hasPush && facts.permission !== undefined;
  if (!isAble) return isAppleHand(facts) && !facts.isInstalled ? 'install' : 'none';
  return facts.permission === 'denied' ? 'denied' : 'ok';
}
