import type { Notifier } from '../../kernel/alerts.js';
import { cut } from './clean.js';
import type { Message, MessageItem } from './message.js';
import { post } from './post.js';
import type { ChatDeps } from './slack.js';

/** Of a whole message; Teams takes 28 KB. */
const MOST_BYTES = 27 * 1024;
const MOST_SHOWN = 6;
const MOST_TEXT = 600;
const MOST_FACTS = 8;

type Element = Record<string, unknown>;

const TONES = { critical: 'Attention', warning: 'Warning', info: 'Accent' } as const;

/** Posts an adaptive card, as a workflow of Teams takes it ("when a webhook request is received"). */
export function createTeamsNotifier({ settings, http, messageOf }: ChatDeps): Notifier {
  return {
    name: settings.name,
    type: 'teams',
    async send(notification, signal) {
      await post(http, settings.url, { body: fittingBody(messageOf(notification)) }, signal);
    },
  };
}

/** With as many alerts as there is room for. */
function fittingBody(message: Message): Element {
  const bodyOf = (most: number): Element => ({
    type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: cardOf(message, most) }],
  });
  let most = MOST_SHOWN;
  while (most > 0 && Buffer.byteLength(JSON.stringify(bodyOf(most))) > MOST_BYTES) most -= 1;
  return bodyOf(most);
}

function cardOf({ heading, subject, notes, items, more, link, tenant, severity, kind }: Message, most: number): Element {
  const shown = items.slice(0, most);
  const rest = more + items.length - shown.length;
  const tone = severity === undefined ? (kind === 'test' ? 'Accent' : 'Good') : TONES[severity];
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    fallbackText: subject,
    msteams: { width: 'Full' },
    body: [
      text(tenant, { isSubtle: true, size: 'Small' }),
      text(heading, { size: 'Large', weight: 'Bolder', color: tone }),
      ...notes.map((note) => text(note)),
      ...shown.map(itemOf),
      ...(rest > 0 ? [text(`… and ${rest} more`, { isSubtle: true })] : []),
    ],
    actions: link === undefined ? [] : [{ type: 'Action.OpenUrl', title: items.length === 1 && rest === 0 ? 'Open alert' : 'Open all alerts', url: link }],
  };
}

function itemOf({ status, severity, over, title, measure, when, text: words, details, runbook, link }: MessageItem): Element {
  const actions = [
    ...(link === undefined ? [] : [{ type: 'Action.OpenUrl', title: 'Open', url: link }]),
    ...(runbook === undefined ? [] : [{ type: 'Action.OpenUrl', title: 'What to do', url: runbook }]),
  ];
  return {
    type: 'Container', separator: true, spacing: 'Medium',
    items: [
      text(status, { weight: 'Bolder', size: 'Small', color: status === 'Test' ? 'Accent' : over ? 'Good' : TONES[severity] }),
      text(title, { weight: 'Bolder' }),
      ...(measure === '' ? [] : [text(measure, { size: 'Large' })]),
      ...(when === '' ? [] : [text(when, { isSubtle: true, size: 'Small' })]),
      ...(words === '' ? [] : [text(cut(words, MOST_TEXT))]),
      ...details.slice(0, MOST_FACTS).map(([name, detail]) => text(`${name}: ${detail}`, { isSubtle: true, size: 'Small' })),
      ...(actions.length === 0 ? [] : [{ type: 'ActionSet', actions }]),
    ],
  };
}

/** A run of text: unlike a text block it knows no markup, so that what is data is shown as typed. */
function text(words: string, style: Element = {}): Element {
  return { type: 'RichTextBlock', spacing: 'Small', inlines: [{ type: 'TextRun', text: words, ...style }] };
}
