import { describe, expect, it } from 'vitest';
import { idleLink, nextLink, type LinkEvent, type LinkPolicy, type LinkState, type LinkStep } from './link_machine';

const policy: LinkPolicy = { connect_ms: 8000, restart_ms: 4000, restartsMax: 2, opensMax: 3, backoffFirst_ms: 500, backoffMax_ms: 4000 };
const event = (type: 'start' | 'connected' | 'lost' | 'network-changed' | 'timeout' | 'close' | 'gone'): LinkEvent => ({ type });

function after(...events: LinkEvent[]): LinkStep {
  let step: LinkStep = { state: idleLink() };
  for (const one of events) step = nextLink(step.state, one, policy) ?? { state: step.state };
  return step;
}
const phaseAfter = (...events: LinkEvent[]): LinkState['phase'] => after(...events).state.phase;
const opened = [event('start'), event('connected')];

describe('opening', () => {
  it('opens once when started, for a limited time', () => {
    expect(after(event('start'))).toMatchObject({ action: 'open', timer_ms: 8000, state: { phase: 'opening', opens: 1 } });
    expect(nextLink(after(event('start')).state, event('start'), policy)).toBeUndefined();
  });
  it('is given up at once when the server says that it is no use', () => {
    const step = after(event('start'), { type: 'refused', code: 'codec-unsupported', isFinal: true });
    expect(step).toMatchObject({ action: 'drop', state: { phase: 'failed', reason: 'codec-unsupported' } });
  });
  it('waits longer each time, then gives up', () => {
    const busy: LinkEvent = { type: 'refused', code: 'webrtc-sessions', isFinal: false };
    expect(after(event('start'), busy)).toMatchObject({ timer_ms: 500, state: { phase: 'waiting' } });
    expect(after(event('start'), busy, event('timeout'), busy)).toMatchObject({ timer_ms: 1000 });
    expect(after(event('start'), busy, event('timeout'), busy, event('timeout'), event('timeout'))).toMatchObject({ state: { phase: 'failed', reason: 'no-path' } });
  });
  it('does not wait when the network is back', () => {
    expect(phaseAfter(event('start'), event('timeout'), event('network-changed'))).toBe('opening');
  });
});

describe('an open session', () => {
  it.each(['lost', 'network-changed'] as const)('restarts ICE when %s', (type) => {
    expect(after(...opened, event(type))).toMatchObject({ action: 'restart', timer_ms: 4000, state: { phase: 'restarting', restarts: 1 } });
  });
  it('goes on with the same session when the restart succeeds', () => {
    expect(after(...opened, event('lost'), event('connected'))).toEqual({ state: { phase: 'open', opens: 0, restarts: 0, wasOpen: true, reason: '' } });
  });
  it('tries the restart again, then a new session', () => {
    expect(after(...opened, event('lost'), event('timeout'))).toMatchObject({ action: 'restart', state: { restarts: 2 } });
    expect(after(...opened, event('lost'), event('timeout'), event('timeout'))).toMatchObject({ action: 'open', state: { opens: 1 } });
  });
  it('makes a new session at once when the server has forgotten it', () => {
    expect(after(...opened, event('lost'), event('gone'))).toMatchObject({ action: 'open', state: { wasOpen: true } });
  });
  it('makes a new session when it is of no more use', () => {
    expect(after(...opened, event('gone'))).toMatchObject({ action: 'open', state: { phase: 'opening', wasOpen: true } });
  });
  it('does not count restarts that the network asks for', () => {
    expect(after(...opened, event('lost'), event('network-changed'), event('network-changed')).state.restarts).toBe(1);
  });
});

describe('the end', () => {
  it('is dropped, and nothing comes after it', () => {
    expect(after(...opened, event('close'))).toMatchObject({ action: 'drop', state: { phase: 'closed' } });
    expect(phaseAfter(...opened, event('close'), event('start'))).toBe('closed');
  });
  it('can be started again after it failed', () => {
    expect(phaseAfter(event('start'), { type: 'refused', code: 'x', isFinal: true }, event('start'))).toBe('opening');
  });
});
