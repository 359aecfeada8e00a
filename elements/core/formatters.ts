import { createFormatter } from '../../sdk/data/format.js';
import type { Formatter } from '../../sdk/data/format.js';
import { validLocale } from './localize.js';
import type { DisplayContext } from './widget-view.js';

const made = new Map<string, Formatter>();

/** The formatter for a locale, zone and currency; one for all views that share them. */
export function formatterFor({ locale, timeZone, currency }: DisplayContext): Formatter {
  const key = `${locale ?? ''}|${timeZone ?? ''}|${currency ?? ''}`;
  let formatter = made.get(key);
  if (formatter === undefined) {
    formatter = createFormatter({ locale: locale ?? pageLocale(), timeZone, currency });
    made.set(key, formatter);
  }
  return formatter;
}

let pageLanguage: { named: string; valid: string | undefined } | undefined;

/** The page's own language where it names one that `Intl` takes. */
export function pageLocale(): string | undefined {
  const named = document.documentElement.lang;
  if (pageLanguage?.named !== named) pageLanguage = { named, valid: validLocale(named) };
  return pageLanguage.valid;
}
