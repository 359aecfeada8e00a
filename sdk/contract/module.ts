import type { Fault } from './problem.js';

export const MODULE_NAME = /^[a-z0-9-]{1,40}$/;

export type ModuleState = 'running' | 'stopped' | 'error';

/** A module of the registry as its users see it. */
export interface ModuleInfo {
  name: string;
  status: ModuleState;
  /** Since when it has this state, ISO 8601. */
  since: string;
  /** Milliseconds of the last health check. */
  latencyMs?: number;
  error?: string;
  /** `settings`: of the edge's settings file, read-only; `tenant`: registered over HTTP. Only for who holds `modules.manage`, as what follows. */
  origin?: 'settings' | 'tenant';
  /** Of a module that the tenant registered itself. */
  url?: string;
  /** What its `GET /.well-known/ccm.json` brought; absent before the first look at it. */
  manifest?: ManifestInfo;
}

/** What a module brings along, and what of it is not as it should be. */
export interface ManifestInfo {
  /** Widgets that stand in the catalogue. */
  widgets: number;
  /** Endpoints whose answers are held against a schema. */
  schemas: number;
  /** Paths in the manifest: `widgets.3.dataSource.moduleName`. */
  faults: Fault[];
}

/** Body of `PUT /modules/:name`. */
export interface ModuleInput {
  url: string;
  /** With it the module posts its events. May be left out where the module is registered already. */
  secret?: string;
}

/** Body of `POST /modules/:name/events`: data changed. */
export interface ModuleEvent {
  tenant: string;
  /** Only widgets that ask this endpoint; all of the module's where absent. */
  endpoint?: string;
  /** Only these widgets. */
  widgets?: string[];
  /** The new answer, pushed as it is; without it the edge fetches again. */
  data?: unknown;
}
