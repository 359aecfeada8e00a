import type { Message, MessageItem } from './message.js';

/** A mail for those who read no HTML. */
export function emailText(message: Message, id: string): string {
  const { heading, notes, items, more, link, tenant } = message;
  return [
    [heading, ...notes].join('\n'),
    ...items.map(itemText),
    ...(more > 0 ? [`… and ${more} more.`] : []),
    ...(link !== undefined && (items[0]?.link === undefined || items.length > 1 || more > 0) ? [`All alerts: ${link}`] : []),
    `-- \nSent automatically by the alerts of ${tenant}. Message ${id}`,
  ].join('\n\n') + '\n';
}

function itemText({ status, title, measure, when, text, details, runbook, link }: MessageItem): string {
  return [
    `${status.toUpperCase()}: ${title}`,
    ...(measure === '' ? [] : [`  Value: ${measure}`]),
    ...(when === '' ? [] : [`  ${when}`]),
    ...(text === '' ? [] : text.split('\n').map((line) => `  ${line}`.trimEnd())),
    ...details.map(([name, detail]) => `  ${name}: ${detail}`),
    ...(runbook === undefined ? [] : [`  What to do: ${runbook}`]),
    ...(link === undefined ? [] : [`  Open: ${link}`]),
  ].join('\n');
}
