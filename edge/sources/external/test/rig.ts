import type { ExternalAPIDataSource } from '../../../../sdk/contract/data-source.js';
import { createHttpClient, type HttpClientOptions } from '../../../drivers/http/client.js';
import type { AuditEvent } from '../../../kernel/audit.js';
import { systemClock, type Clock } from '../../../kernel/clock.js';
import { fixedConnectors } from '../../../kernel/connectors.js';
import type { CredentialRef } from '../../../kernel/credentials.js';
import type { ConnectorSettings } from '../../../kernel/settings.js';
import type { SourceAnswer } from '../../../kernel/source.js';
import { callsRig } from '../../calls/test/rig.js';
import { CONNECTOR_DEFAULTS, READY_MADE } from '../../connectors/ready-made.js';
import { acme } from '../../test/module-double.js';
import { createPrometheusSource } from '../prometheus.js';
import { createExternalSource } from '../source.js';
import { credentialsDouble } from './credentials-double.js';

export interface RigOptions {
  /** Epoch milliseconds that the clock shows; without it the real time. */
  now?: number;
  http?: Partial<HttpClientOptions>;
}

/** The external source with real calls over real HTTP. */
export function externalRig(connectors: ConnectorSettings[], { now, http: options }: RigOptions = {}) {
  let monotonic = 0;
  const clock: Clock = { ...systemClock, now: () => now ?? Date.now(), monotonic: () => performance.now() + monotonic };
  const http = createHttpClient({ allowPrivateHosts: ['127.0.0.1'], ...options });
  const { calls, usage } = callsRig({ http, clock });
  const notes: AuditEvent[] = [];
  const credentials = credentialsDouble();
  const source = createExternalSource({
    connectors: fixedConnectors(new Map(connectors.map((connector) => [connector.name, connector]))), calls, clock, credentials, audit: { note: (event) => void notes.push(event) },
  });
  const prometheus = createPrometheusSource(source, clock);
  return {
    source, prometheus, usage, notes, credentials, clock,
    wait: (ms: number): void => void (monotonic += ms),
    close: () => http.close(),
    ask(asked: Partial<ExternalAPIDataSource> = {}, { tenant = acme, credential }: { tenant?: typeof acme; credential?: CredentialRef } = {}): Promise<SourceAnswer> {
      return source.fetch({
        tenant, signal: AbortSignal.timeout(10_000), dataSource: { type: 'external_api', apiName: connectors[0]?.name ?? '', endpoint: '/', ...asked },
        ...(credential && { credential }), ...(credential !== undefined && credential.owner !== '' && { viewer: { subject: credential.owner, roles: [] } }),
      });
    },
  };
}

/** A ready-made connector with what a test sets. */
export function readyMade(name: string, more: Partial<ConnectorSettings> = {}): ConnectorSettings {
  const template = READY_MADE.find((one) => one.name === name);
  if (template === undefined) throw new Error(`there is no ready-made connector ${name}`);
  return { baseUrl: '', ...CONNECTOR_DEFAULTS, ...template, auth: { kind: 'none' }, ...more };
}
