import type { ChatSettings } from '../../kernel/alert-settings.js';
import type { Notification, Notifier } from '../../kernel/alerts.js';
import type { HttpClient } from '../../kernel/http-client.js';
import { cut } from './clean.js';
import type { Message, MessageItem } from './message.js';
import { post } from './post.js';

export interface ChatDeps {
  settings: ChatSettings;
  http: HttpClient;
  messageOf: (notification: Notification) => Message;
}

/** Slack takes 50 blocks; each alert has three at most. */
const MOST_SHOWN = 10;
/** Characters, as Slack counts them: after escaping. */
const MOST = { header: 150, text: 2_900, field: 1_900 };

type Block = Record<string, unknown>;

/** Posts to an incoming webhook of Slack, or of what has its form (Mattermost, Rocket.Chat). */
export function createSlackNotifier({ settings, http, messageOf }: ChatDeps): Notifier {
  return {
    name: settings.name,
    type: 'slack',
    async send(notification, signal) {
      const message = messageOf(notification);
      // Nothing in it is looked up: no name is called, no page is fetched for a preview.
      await post(http, settings.url, {
        body: { text: plain(message.subject, MOST.text).text, blocks: blocksOf(message), mrkdwn: false, link_names: false, unfurl_links: false, unfurl_media: false },
      }, signal);
    },
  };
}

function blocksOf({ heading, notes, items, more, link, tenant }: Message): Block[] {
  const shown = items.slice(0, MOST_SHOWN);
  const rest = more + items.length - shown.length;
  return [
    { type: 'header', text: plain(heading, MOST.header) },
    ...(notes.length > 0 ? [{ type: 'section', text: plain(notes.join(' '), MOST.text) }] : []),
    ...shown.flatMap(itemBlocks),
    { type: 'context', elements: [plain(rest > 0 ? `${tenant} · … and ${rest} more` : tenant || 'Alerts', MOST.field)] },
    ...(link !== undefined && (items[0]?.link === undefined || items.length > 1 || rest > 0) ? [{ type: 'actions', elements: [button('Open all alerts', link)] }] : []),
  ];
}

function itemBlocks({ status, title, measure, when, text, details, runbook, link }: MessageItem): Block[] {
  const facts = [when, ...details.map(([name, detail]) => `${name}: ${detail}`)].filter((fact) => fact !== '').join(' · ');
  const buttons = [...(link === undefined ? [] : [button('Open', link)]), ...(runbook === undefined ? [] : [button('What to do', runbook)])];
  const lines = [`${status}: ${title}`, ...(measure === '' ? [] : [measure]), ...(text === '' ? [] : [text])];
  return [
    { type: 'section', text: plain(lines.join('\n'), MOST.text) },
    ...(facts === '' ? [] : [{ type: 'context', elements: [plain(facts, MOST.field)] }]),
    ...(buttons.length === 0 ? [] : [{ type: 'actions', elements: buttons }]),
  ];
}

/** Text that is shown as it is: not as markup, with no name in it called, and `&`, `<` and `>` as Slack wants them. */
function plain(text: string, most: number): { type: 'plain_text'; text: string; emoji: false } {
  const escaped = (part: string): string => part.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  let shown = cut(text, most);
  for (let size = most; escaped(shown).length > most; size = Math.floor(size * 0.8)) shown = cut(text, size);
  return { type: 'plain_text', text: escaped(shown), emoji: false };
}

function button(words: string, url: string): Block {
  return { type: 'button', text: { type: 'plain_text', text: words, emoji: false }, url };
}
