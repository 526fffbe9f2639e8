import { describe, expect, it } from 'vitest';
import { restreamLook, restreamReason, urlFault } from './words';

describe('a restream at the desk', () => {
  it('looks as it is', () => {
    expect(restreamLook({ enabled: true, state: 'live' })).toBe('live');
    expect(restreamLook({ enabled: true })).toBe('none');
    expect(restreamLook({ enabled: false, state: 'waiting' })).toBe('off');
  });

  it('says why it is not live', () => {
    expect(restreamReason({ enabled: true, reason: 'refused' })).toBe('restream.reason_refused');
    expect(restreamReason({ enabled: true })).toBeUndefined();
    expect(restreamReason({ enabled: false, reason: 'not_live' })).toBeUndefined();
  });
});

describe('a server URL', () => {
  it('has its fault named', () => {
    expect(urlFault('is not a URL such as rtmp://example.com/live')).toBe('restream.url_fault_malformed');
    expect(urlFault('does not begin with rtmp:// or rtmps://')).toBe('restream.url_fault_scheme');
    expect(urlFault('holds a user name')).toBe('restream.url_fault_user');
    expect(urlFault('has a host that is neither a name nor an address')).toBe('restream.url_fault_host');
    expect(urlFault('is not on the public internet')).toBe('restream.url_fault_private');
    expect(urlFault('has a port that may not be called')).toBe('restream.url_fault_port');
    expect(urlFault('ends behind the host: a path such as /live is missing')).toBe('restream.url_fault_app');
    expect(urlFault('is too long')).toBe('restream.url_fault_malformed');
  });
});
