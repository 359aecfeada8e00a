import { z } from 'zod';
import type { ConnectorInput } from './connector.js';
import { CONNECTOR_ERROR_CODES, type AuthForm, type ConnectorLimits, type Pagination } from './connector-definition.js';
import { connectorFaults } from './connector-rules.js';
import type { ParamValue } from './data-source.js';
import { anyOf, exactly, faultsOfRule, form, freeMap, list, map, number, object, oneOf, text, whole } from './parts.schema.js';
import { REQUIRED } from './words.js';

const url = () => text(500);

export const AuthFormSchema: z.ZodType<AuthForm> = anyOf('kind', [
  object({ kind: exactly('bearer') }),
  object({ kind: exactly('api_key'), headerName: text(60).optional(), queryName: text(60).optional() }),
  object({ kind: exactly('basic') }),
  object({ kind: exactly('oauth2'), tokenUrl: url(), scope: text(500).optional(), clientAuth: oneOf(['basic', 'body']).optional() }),
  object({ kind: exactly('service_account'), tokenUrl: url(), scope: text(500) }),
]);

const pages = {
  items: z.union([form('rowsPath'), list(form('rowsPath'), 20, 1)], { error: ({ input }) => (input === undefined ? REQUIRED : 'must be a dot path, "" for the answer itself, or a list of these') }),
  pageSize: object({ param: form('paramName'), max: whole(1, 1_000_000) }).optional(),
  maxPages: whole(1, 50).optional(),
  maxItems: whole(1, 50_000).optional(),
};

export const PaginationSchema: z.ZodType<Pagination> = anyOf('kind', [
  object({
    kind: exactly('cursor'), param: form('paramName'), next: form('fieldPath').optional(), lastItem: form('fieldPath').optional(),
    more: form('fieldPath').optional(), ...pages,
  }),
  object({
    kind: exactly('page'), param: form('paramName'), counts: oneOf(['pages', 'items']), first: whole(0, 1).optional(), total: form('fieldPath').optional(), ...pages,
  }),
  object({ kind: exactly('link'), ...pages }),
]);

export const ConnectorLimitsSchema: z.ZodType<ConnectorLimits> = object({ perMinute: whole(1, 100_000).optional(), concurrent: whole(1, 100).optional() });

const dateForm = () => oneOf(['unix', 'iso', 'iso-date']);
const patterns = (least: number) => list(text(500), 50, least);

/** The fields of a connector but for its name; none of them is required. */
export const connectorFields = {
  label: text(60).optional(),
  takes: list(AuthFormSchema, 5).optional(),
  paths: patterns(1).optional(),
  post: patterns(0).optional(),
  encoding: oneOf(['brackets', 'repeat', 'json']).optional(),
  dates: dateForm().optional(),
  dateParams: map('paramName', dateForm(), 50).optional(),
  defaults: freeMap(50).optional() as unknown as z.ZodOptional<z.ZodType<Record<string, ParamValue>>>,
  pagination: PaginationSchema.optional(),
  limits: ConnectorLimitsSchema.optional(),
  cacheSeconds: number(0, 86_400).optional(),
  errors: z.record(z.string().regex(/^[45]\d\d$/, 'must be a status of 400 to 599'), object({ code: oneOf(CONNECTOR_ERROR_CODES), detail: text(200) })).optional(),
  probe: text(500).optional(),
};

/** What a tenant may set for an API of its own: `PUT /external-api/connectors/:name`. */
export const ConnectorInputSchema: z.ZodType<ConnectorInput> = object({
  ...connectorFields,
  baseUrl: url(),
  /** One form in the place of `takes`. */
  auth: z.union([object({ kind: exactly('none') }), AuthFormSchema], { error: () => 'must have a kind: none, bearer, api_key, basic, oauth2 or service_account' }).optional(),
  paths: patterns(1),
}).superRefine(faultsOfRule(({ auth, ...fields }) => {
  const takes = auth === undefined || auth.kind === 'none' ? fields.takes : [auth];
  const faults = connectorFaults({ ...(fields as Partial<ConnectorInput>), takes });
  if (auth === undefined) return faults;
  if (fields.takes !== undefined) return [{ path: 'takes', message: 'must not stand beside auth' }];
  return faults.map((fault) => ({ ...fault, path: fault.path.replace(/^takes\.0/, 'auth') }));
}));
