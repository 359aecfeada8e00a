import type { DashboardStrings } from './dashboard-strings.js';
import type { MenuStrings } from './menu-strings.js';
import { english } from './strings.js';
import type { Groups, Strings } from './strings.js';

const translations = new Map<string, Strings>();

/** What the elements say by themselves in another language, or some of it. */
export type Translation = Partial<Strings & MenuStrings & DashboardStrings>;

/**
 * Adds a language, or some of its strings: what is missing is shown in English. `locale` is a BCP 47 tag; `de` serves
 * `de-AT` too.
 */
export function registerTranslation(locale: string, strings: Translation): void {
  const tag = locale.toLowerCase();
  translations.set(tag, { ...(translations.get(tag) ?? english), ...strings });
}

/** The strings for a locale: its own, its language's, English. */
export function stringsFor(locale: string | undefined): Strings {
  if (locale === undefined) return english;
  const tag = locale.toLowerCase();
  return translations.get(tag) ?? translations.get(tag.split('-')[0] ?? '') ?? english;
}

/**
 * The words of one room for a locale, which load with it: as translated, else in English. A room whose words are called like others
 * has its own place in a translation.
 */
export function wordsOf<Group extends keyof Groups>(group: Group, english: Groups[Group], locale: string | undefined): Groups[Group] {
  return { ...english, ...stringsFor(locale)[group] };
}

/** The strings for a locale, with those of `own`, which load later: as translated, else in English. */
export function stringsWith<T extends object>(own: T, locale: string | undefined): Strings & T {
  return { ...own, ...stringsFor(locale) };
}

/** A locale that `Intl` takes, or undefined: a mistyped attribute must not break a page. */
export function validLocale(locale: string | null | undefined): string | undefined {
  if (!locale) return undefined;
  try {
    return Intl.getCanonicalLocales(locale)[0];
  } catch {
    return undefined;
  }
}

const zones = new Map<string, boolean>();

/** A time zone that `Intl` knows, or undefined. Checking is expensive, so what was found is kept. */
export function validTimeZone(name: string | undefined): string | undefined {
  if (!name) return undefined;
  let valid = zones.get(name);
  if (valid === undefined) {
    try {
      new Intl.DateTimeFormat('en', { timeZone: name });
      valid = true;
    } catch {
      valid = false;
    }
    zones.set(name, valid);
  }
  return valid ? name : undefined;
}

let own: string | undefined;

/** The time zone of the viewer's machine. */
export function ownTimeZone(): string {
  return (own ??= Intl.DateTimeFormat().resolvedOptions().timeZone);
}
