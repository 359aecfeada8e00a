import type { HttpAnswer, HttpRequest } from './http-client.js';

/** On whose account a call goes: what is counted, queued and broken off together. */
export interface CallAccount {
  tenant: string;
  /** `stripe`, `module:sales`. */
  api: string;
  /** Id of the credential that it is made with; empty where the API has none of its own. */
  credential: string;
  /** Whose rows are asked for, where they belong to one user. */
  user?: string;
  /** The credential serves every tenant (one key in the settings): its limits are counted over all of them. */
  shared?: boolean;
  limits: CallLimits;
}

export interface CallLimits {
  /** Calls a minute with one credential; none where absent. */
  perMinute?: number;
  /** Calls at one time with one credential. */
  concurrent: number;
}

/**
 * Outgoing calls within the limits of their account: queued in turn of tenants and users, repeated where that may help, not made at
 * all while the other side is known to fail. Throws `rate_limited` with the wait where there is no room within the deadline.
 */
export interface Calls {
  json(request: HttpRequest, account: CallAccount): Promise<HttpAnswer>;
  /** The other side of `api` was seen to be well: what is held back because it failed may be tried again at once. */
  recovered(api: string): void;
}
