import { createRoute, OpenAPIHono, z, type RouteConfig } from '@hono/zod-openapi';
import { faultsOf } from '../../sdk/contract/faults.schema.js';
import { PROBLEM_STATUS, type ProblemCode } from '../../sdk/contract/problem.js';
import { ProblemError } from '../kernel/problems.js';
import type { GateEnv } from './env.js';
import { createRouter } from './remembering-router.js';

/** Name of the security scheme that every guarded route declares: `security: bearerAuth`. */
export const bearerAuth = [{ bearer: [] as string[] }];
/** Of a route that a module may ask too, with its own secret: the gate lets what is no JWT through, and the route checks it. */
export const bearerOrModule: Record<string, string[]>[] = [{ bearer: [] }, { moduleSecret: [] }];

const CODES = Object.keys(PROBLEM_STATUS) as [ProblemCode, ...ProblemCode[]];

/** RFC 9457, as every error of the edge has it. */
export const ProblemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.enum(CODES),
    detail: z.string(),
    requestId: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .openapi('Problem', { description: 'RFC 9457 problem; `errors` names each fault of an input and where it is.' });

export interface ProblemResponse {
  description: string;
  content: { 'application/problem+json': { schema: typeof ProblemSchema } };
}
export type ProblemResponses<C extends ProblemCode> = { [Code in C as (typeof PROBLEM_STATUS)[Code]]: ProblemResponse };

/** The `responses` of a route for the problems it may answer with; codes of one status share an entry. */
export function problemResponses<C extends ProblemCode>(...codes: C[]): ProblemResponses<C> {
  const byStatus = new Map<number, string[]>();
  for (const code of codes) {
    const status = PROBLEM_STATUS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const responses = [...byStatus].map(([status, names]): [number, ProblemResponse] => [
    status,
    { description: names.join(', '), content: { 'application/problem+json': { schema: ProblemSchema } } },
  ]);
  return Object.fromEntries(responses) as ProblemResponses<C>;
}

/** Makes a feature's routes: guarded, and free to answer what the service made (JSON text, an answer's bytes). */
export function guardedRoutes(...tags: string[]) {
  return function guarded<R extends Omit<RouteConfig, 'responses'>>(config: R, responses: RouteConfig['responses']) {
    return createRoute({ ...config, tags, security: bearerAuth, responses });
  };
}

/** Where in the request a part that zod refused was, in words for the caller. */
const PARTS: Record<string, string> = {
  json: 'body', form: 'body', query: 'query', param: 'path', header: 'headers', cookie: 'cookies',
};

/** Faults that one answer tells. */
export const MOST_FAULTS = 50;

/** A router whose refused inputs become a problem that names each path: 422 for bodies, 400 for the rest. */
export function newRouter(): OpenAPIHono<GateEnv> {
  return new OpenAPIHono<GateEnv>({
    router: createRouter(),
    defaultHook(result) {
      if (result.success) return;
      const part = PARTS[result.target] ?? result.target;
      // A body of a megabyte can have a hundred thousand faults; nobody mends by more than a page of them.
      const errors = faultsOf(result.error).slice(0, MOST_FAULTS);
      const [first] = errors;
      const detail = first === undefined ? `The ${part} is not valid.` : `${part}: ${[first.path, first.message].filter(Boolean).join(': ')}`;
      throw new ProblemError(part === 'body' ? 'invalid' : 'bad_request', detail, { errors });
    },
  });
}
