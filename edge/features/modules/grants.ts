import { endpointFault } from '../../../sdk/contract/endpoint.js';
import type { SourceParams } from '../../../sdk/contract/data-source.js';
import { REFRESH_INTERVAL } from '../../../sdk/contract/widget.js';
import { adhocSpec } from '../../feeds/spec.js';
import type { Audit, Trace } from '../../kernel/audit.js';
import type { Clock } from '../../kernel/clock.js';
import type { FeedAnswer, Feeds } from '../../kernel/feed.js';
import type { ModuleRegistry, RegisteredModule } from '../../kernel/module-registry.js';
import { asProblem, ProblemError } from '../../kernel/problems.js';
import type { TellRefusal } from '../../kernel/seldom.js';
import type { ModuleGrant, ModuleSettings } from '../../kernel/settings.js';
import { createPathRule } from '../../sources/paths.js';
import { isSecretOf } from './callers.js';

export interface GrantsDeps {
  grants: readonly ModuleGrant[];
  /** Of the settings file: a grant is between two of these. */
  settings: ReadonlyMap<string, ModuleSettings>;
  modules: ModuleRegistry;
  feeds: Feeds;
  audit: Audit;
  clock: Clock;
  /** Told why a module is not let in, which whoever asks may not learn. */
  tell?: TellRefusal;
}

/** What one module asks of another. */
export interface GrantedQuestion {
  /** The asking module's own. */
  secret: string | undefined;
  /** One of the asking module's tenants. */
  tenant: string | undefined;
  to: string;
  endpoint: string;
  params: SourceParams;
  trace?: Trace;
}

export interface Grants {
  /**
   * A module's answer for another module, through the edge. Throws `unauthenticated` for a secret that is no module's, `forbidden`
   * for a tenant that is not the asking module's and for what no grant allows (there or not), `bad_request` for an endpoint that is
   * no plain path. Each question is audited.
   */
  read(question: GrantedQuestion): Promise<FeedAnswer>;
}

/** Milliseconds that an answer is kept: as for a user's free question, and shared with those. */
const KEPT = REFRESH_INTERVAL.min * 1000;

interface Rule {
  grant: ModuleGrant;
  allows: (endpoint: string) => boolean;
}

/** One module may ask another only what a grant of the settings says. */
export function createGrants({ grants, settings, modules, feeds, audit, clock, tell }: GrantsDeps): Grants {
  const rules: Rule[] = grants.map((grant) => ({ grant, allows: createPathRule(grant.endpoints) }));

  function callerOf(secret: string | undefined, tenant: string | undefined): RegisteredModule {
    // All are compared, so that the time taken does not say which.
    const callers = [...settings.keys()].flatMap((name) => modules.named(name)).filter((module) => isSecretOf(module, secret ?? ''));
    const caller = callers.find(({ settings: { tenants } }) => tenant !== undefined && tenants.includes(tenant)) ?? callers[0];
    if (secret === undefined || secret === '' || caller === undefined) {
      tell?.('its secret is that of no module of the settings');
      throw new ProblemError('unauthenticated', 'A valid bearer token is needed.');
    }
    return caller;
  }

  function granted(from: string, { to, endpoint }: GrantedQuestion, tenant: string): boolean {
    return modules.find(to, tenant)?.origin === 'settings' && rules.some(({ grant, allows }) =>
      grant.from === from && grant.to === to && (grant.tenants?.includes(tenant) ?? true) && allows(endpoint));
  }

  return {
    async read(question) {
      const { to, tenant, params } = question;
      const { settings: from } = callerOf(question.secret, tenant);
      const fault = endpointFault(question.endpoint);
      if (fault !== undefined) throw new ProblemError('bad_request', `endpoint: ${fault}`, { errors: [{ path: 'endpoint', message: fault }] });
      const event = { ...question.trace, user: `module:${from.name}`, target: `module:${to} ${question.endpoint}` };
      if (tenant === undefined || !from.tenants.includes(tenant)) {
        // In nobody's trail: of the tenants that it has, none was asked for, and of the others it may say nothing.
        throw new ProblemError('forbidden', `The module ${from.name} must name one of its tenants: tenant=…`);
      }
      if (!granted(from.name, question, tenant)) {
        audit.note({ ...event, tenant, action: 'access.refused', outcome: 'refused', code: 'forbidden' });
        throw new ProblemError('forbidden', `No grant lets the module ${from.name} ask this.`);
      }
      const start = clock.monotonic();
      const took = () => ({ milliseconds: clock.monotonic() - start });
      try {
        const dataSource = { type: 'module', moduleName: to, endpoint: question.endpoint, params } as const;
        const answer = await feeds.read(adhocSpec({ tenant, label: `modules/${to}`, dataSource, interval: KEPT }));
        audit.note({ ...event, tenant, action: 'grant.use', outcome: 'ok', bytes: answer.body.byteLength, ...took() });
        return answer;
      } catch (error) {
        audit.note({ ...event, tenant, action: 'grant.use', outcome: 'failed', code: asProblem(error).code, ...took() });
        throw error;
      }
    },
  };
}
