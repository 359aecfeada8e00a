import { createHttpClient } from '../drivers/http/client.js';
import { probeSmtp, shownSmtp } from '../drivers/notify/smtp.js';
import type { NotifierSettings } from '../kernel/alert-settings.js';
import type { HttpClient } from '../kernel/http-client.js';
import { asProblem } from '../kernel/problems.js';
import type { Settings } from '../kernel/settings.js';
import { causeOf } from '../sources/calls/outages.js';
import type { Finding } from './finding.js';

/** Milliseconds for each, all at once. */
const DEADLINE = 5_000;

/** Whether the notifiers of the settings could send. None of them sends anything: a mail server is logged in to, a host is only reached. */
export async function notifiers({ notifiers: all, environment }: Settings): Promise<Finding[]> {
  const http = createHttpClient({ allowPrivateHosts: environment.allowPrivateHosts });
  try {
    return (await Promise.all(all.map(async (one) => [...await findingsOf(http, one, environment.smtpUrl), ...nobody(one)]))).flat();
  } finally {
    await http.close();
  }
}

async function findingsOf(http: HttpClient, notifier: NotifierSettings, smtpUrl: string | undefined): Promise<Finding[]> {
  if (notifier.type === 'email') return [await mailServer(notifier.name, notifier.smtp ?? smtpUrl ?? '')];
  if (notifier.type === 'push') return [{ state: 'ok', what: `notifier ${notifier.name}: its two VAPID keys are a pair` }];
  return [await receiver(http, notifier.name, notifier.url)];
}

async function mailServer(name: string, address: string): Promise<Finding> {
  const what = `notifier ${name}: ${shownSmtp(address)}`;
  const started = performance.now();
  try {
    const why = await probeSmtp(address, DEADLINE);
    if (why === undefined) return { state: 'ok', what: `${what} lets the edge in, in ${Math.round(performance.now() - started)} ms` };
    return { state: 'fail', what: `${what}: ${why}`, advice: 'Is the address right (CCM_SMTP_URL, or smtp of the notifier), with user and password, and may this machine connect to it?' };
  } catch (error) {
    return { state: 'fail', what: `${what}: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** Its host alone: of some the rest of the address is the secret. */
async function receiver(http: HttpClient, name: string, { origin, host, hostname }: URL): Promise<Finding> {
  const started = performance.now();
  try {
    await http.json({ base: new URL(origin), path: '/', discard: true, deadline: DEADLINE });
  } catch (error) {
    const { code } = asProblem(error);
    if (code === 'upstream_unreachable' || code === 'upstream_timeout') {
      const cause = causeOf(error);
      const advice = cause.includes('CCM_ALLOW_PRIVATE_HOSTS') ? `If it is meant, list ${hostname} in CCM_ALLOW_PRIVATE_HOSTS.` : 'Is url right, and may this machine call it (proxy, firewall)?';
      return { state: 'warn', what: `notifier ${name}: ${host} is not reached: ${cause}`, advice };
    }
  }
  return { state: 'ok', what: `notifier ${name}: ${host} answers in ${Math.round(performance.now() - started)} ms` };
}

function nobody(notifier: NotifierSettings): Finding[] {
  if (!('to' in notifier) || notifier.to.length > 0) return [];
  return [{ state: 'warn', what: `notifier ${notifier.name}: has no addresses under to, so it tells only users who gave theirs` }];
}
