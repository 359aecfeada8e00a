import { valuesOf } from './context.js';
import { chooseSession } from './session-choice.js';
import { enter, leave } from './sessions.js';

/**
 * Asks for the layouts of the dashboards that are on the page, by what their tags say: each answer is on its way while the code that
 * shows it still comes in. Who is given a token only later asks for itself.
 * @returns what to call when that code is there, or is not to be had: until then the answers are kept
 */
export function askLayoutsAhead(): () => void {
  const stops: (() => void)[] = [];
  for (const tag of document.querySelectorAll<HTMLElement>('ccm-dashboard:not([src], [preset])')) {
    const choice = chooseSession(tag, valuesOf(tag));
    if (choice === undefined || !('source' in choice) || choice.source.kind === 'none' || 'value' in tag) continue;
    const session = enter(tag, choice);
    session.client.layouts.ahead(tag.getAttribute('layout') ?? 'default');
    stops.push(() => leave(tag, session));
  }
  return () => stops.forEach((stop) => stop());
}
