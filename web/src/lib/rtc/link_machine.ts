/** When a WebRTC session is opened, restarted and given up: a pure state machine. RtcLink does what it says. */

export type LinkPhase = 'idle' | 'opening' | 'open' | 'restarting' | 'waiting' | 'failed' | 'closed';

export interface LinkState {
  phase: LinkPhase;
  /** Sessions tried since the last that was open. */
  opens: number;
  /** ICE restarts tried since it was lost. */
  restarts: number;
  wasOpen: boolean;
  /** Why it waits or failed: a problem's code, or `no-path`. */
  reason: string;
}

export type LinkEvent =
  | { type: 'start' | 'connected' | 'lost' | 'network-changed' | 'timeout' | 'close' }
  /** The server does not know the session any more, or it is of no more use. */
  | { type: 'gone' }
  | { type: 'refused'; code: string; isFinal: boolean };

export type LinkAction = 'open' | 'restart' | 'drop';

/** What follows an event. Any timer from before is over; the new one ends in `timeout`. */
export interface LinkStep {
  state: LinkState;
  action?: LinkAction;
  timer_ms?: number;
}

export interface LinkPolicy {
  connect_ms: number;
  restart_ms: number;
  restartsMax: number;
  opensMax: number;
  backoffFirst_ms: number;
  backoffMax_ms: number;
}

export function idleLink(): LinkState {
  return { phase: 'idle', opens: 0, restarts: 0, wasOpen: false, reason: '' };
}

function open(state: LinkState, policy: LinkPolicy): LinkStep {
  return { state: { ...state, phase: 'opening', opens: state.opens + 1, restarts: 0 }, action: 'open', timer_ms: policy.connect_ms };
}

function fail(state: LinkState, reason: string): LinkStep {
  return { state: { ...state, phase: 'failed', reason }, action: 'drop' };
}

function waitOrFail(state: LinkState, reason: string, policy: LinkPolicy): LinkStep {
  if (state.opens >= policy.opensMax) return fail(state, reason);
  const timer_ms = Math.min(policy.backoffMax_ms, policy.backoffFirst_ms * 2 ** Math.min(state.opens - 1, 8));
  return { state: { ...state, phase: 'waiting', reason }, action: 'drop', timer_ms };
}

function restart(state: LinkState, policy: LinkPolicy): LinkStep {
  return { state: { ...state, phase: 'restarting', restarts: state.restarts + 1 }, action: 'restart', timer_ms: policy.restart_ms };
}

function whileOpening(state: LinkState, event: LinkEvent, policy: LinkPolicy): LinkStep | undefined {
  switch (event.type) {
    case 'connected':
      return { state: { phase: 'open', opens: 0, restarts: 0, wasOpen: true, reason: '' } };
    case 'refused':
      return event.isFinal ? fail(state, event.code) : waitOrFail(state, event.code, policy);
    case 'timeout':
    case 'lost':
      return waitOrFail(state, 'no-path', policy);
    default:
      return undefined;
  }
}

function whileRestarting(state: LinkState, event: LinkEvent, policy: LinkPolicy): LinkStep | undefined {
  switch (event.type) {
    case 'connected':
      return { state: { phase: 'open', opens: 0, restarts: 0, wasOpen: true, reason: '' } };
    case 'gone':
      return open({ ...state, opens: 0 }, policy);
    case 'timeout':
      return state.restarts < policy.restartsMax ? restart(state, policy) : open({ ...state, opens: 0 }, policy);
    case 'network-changed':
      return restart({ ...state, restarts: state.restarts - 1 }, policy);
    default:
      return undefined;
  }
}

/** None: the event changes nothing here, and a timer goes on. */
export function nextLink(state: LinkState, event: LinkEvent, policy: LinkPolicy): LinkStep | undefined {
  if (state.phase === 'closed') return undefined;
  if (event.type === 'close') return { state: { ...state, phase: 'closed' }, action: 'drop' };
  switch (state.phase) {
    case 'idle':
    case 'failed':
      return event.type === 'start' ? open({ ...idleLink(), wasOpen: state.wasOpen }, policy) : undefined;
    case 'opening':
      return whileOpening(state, event, policy);
    case 'open':
      if (event.type === 'gone') return open(state, policy);
      return event.type === 'lost' || event.type === 'network-changed' ? restart(state, policy) : undefined;
    case 'restarting':
      return whileRestarting(state, event, policy);
    case 'waiting':
      return event.type === 'timeout' || event.type === 'network-changed' ? open(state, policy) : undefined;
  }
}
