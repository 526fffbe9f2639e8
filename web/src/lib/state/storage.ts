/** localStorage that may be missing, full or forbidden: then nothing is remembered and nothing breaks. */

const kPrefix = 'geili.';

export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(kPrefix + key);
  } catch {
    return null;
  }
}

export function writeStored(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(kPrefix + key);
    else localStorage.setItem(kPrefix + key, value);
  } catch {
    // A private window without storage still works for this visit.
  }
}

/** None when absent, broken, or not what `isValid` asks for. */
export function readStoredJson<T>(key: string, isValid: (value: unknown) => value is T): T | undefined {
  const text = readStored(key);
  if (text === null) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isValid(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function writeStoredJson(key: string, value: unknown): void {
  writeStored(key, JSON.stringify(value));
}
