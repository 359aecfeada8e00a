import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Store } from '../../drivers/store/open-store.js';
import type { GateEnv } from '../../gate/env.js';
import type { TraceOf } from '../../gate/trace.js';
import type { AlertInstance, Notifier } from '../../kernel/alerts.js';
import type { Principal } from '../../kernel/principal.js';
import { createDispatch, type DispatchDeps } from './dispatch/dispatch.js';
import { createDispatchStore } from './dispatch/store.js';
import { intakeRoutes } from './intake/routes.js';
import { createIntake } from './intake/service.js';
import { createPeople, type PeopleDeps } from './people/people.js';
import { peopleRoutes } from './people/routes.js';
import { createPeopleService } from './people/service.js';
import { createPeopleStore } from './people/store.js';
import { alertRoutes } from './routes.js';
import { alertRuleRoutes } from './rules/routes.js';
import { createRules } from './rules/rules.js';
import { createRuleStore } from './rules/store.js';
import { createAlertService } from './service.js';
import { silenceRoutes } from './silences/routes.js';
import { createSilences } from './silences/service.js';
import { createSilenceStore } from './silences/store.js';
import { createAlertStore } from './store.js';
import { createWatch, type WatchDeps } from './watch/watch.js';

type Made = 'rows' | 'alerts' | 'people' | 'silences' | 'rules' | 'store' | 'notices' | 'settings' | 'tenants' | 'suppression' | 'samples' | 'metrics' | 'users';

export interface AlertsDeps extends Omit<DispatchDeps, Made>, Omit<PeopleDeps, Made>, Omit<WatchDeps, Made> {
  store: Store;
  settings: DispatchDeps['settings'];
  /** Made of `settings.notifiers`. */
  notifiers: readonly Notifier[];
  samples: WatchDeps['samples'];
  metrics: WatchDeps['metrics'] & NonNullable<DispatchDeps['metrics']>;
  traceOf: TraceOf;
}

export interface Alerts {
  /** Below `/api/v1`. */
  readonly routes: readonly OpenAPIHono<GateEnv>[];
  /** With its whole path. */
  readonly intakeRoutes: OpenAPIHono<GateEnv>;
  /** A user is here with a good token: who is told at an address of their own is, from now on, told by its rights. */
  meet(principal: Principal): void;
  /** Those of these widgets of which an alert fires that concerns the user, who may see them all. */
  firing(principal: Principal, widgetIds: readonly string[]): string[];
  close(): Promise<void>;
}

/** Rules, what becomes of them, and who is told: answers come in by the feeds, messages go out by the notifiers. */
export async function createAlerts(deps: AlertsDeps): Promise<Alerts> {
  const { store, settings, traceOf, access, audit, bus, clock, log } = deps;
  const tenants = [...settings.tenants.keys()];
  const rows = createAlertStore(store);

  const peopleRows = createPeopleStore(store);
  const people = await createPeople({ ...deps, rows: peopleRows });
  const silences = createSilences({ rows: createSilenceStore(store), alerts: rows, tenants: settings.tenants, audit, access, bus, clock, log });
  const dispatch = createDispatch({ ...deps, rows: createDispatchStore(store), alerts: rows, people, silences });
  const told = { notices: dispatch.notices, suppression: (instance: AlertInstance) => dispatch.suppression(instance) };

  const rules = createRules({ ...deps, rows: createRuleStore(store), tenants: settings.tenants, settings: settings.alerts, remember: (owner) => people.remember(owner) });
  const intake = createIntake({ ...told, rows, access, tenants, bus, clock, log });
  const watch = createWatch({ ...deps, ...told, rules, users: people, store: rows, settings: settings.alerts, tenants });

  return {
    routes: [
      alertRuleRoutes({ rules: rules.service, traceOf }),
      silenceRoutes({ silences, traceOf }),
      dispatch.routes(),
      alertRoutes({ alerts: createAlertService({ ...deps, ...told, rows, tenants: settings.tenants }), traceOf }),
      peopleRoutes({ people: createPeopleService({ rows: peopleRows, people, notifiers: settings.notifiers, audit, clock }), traceOf }),
    ],
    intakeRoutes: intakeRoutes({ intake }),
    meet: (principal) => people.meet(principal),
    firing: ({ tenant, subject }, widgetIds) => rows.firingWidgets(tenant, subject, widgetIds),
    async close() {
      // What is evaluated last is still told to the dispatcher.
      await watch.close();
      intake.close();
      await dispatch.close();
      silences.close();
      people.close();
    },
  };
}
