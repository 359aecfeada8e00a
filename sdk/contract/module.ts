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
