/** What restreams are about, in messages: states, why one is not live, what is wrong with a server URL. */
import type { MessageKey } from '$lib/i18n/i18n.svelte';
import type { ShowRestream } from '$lib/api/types';

export type RestreamLook = 'live' | 'connecting' | 'waiting' | 'failed' | 'off' | 'none';

/** As the host sees it: switched off, not for this show, or how sending goes. */
export function restreamLook({ enabled, state }: Pick<ShowRestream, 'enabled' | 'state'>): RestreamLook {
  if (!enabled) return 'off';
  return state ?? 'none';
}

/** Why it is not live; none while it is, or where the state says enough. */
export function restreamReason({ enabled, reason }: Pick<ShowRestream, 'enabled' | 'reason'>): MessageKey | undefined {
  return enabled && reason ? `restream.reason_${reason}` : undefined;
}

// The server's sentence about a URL names its fault and nothing else does (src/base/rtmp_url.cpp).
const kUrlFaults: readonly [string, MessageKey][] = [
  ['rtmp://example.com/live', 'restream.url_fault_malformed'],
  ['begin with rtmp', 'restream.url_fault_scheme'],
  ['user name', 'restream.url_fault_user'],
  ['host that is neither', 'restream.url_fault_host'],
  ['public internet', 'restream.url_fault_private'],
  ['port', 'restream.url_fault_port'],
  ['path such as', 'restream.url_fault_app'],
];

export function urlFault(sentence: string): MessageKey {
  return kUrlFaults.find(([words]) => sentence.includes(words))?.[1] ?? 'restream.url_fault_malformed';
}
