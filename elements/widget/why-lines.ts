import type { Carrier } from '../../sdk/client/client.js';
import { formatterFor, pageLocale } from '../core/formatters.js';
import { wordsOf } from '../core/localize.js';
import type { MenuStrings } from '../core/menu-strings.js';
import type { Strings } from '../core/strings.js';
import { englishWhy } from '../core/why-strings.js';
import type { DisplayContext } from '../core/widget-view.js';
import type { Explanation } from './explanation.js';

/** A line of the panel: what it is, and what it says. */
export interface DetailLine {
  name: string;
  text: string;
}

interface Told {
  locale: string | undefined;
  display: DisplayContext;
  strings: Strings & MenuStrings;
  /** Address of the file that it shows. */
  src?: string | undefined;
  /** Seconds since the explanation was asked for. */
  since: number;
}

/** An explanation as lines for people, the nearest question first. What is not known has no line. */
export function whyLines(why: Explanation, { locale, display, strings, src = '', since }: Told): DetailLine[] {
  const words = wordsOf('why', englishWhy, locale);
  const spoken = locale ?? pageLocale();
  const number = (value: number) => formatterFor(display).format(value, 'number');
  const carriers: Record<Carrier, string> = { ws: strings.carrierWs, sse: strings.carrierSse, poll: strings.carrierPoll, off: strings.carrierOff };
  const { source, from, fetchedAt, age, ms, interval, every, nextAt, quota, carrier, watchers, tokenEndsAt, missing, widgetId, edge } = why;
  const named = source && Object.hasOwn(words.sources, source.type) ? words.sources[source.type]?.(source.name) : source?.type;
  const lines: [string, string | undefined][] = [
    [words.source, from === 'edge' ? named : from === 'file' ? words.fromFile(src) : words.fromPage],
    [words.missing, missing && (missing.credential === undefined ? words.missingConnector(missing.connector) : words.missingCredential(missing.connector, missing.credential))],
    [words.dataOf, fetchedAt && formatterFor(display).format(fetchedAt, 'datetime')],
    [words.checked, age === undefined ? undefined : relative(-age - since, spoken)],
    [words.took, ms === undefined ? undefined : duration(ms, 'millisecond', spoken)],
    [words.refreshed, pace(interval, every)],
    [words.next, from !== 'edge' || why.unanswered ? undefined : nextAt === undefined ? words.nextNever : untilNow(nextAt, words.nextNow, spoken)],
    [words.quota, quota && quotaText()],
    [words.updates, from === 'edge' ? carriers[carrier] : undefined],
    [words.watchers, watchers ? words.pages(watchers) : undefined],
    [words.signIn, tokenEndsAt && relative((Date.parse(tokenEndsAt) - Date.now()) / 1000, spoken)],
    [words.widget, widgetId],
    [words.edge, edge],
  ];
  return lines.flatMap(([name, text]) => (text ? [{ name, text }] : []));

  function pace(asked: number | undefined, real: number | undefined): string | undefined {
    if (asked === undefined) return undefined;
    const time = (seconds: number) => span(seconds, spoken);
    return real !== undefined && real > asked ? words.slowed(time(real), time(asked)) : words.every(time(asked));
  }

  function quotaText(): string | undefined {
    if (quota === undefined) return undefined;
    const { used, limit, queued } = quota;
    const calls = limit === undefined ? number(used) : words.quotaOf(number(used), number(limit));
    return queued > 0 ? `${calls}, ${words.waiting(number(queued))}` : calls;
  }
}

/** Seconds before and after now, as one says it: `12 seconds ago`, `in 3 minutes`; empty where the moment is none. */
function relative(seconds: number, locale: string | undefined): string {
  if (!Number.isFinite(seconds)) return '';
  const [value, unit] = coarse(seconds);
  return new Intl.RelativeTimeFormat(locale, { numeric: 'always' }).format(Math.round(value), unit);
}

function untilNow(time: string, now: string, locale: string | undefined): string {
  const seconds = (Date.parse(time) - Date.now()) / 1000;
  return seconds < 1 ? now : relative(seconds, locale);
}

function span(seconds: number, locale: string | undefined): string {
  const [value, unit] = coarse(seconds);
  return duration(value, unit, locale);
}

function duration(value: number, unit: string, locale: string | undefined): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: unit === 'millisecond' ? 'short' : 'long', maximumFractionDigits: 1 }).format(value);
}

function coarse(seconds: number): [number, 'second' | 'minute' | 'hour' | 'day'] {
  const size = Math.abs(seconds);
  if (size < 120) return [Math.round(seconds), 'second'];
  if (size < 7200) return [tenth(seconds / 60), 'minute'];
  return size < 172_800 ? [tenth(seconds / 3600), 'hour'] : [tenth(seconds / 86_400), 'day'];
}

const tenth = (value: number) => Math.round(value * 10) / 10;
