import type { ParamValue } from './data-source.js';
import type { FieldPath } from './display.js';

/** What a connector may take an API's status for: what is said about an API. The other codes are the edge's own word. */
export const CONNECTOR_ERROR_CODES = [
  'bad_request', 'rate_limited', 'credential_missing', 'credential_refused', 'contract',
  'upstream_timeout', 'upstream_unreachable', 'upstream_status', 'upstream_invalid', 'upstream_too_large',
] as const;
export type ConnectorErrorCode = (typeof CONNECTOR_ERROR_CODES)[number];

export const CONNECTOR_NAME = /^[a-z0-9][a-z0-9_-]{0,39}$/;

/** One way in which an API lets callers in. The secret itself is a credential, or stands in the settings; never here. */
export type AuthForm =
  | { kind: 'bearer' }
  /** In a header or in the query; where neither is named, each credential says it. */
  | { kind: 'api_key'; headerName?: string; queryName?: string }
  | { kind: 'basic' }
  /** Client credentials, or a refresh token where the credential has one. A `tokenUrl` that begins with `/` is on the API's own host. */
  | { kind: 'oauth2'; tokenUrl: string; scope?: string; clientAuth?: 'basic' | 'body' }
  /** A signed assertion (RFC 7523), as Google's service accounts have it. */
  | { kind: 'service_account'; tokenUrl: string; scope: string };

/** How nested params and lists leave: `created[gte]=1`, `a=1&a=2`, or JSON in the body of a POST. */
export type ParamEncoding = 'brackets' | 'repeat' | 'json';

/** What relative date words become: Unix seconds, a moment in ISO 8601, or the tenant's calendar date `2025-10-19`. */
export type DateForm = 'unix' | 'iso' | 'iso-date';

interface PageRules {
  /** Where the rows of a page are: the first of these that holds a list; `''` is the answer itself. */
  items: FieldPath | readonly FieldPath[];
  /**
   * The param that says how long a page is, and the longest. Who asks for a shorter one gets that one page; who asks for the
   * longest or says nothing gets the pages joined.
   */
  pageSize?: { param: string; max: number };
  /** Pages of one answer at most (default 10); what is left out then is told by `truncated: true`. */
  maxPages?: number;
  /** Rows of one answer at most (default 1,000). */
  maxItems?: number;
}

/** How an API gives long lists in pages. */
export type Pagination = PageRules & (
  /** The next page is asked for with `param`: the value at `next` of the answer, or field `lastItem` of its last row; `more` says whether there is one. */
  | { kind: 'cursor'; param: string; next?: FieldPath; lastItem?: FieldPath; more?: FieldPath }
  /** `param` counts pages (from `first`, default 1) or rows (from 0); at `total` stands how many there are. */
  | { kind: 'page'; param: string; counts: 'pages' | 'items'; first?: number; total?: FieldPath }
  /** A `Link` header with `rel="next"` (RFC 8288). */
  | { kind: 'link' }
);

export interface ConnectorLimits {
  /** Calls a minute with one credential; none where absent. */
  perMinute?: number;
  /** Calls at one time with one credential (default 10). */
  concurrent?: number;
}

/** An external API as the edge speaks to it: data alone, without a secret. */
export interface ConnectorDefinition {
  /** `[a-z0-9][a-z0-9_-]{0,39}`: what `dataSource.apiName` names. */
  name: string;
  /** For people; default: the name. */
  label?: string;
  /** Scheme, host and an optional path prefix. `{dc}` as first label of the host is the data centre that an API key ends with (`…-us21`). */
  baseUrl: string;
  /** How it lets callers in, the usual one first; none: it asks for nothing. */
  takes?: readonly AuthForm[];
  /** Patterns of the paths that may be read; `*` is one segment, `**` any rest (default: all). */
  paths?: readonly string[];
  /** Patterns of the paths that are asked by POST, with the params as JSON: reports, searches. */
  post?: readonly string[];
  /** Default `repeat`. */
  encoding?: ParamEncoding;
  /** Default `iso`. */
  dates?: DateForm;
  /** Params whose dates have another form. */
  dateParams?: Readonly<Record<string, DateForm>>;
  /** Params of every call, below those of the widget. */
  defaults?: Readonly<Record<string, ParamValue>>;
  pagination?: Pagination;
  limits?: ConnectorLimits;
  /** Seconds an answer is kept at least, whatever a widget's interval says (default 0). */
  cacheSeconds?: number;
  /** What a status of the API means, where it is not the usual. */
  errors?: Readonly<Record<number, { code: ConnectorErrorCode; detail: string }>>;
  /** A path that is cheap to read: with it a connection is tested. */
  probe?: string;
}
