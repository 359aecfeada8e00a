import type { ModuleDataSource } from '../../sdk/contract/data-source.js';
import type { Audit, AuditEvent } from '../kernel/audit.js';
import type { Calls } from '../kernel/calls.js';
import type { Clock } from '../kernel/clock.js';
import type { Contracts } from '../kernel/contracts.js';
import { newId } from '../kernel/ids.js';
import type { ModuleRegistry, RegisteredModule } from '../kernel/module-registry.js';
import { asProblem, ProblemError } from '../kernel/problems.js';
import type { TokenSigner } from '../kernel/signer.js';
import type { Source, SourceCall } from '../kernel/source.js';
import { encodeQuery, resolveDates } from './params.js';
import { unwrap } from './unwrap.js';

export interface ModuleSourceDeps {
  modules: ModuleRegistry;
  calls: Calls;
  contracts: Contracts;
  signer: TokenSigner;
  clock: Clock;
  /** Told of each call that is made for one user. */
  audit?: Pick<Audit, 'note'>;
}

/** Seconds. Longer than a call may take, too short to be worth stealing. */
const TOKEN_LIFE = 60;

/** A module serves one tenant with so many calls at one time; it has no quota. */
const LIMITS = { concurrent: 16 };

/** The API's name in calls to a module, as counts and metrics have it. */
export function moduleApi(name: string): string {
  return `module:${name}`;
}

/** Faults after which the module's state may be another one than we think. */
const SUSPICIOUS = new Set(['upstream_unreachable', 'upstream_timeout']);

/**
 * Data of the ERP's modules. A module that is not registered, not running or not for this tenant is not called:
 * `module_not_running`. An answer other than its manifest promises is a `contract` fault. It is told who asks by a token that the edge signs: the tenant, and for scope `user` who and with which roles.
 */
export function createModuleSource({ modules, calls, contracts, signer, clock, audit }: ModuleSourceDeps): Source<ModuleDataSource> {
  /** Who comes right after the edge's start waits until it has seen the module, and no longer. */
  async function runningModule({ tenant, dataSource }: SourceCall<ModuleDataSource>): Promise<RegisteredModule> {
    const found = modules.find(dataSource.moduleName, tenant.id);
    const module = found?.info.status === 'running' ? found : found && await modules.met(found);
    if (module?.info.status !== 'running') {
      throw new ProblemError('module_not_running', `The module ${dataSource.moduleName} is not running.`, { retryAfter: 10 });
    }
    return module;
  }

  return {
    type: 'module',
    async fetch(call) {
      const module = await runningModule(call);
      const { settings } = module;
      const { tenant, dataSource, viewer, signal } = call;
      const token = await signer.sign(
        { tenant: tenant.id, aud: settings.name, ...(viewer === undefined ? {} : { sub: viewer.subject, roles: viewer.roles }) },
        TOKEN_LIFE,
      );
      const params = resolveDates(dataSource.params ?? {}, 'iso', { now: clock.now(), timeZone: tenant.timeZone });
      const started = clock.monotonic();
      /** What is fetched for the whole tenant says nothing of anybody, and would be a row each interval. */
      const note = (event: Pick<AuditEvent, 'outcome' | 'code' | 'bytes'>): void => {
        if (viewer === undefined) return;
        const target = `${moduleApi(settings.name)} ${dataSource.endpoint}`;
        audit?.note({ tenant: tenant.id, user: viewer.subject, action: 'module.call', target, milliseconds: Math.round(clock.monotonic() - started), ...event });
      };
      try {
        const { body, bytes } = await calls.json(
          {
            base: settings.url,
            path: dataSource.endpoint,
            query: encodeQuery(params, 'repeat'),
            headers: { authorization: `Bearer ${token}`, 'x-request-id': newId() },
            signal,
          },
          { tenant: tenant.id, api: moduleApi(settings.name), credential: '', limits: LIMITS, ...(viewer && { user: viewer.subject }) },
        );
        const answer = unwrap(body);
        contracts.check(module, dataSource.endpoint, answer.data);
        note({ outcome: 'ok', bytes });
        return answer;
      } catch (error) {
        note({ outcome: 'failed', code: asProblem(error).code });
        if (error instanceof ProblemError && SUSPICIOUS.has(error.code)) modules.suspect(module);
        throw error;
      }
    },
  };
}
