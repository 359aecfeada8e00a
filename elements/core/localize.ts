import type { DashboardStrings } from './editing-strings.js';
import type { ListStrings } from './list-strings.js';
import type { MenuStrings } from './menu-strings.js';
import type { PagesStrings } from './pages-strings.js';
import type { SlicesStrings } from './slices-strings.js';
import { english } from './strings.js';
import type { Groups, Strings } from './strings.js';

/** What a page or a third party said, and the languages that come with the elements: what was said goes before. */
const said = new Map<string, Translation>();
const brought = new Map<string, Translation>();
const whole = new Map<string, Strings>();

/** What the elements say by themselves in another language, or some of it. */
export type Translation = Partial<Omit<Strings, keyof Groups> & MenuStrings & DashboardStrings & PagesStrings & ListStrings & SlicesStrings> & { [Group in keyof Groups]?: Partial<Groups[Group]> };

/**
 * Adds a language, or some of its strings: what is missing is shown in the language that comes with the elements, or in English.
 * `locale` is a BCP 47 tag; `de` serves `de-AT` too.
 */
export function registerTranslation(locale: string, strings: Translation): void {
  add(said, locale, strings);
}

/** A language of the elements' own has arrived. */
export function bringTranslation(locale: string, strings: Translation): void {
  add(brought, locale, strings);
}

function add(to: Map<string, Translation>, locale: string, strings: Translation): void {
  const tag = locale.toLowerCase();
  to.set(tag, merged(to.get(tag) ?? {}, strings));
  whole.clear();
}

/** Tables in it, such as a room's words, are merged too. */
function merged<T extends object>(base: T, over: object): T {
  const result = { ...base } as Record<string, unknown>;
  for (const [name, value] of Object.entries(over)) {
    const before = result[name];
    result[name] = typeof value === 'object' && value !== null && typeof before === 'object' ? merged(before as object, value as object) : value;
  }
  return result as T;
}

/** The strings for a locale: its own, its language's, English. */
export function stringsFor(locale: string | undefined): Strings {
  if (locale === undefined) return english;
  const tag = locale.toLowerCase();
  let found = whole.get(tag);
  if (found === undefined) {
    const language = tag.split('-')[0] ?? '';
    const parts = [brought.get(language), brought.get(tag), said.get(language), said.get(tag)];
    found = parts.reduce<Strings>((base, part) => (part ? merged(base, part) : base), english);
    whole.set(tag, found);
  }
  return found;
}

/**
 * The words of one room for a locale, which load with it: as translated, else in English. A room whose words are called like others
 * has its own place in a translation.
 */
export function wordsOf<Group extends keyof Groups>(group: Group, own: Groups[Group], locale: string | undefined): Groups[Group] {
  const translated: object | undefined = stringsFor(locale)[group];
  return translated ? merged(own as object, translated) as Groups[Group] : own;
}

/** The strings for a locale, with those of `own`, which load later: as translated, else in English. */
export function stringsWith<T extends object>(own: T, locale: string | undefined): Strings & T {
  return { ...own, ...stringsFor(locale) };
}

/** What `check` makes of a name, or undefined where it throws. Asked for with each answer; checking is expensive, so what was found is kept. */
function known(check: (name: string) => string | undefined): (name: string | null | undefined) => string | undefined {
  const found = new Map<string, string | undefined>();
  return (name) => {
    if (!name) return undefined;
    if (!found.has(name)) {
      let valid: string | undefined;
      try {
        valid = check(name);
      } catch {
        // Stays undefined.
      }
      found.set(name, valid);
    }
    return found.get(name);
  };
}

/** A locale that `Intl` takes, or undefined: a mistyped attribute must not break a page. */
export const validLocale = known((tag) => Intl.getCanonicalLocales(tag)[0]);

/** A time zone that `Intl` knows, or undefined. */
export const validTimeZone = known((name) => new Intl.DateTimeFormat('en', { timeZone: name }) && name);

let own: string | undefined;

/** The time zone of the viewer's machine. */
export function ownTimeZone(): string {
  return (own ??= Intl.DateTimeFormat().resolvedOptions().timeZone);
}
