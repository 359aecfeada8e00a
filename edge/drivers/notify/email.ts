import { createHash } from 'node:crypto';
import { EMAIL_ADDRESS } from '../../../sdk/contract/notification.schema.js';
import { MOST_RECIPIENTS, type EmailSettings } from '../../kernel/alert-settings.js';
import { NotifyFault, type Notification, type Notifier } from '../../kernel/alerts.js';
import type { Log } from '../../kernel/log.js';
import { oneLine } from './clean.js';
import { emailHtml, type Picture } from './email-html.js';
import { emailText } from './email-text.js';
import type { Message, MessageItem } from './message.js';
import { addressesOf, createTaken } from './recipients.js';
import { loadNodemailer, smtpFault, smtpOptions } from './smtp.js';
import { drawable, loadPng, SPARKLINE, sparklineOf, type Png } from './sparkline.js';

/** Alerts of one mail that have a picture. */
const MOST_PICTURES = 5;

export interface EmailDeps {
  settings: EmailSettings;
  /** With user and password. */
  smtpUrl: string;
  messageOf: (notification: Notification) => Message;
  log: Log;
}

/** Sends mails: text and HTML, with pictures. @throws MissingPeerError where nodemailer is not installed */
export async function createEmailNotifier({ settings, smtpUrl, messageOf, log }: EmailDeps): Promise<Notifier & { close(): void }> {
  const { createTransport } = await loadNodemailer();
  const png = await loadPng().catch((error: unknown) => void log.warn({ err: error }, 'mails have no pictures'));
  const transport = createTransport({ ...smtpOptions(smtpUrl), pool: true, maxConnections: 3 });
  const from = senderOf(settings.from);
  const taken = createTaken();

  /** One mail to at most `MOST_RECIPIENTS`. */
  async function mail(notification: Notification, to: readonly string[], signal: AbortSignal): Promise<void> {
    const { rejectedErrors, ...info } = await unlessCut(signal, transport.sendMail({
      ...contentOf(notification, messageOf(notification), png),
      ...headersOf(notification, from.address),
      from,
      to: to.map((address) => ({ name: '', address })),
      envelope: { from: from.address, to: [...to] },
    }));
    const refused = new Set(info.rejected.map(addressOf));
    for (const address of to) if (!refused.has(address)) taken.add(notification.id, address);
    if (refused.size === 0) return;
    const faults = ((rejectedErrors ?? []) as unknown[]).map(smtpFault);
    throw new NotifyFault(`${refused.size} of ${to.length} addresses were not taken. ${faults[0]?.message ?? ''}`.trimEnd(), { retry: faults.some(({ retry }) => retry) });
  }

  return {
    name: settings.name,
    type: 'email',
    async send(notification, signal) {
      const to = taken.missing(notification.id, addressesOf(notification, settings.to, EMAIL_ADDRESS));
      if (to.length > MOST_RECIPIENTS) throw new NotifyFault(`A mail goes to at most ${MOST_RECIPIENTS} addresses, and this would go to ${to.length}.`, { retry: false });
      if (to.length === 0) return;
      try {
        await mail(notification, to, signal);
      } catch (error) {
        throw smtpFault(error);
      }
    },
    close: () => transport.close(),
  };
}

/** `Alerts <alerts@erp.example>` in two. */
function senderOf(from: string): { name: string; address: string } {
  const [, name = '', address = from] = /^([^<>]*)<([^<>]+)>$/.exec(from) ?? [];
  return { name: oneLine(name, 100), address: address.trim() };
}

/**
 * Each is made of what holds no line break: a digest, or letters and digits. The message's id is the same on each try, and what is told
 * of one group stands together in a mail program.
 */
function headersOf({ id, groupKey, tenant, notifier, at, status, alerts }: Notification, sender: string) {
  const domain = sender.slice(sender.lastIndexOf('@') + 1);
  const thread = `<${digest(`${tenant} ${notifier} ${groupKey}`)}@${domain}>`;
  const urgent = status === 'firing' && alerts.some(({ severity }) => severity === 'critical');
  return {
    messageId: `<${plainId(id)}@${domain}>`,
    inReplyTo: thread,
    references: [thread],
    date: new Date(at),
    ...(urgent && { priority: 'high' as const }),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'List-Id': `<${plainId(notifier)}.alerts.${domain}>`,
      'X-CCM-Notification-Id': plainId(id),
    },
  };
}

function contentOf(notification: Notification, message: Message, png: Png | void) {
  const pictures = new Map<number, Picture>();
  const attachments = message.items.flatMap((item, index) => {
    const content = png === undefined || pictures.size >= MOST_PICTURES ? undefined : sparklineOf(png, item.history, item.threshold);
    if (content === undefined) return [];
    const cid = `value-${index + 1}-${digest(notification.id)}@ccm`;
    pictures.set(index, { cid, alt: altOf(item), ...SPARKLINE });
    return [{ filename: `value-${index + 1}.png`, content, contentType: 'image/png', contentDisposition: 'inline' as const, cid }];
  });
  const id = plainId(notification.id);
  return {
    subject: message.tenant === '' ? message.subject : `[${message.tenant}] ${message.subject}`,
    text: emailText(message, id),
    html: emailHtml(message, id, pictures),
    attachments,
  };
}

function altOf({ history, value }: MessageItem): string {
  const values = drawable(history).map(([, sample]) => sample);
  const [low, high] = values.reduce(([a, b], sample) => [Math.min(a, sample), Math.max(b, sample)], [Infinity, -Infinity]);
  const write = (sample: number): string => String(Number(sample.toPrecision(4)));
  return `The last hours: lowest ${write(low)}, highest ${write(high)}, now ${value}`;
}

function plainId(id: string): string {
  return /^[\w.-]{1,100}$/.test(id) ? id : digest(id);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function addressOf(entry: unknown): string {
  return typeof entry === 'string' ? entry : String((entry as { address?: unknown }).address ?? '');
}

/** The result, unless the signal comes first. The mail may still go out then; another try has the same id. */
async function unlessCut<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  const late = (): NotifyFault => new NotifyFault('The mail server did not take the mail in time.', { retry: true });
  if (signal.aborted) throw late();
  let tell = (): void => undefined;
  const cut = new Promise<never>((_, reject) => {
    tell = () => reject(late());
    signal.addEventListener('abort', tell, { once: true });
  });
  try {
    return await Promise.race([work, cut]);
  } finally {
    signal.removeEventListener('abort', tell);
  }
}
