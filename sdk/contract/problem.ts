/** Error codes of the edge, in every problem and every failed frame. */
export const PROBLEM_STATUS = {
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  stale_etag: 412,
  too_large: 413,
  unsupported_media_type: 415,
  invalid: 422,
  bad_request: 400,
  rate_limited: 429,
  credential_missing: 424,
  credential_refused: 424,
  module_not_running: 503,
  going_away: 503,
  store_unavailable: 503,
  vault_missing: 503,
  upstream_timeout: 504,
  upstream_unreachable: 502,
  upstream_status: 502,
  upstream_invalid: 502,
  upstream_too_large: 502,
  contract: 502,
  internal: 500,
} as const;

export type ProblemCode = keyof typeof PROBLEM_STATUS;

/** One fault of an input, and where: `{path: "statConfig.primaryValue", message: "is required"}`. */
export interface Fault {
  path: string;
  message: string;
}

/** RFC 9457 `application/problem+json`. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: ProblemCode;
  detail: string;
  requestId: string;
  errors?: Fault[];
}
