import type { WidgetFacts } from '../facts.js';

/** Characters of the title in it: of four bytes each they still fit into the 255 of a name. */
const LONGEST = 60;
/** What file systems refuse, what is not seen, and what turns the order of letters around. */
const REFUSED = /[\\/:*?"<>|\p{Cc}\p{Cf}]+/gu;

/** By the title and the time in the tenant's zone: `Daily Sales Summary 2026-03-01 14.05.csv`. */
export function fileName({ definition, host, display }: Pick<WidgetFacts, 'definition' | 'host' | 'display'>, extension: string, now = new Date()): string {
  const title = (definition?.title || host.widget || 'widget').replace(REFUSED, ' ').replace(/^[\s.]+|\s+$/g, '').replace(/\s+/g, ' ');
  return `${[...title].slice(0, LONGEST).join('').trim() || 'widget'} ${stamp(now, display.timeZone)}.${extension}`;
}

function stamp(time: Date, timeZone: string | undefined): string {
  const parts = formatIn(timeZone).formatToParts(time);
  const part = (name: string) => parts.find(({ type }) => type === name)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}.${part('minute')}`;
}

/** A zone that the browser does not know is no reason to have no file: the browser's own then. */
function formatIn(timeZone: string | undefined): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en', { timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' });
  } catch {
    return formatIn(undefined);
  }
}
