import { bringTranslation, type Translation } from './localize.js';

/** Loads a language that comes with the elements. */
export type LanguageLoader = () => Promise<{ readonly translation: Translation }>;

const loaders = new Map<string, LanguageLoader>();
const listeners = new Set<() => void>();

/** Says how languages are loaded, by their BCP 47 language. The script tag's entry and the package's `define()` call it. */
export function provideLanguages(languages: Readonly<Record<string, LanguageLoader>>): void {
  for (const [language, load] of Object.entries(languages)) if (!loaders.has(language)) loaders.set(language, load);
}

/** Loads the words of a locale, where there are any that are not here yet; those who listen are told when they are. */
export function needLanguage(locale: string | undefined): void {
  const language = locale?.split('-')[0]?.toLowerCase() ?? '';
  const load = loaders.get(language);
  if (load === undefined) return;
  loaders.delete(language);
  load().then(
    ({ translation }) => {
      bringTranslation(language, translation);
      for (const listener of [...listeners]) listener();
    },
    // The network failed: who needs it next tries again. Until then it is English.
    () => loaders.set(language, load),
  );
}

/** Tells when a language has arrived. Returns how to stop. */
export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
