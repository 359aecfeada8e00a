import type { NotifierSettings } from '../../kernel/alert-settings.js';
import type { Notifier } from '../../kernel/alerts.js';
import type { Clock } from '../../kernel/clock.js';
import type { HttpClient } from '../../kernel/http-client.js';
import type { Log } from '../../kernel/log.js';
import type { Settings } from '../../kernel/settings.js';
import { createAlertmanagerNotifier } from './alertmanager.js';
import { createEmailNotifier } from './email.js';
import { createLinks } from './links.js';
import { createMessages } from './message.js';
import { createPushNotifier } from './push.js';
import { createSlackNotifier } from './slack.js';
import { createSmsNotifier } from './sms.js';
import { createTeamsNotifier } from './teams.js';
import { createWebhookNotifier } from './webhook.js';

export interface NotifiersDeps {
  settings: Pick<Settings, 'notifiers' | 'tenants'> & { environment: Pick<Settings['environment'], 'smtpUrl'>; alerts: Pick<Settings['alerts'], 'pageUrl'> };
  http: HttpClient;
  /** Calls public hosts alone, on 443 and 80: for the addresses that users' browsers give. */
  publicHttp: HttpClient;
  clock: Clock;
  log: Log;
}

export interface Notifiers {
  readonly all: readonly Notifier[];
  /** Lets go of the connections to mail servers. */
  close(): void;
}

/**
 * One a notifier of the settings.
 *
 * @throws MissingPeerError for a package that one of them needs and that is not installed: at the start, so that no edge runs that cannot tell
 */
export async function createNotifiers({ settings, http, publicHttp, clock, log }: NotifiersDeps): Promise<Notifiers> {
  const { pageUrl } = settings.alerts;
  const messageOf = createMessages({ tenants: settings.tenants, pageUrl });
  const links = createLinks(pageUrl);
  const closers: (() => void)[] = [];

  async function notifierOf(one: NotifierSettings): Promise<Notifier> {
    switch (one.type) {
      case 'email': {
        const email = await createEmailNotifier({ settings: one, smtpUrl: one.smtp ?? settings.environment.smtpUrl ?? '', messageOf, log });
        closers.push(() => email.close());
        return email;
      }
      case 'sms': return createSmsNotifier({ settings: one, http, messageOf });
      case 'webhook': return createWebhookNotifier({ settings: one, http, clock, links });
      case 'alertmanager': return createAlertmanagerNotifier({ settings: one, http, links });
      case 'slack': return createSlackNotifier({ settings: one, http, messageOf });
      case 'teams': return createTeamsNotifier({ settings: one, http, messageOf });
      case 'push': return createPushNotifier({ settings: one, http: publicHttp, messageOf });
    }
  }

  const close = (): void => {
    for (const closer of closers) closer();
  };
  try {
    return { all: await Promise.all(settings.notifiers.map(notifierOf)), close };
  } catch (error) {
    close();
    throw error;
  }
}
