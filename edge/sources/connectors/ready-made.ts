import type { ConnectorDefinition } from '../../../sdk/contract/connector-definition.js';
import type { ConnectorSettings } from '../../kernel/settings.js';
import { custom } from './custom.js';
import { googleAnalytics } from './google-analytics.js';
import { mailchimp } from './mailchimp.js';
import { paypal } from './paypal.js';
import { prometheus } from './prometheus.js';
import { sendgrid } from './sendgrid.js';
import { stripe } from './stripe.js';

/** One that a connector can begin with; without an address it cannot be called before somebody gives it one. */
export type ConnectorTemplate = Omit<ConnectorDefinition, 'baseUrl'> & { baseUrl?: string };

export const READY_MADE: readonly ConnectorTemplate[] = [stripe, sendgrid, paypal, mailchimp, googleAnalytics, prometheus, custom];

/** What a connector has where nobody says otherwise. */
export const CONNECTOR_DEFAULTS = { paths: ['/**'], encoding: 'repeat', dates: 'iso', cacheSeconds: 0 } as const;

/** Those that can be called as they are, with a user's or a tenant's credential. */
export function callable(templates: readonly ConnectorTemplate[] = READY_MADE): ConnectorSettings[] {
  return templates.flatMap(({ baseUrl, ...rest }) =>
    baseUrl === undefined ? [] : [{ ...CONNECTOR_DEFAULTS, ...rest, baseUrl, auth: { kind: 'none' }, kind: 'ready-made' }]);
}
