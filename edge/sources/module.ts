import type { ModuleDataSource } from '../../sdk/contract/data-source.js';
import type { Clock } from '../kernel/clock.js';
import type { HttpClient } from '../kernel/http-client.js';
import { newId } from '../kernel/ids.js';
import type { ModuleRegistry, RegisteredModule } from '../kernel/module-registry.js';
import { ProblemError } from '../kernel/problems.js';
import type { TokenSigner } from '../kernel/signer.js';
import type { Source, SourceCall } from '../kernel/source.js';
import { encodeQuery, resolveDates } from './params.js';
import { unwrap } from './unwrap.js';

export interface ModuleSourceDeps {
  modules: ModuleRegistry;
  http: HttpClient;
  signer: TokenSigner;
  clock: Clock;
}

/** Seconds. Longer than a call may take, too short to be worth stealing. */
const TOKEN_LIFE = 60;

/** Faults after which the module's state may be another one than we think. */
const SUSPICIOUS = new Set(['upstream_unreachable', 'upstream_timeout']);

/**
 * Data of the ERP's modules. A module that is not registered, not running or not for this tenant is not called:
 * `module_not_running`. It is told who asks by a token that the edge signs: the tenant, and for scope `user` who and with which roles.
 */
export function createModuleSource({ modules, http, signer, clock }: ModuleSourceDeps): Source<ModuleDataSource> {
  function runningModule({ tenant, dataSource }: SourceCall<ModuleDataSource>): RegisteredModule {
    const module = modules.find(dataSource.moduleName);
    if (module === undefined || module.info.status !== 'running' || !module.settings.tenants.includes(tenant.id)) {
      throw new ProblemError('module_not_running', `The module ${dataSource.moduleName} is not running.`, { retryAfter: 10 });
    }
    return module;
  }

  return {
    type: 'module',
    async fetch(call) {
      const { settings } = runningModule(call);
      const { tenant, dataSource, viewer, signal } = call;
      const token = await signer.sign(
        { tenant: tenant.id, aud: settings.name, ...(viewer === undefined ? {} : { sub: viewer.subject, roles: viewer.roles }) },
        TOKEN_LIFE,
      );
      const params = resolveDates(dataSource.params ?? {}, 'iso', { now: clock.now(), timeZone: tenant.timeZone });
      try {
        const { body } = await http.json({
          base: settings.url,
          path: dataSource.endpoint,
          query: encodeQuery(params, 'repeat'),
          headers: { authorization: `Bearer ${token}`, 'x-request-id': newId() },
          signal,
        });
        return unwrap(body);
      } catch (error) {
        if (error instanceof ProblemError && SUSPICIOUS.has(error.code)) modules.suspect(settings.name);
        throw error;
      }
    },
  };
}
