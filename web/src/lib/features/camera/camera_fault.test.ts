import { describe, expect, it } from 'vitest';
import { cameraFaultOf, faultOfBrowser } from './camera_fault';

describe('cameraFaultOf', () => {
  it.each([
    ['NotAllowedError', 'refused'], ['NotFoundError', 'missing'], ['OverconstrainedError', 'missing'], ['NotReadableError', 'busy'],
    ['AbortError', 'busy'], ['TypeError', 'other'],
  ])('%s is %s', (name, fault) => expect(cameraFaultOf({ name })).toBe(fault));
  it('knows nothing of what is no error', () => expect(cameraFaultOf('no')).toBe('other'));
});

describe('faultOfBrowser', () => {
  const able = { isSecure: true, hasCapture: true, hasWebRtc: true };
  it.each([
    [able, undefined], [{ ...able, isSecure: false, hasCapture: false }, 'insecure'], [{ ...able, hasCapture: false }, 'unsupported'],
    [{ ...able, hasWebRtc: false }, 'unsupported'],
  ])('%o: %s', (abilities, fault) => expect(faultOfBrowser(abilities)).toBe(fault));
});
