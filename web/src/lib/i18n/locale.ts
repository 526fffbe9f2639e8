/** The four languages, and which one a viewer gets. */

export const kLocales = ['en', 'zh', 'es', 'fr'] as const;
export type Locale = (typeof kLocales)[number];

/** BCP 47 tags, for `lang` and Intl. Spanish is Mexico's. */
export const kLocaleTags: Record<Locale, string> = { en: 'en', zh: 'zh-Hans', es: 'es-MX', fr: 'fr' };

/** Each language by its own name, as a reader of it looks for it. */
export const kLocaleNames: Record<Locale, string> = {
  en: 'English',
  zh: '中文',
  es: 'Español',
  fr: 'Français',
};

export function isLocale(value: unknown): value is Locale {
  return kLocales.includes(value as Locale);
}

/** `preferred` as in navigator.languages, the best first. */
export function pickLocale(stored: string | null, preferred: readonly string[]): Locale {
  if (isLocale(stored)) return stored;
  for (const tag of preferred) {
    const language = tag.toLowerCase().split('-')[0];
    if (isLocale(language)) return language;
  }
  return 'en';
}
