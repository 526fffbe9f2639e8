/** Pure: what was chosen wins over what the browser asks for (the Save-Data client hint). */

interface Connection {
  saveData?: boolean;
}

export function isSaving(chosen: string | null, browser: object): boolean {
  if (chosen === 'on' || chosen === 'off') return chosen === 'on';
  const { connection } = browser as { connection?: Connection };
  return connection?.saveData === true;
}
