import type { LanguageLoader } from './core/languages.js';

/** The languages that come with the elements, besides English. Each is a chunk of its own. */
export const LANGUAGES: Readonly<Record<string, LanguageLoader>> = {
  de: () => import('./locales/de.js'),
  es: () => import('./locales/es.js'),
  fr: () => import('./locales/fr.js'),
  ar: () => import('./locales/ar.js'),
  zh: () => import('./locales/zh.js'),
};
