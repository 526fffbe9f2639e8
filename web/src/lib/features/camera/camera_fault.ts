/** Why there is no camera, as one of a few things that a person can do something about. */

export type CameraFault = 'insecure' | 'unsupported' | 'refused' | 'missing' | 'busy' | 'other';

const kByName: Record<string, CameraFault> = {
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

export function cameraFaultOf(error: unknown): CameraFault {
  const name = typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : '';
  return kByName[name] ?? 'other';
}

export interface BrowserAbilities {
  isSecure: boolean;
  hasCapture: boolean;
  hasWebRtc: boolean;
}

/** What stands in the way before anybody is asked. Browsers hide the camera from pages without TLS. */
export function faultOfBrowser({ isSecure, hasCapture, hasWebRtc }: BrowserAbilities): CameraFault | undefined {
  if (!isSecure) return 'insecure';
  return hasCapture && hasWebRtc ? undefined : 'unsupported';
}
