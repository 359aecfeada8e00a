import { feedsRig, principal, type Reply, type Rig } from '../../../feeds/test/fixture.js';
import { createAccess } from '../../../gate/access.js';
import { authenticate } from '../../../gate/authenticate.js';
import { newRouter } from '../../../gate/openapi.js';
import { onProblem } from '../../../gate/problem.js';
import { unauthenticated } from '../../../gate/token.js';
import { createActivity } from '../../../kernel/activity.js';
import type { CatalogueEntry } from '../../../kernel/catalogue.js';
import { createLog } from '../../../kernel/log.js';
import type { Samples } from '../../../kernel/samples.js';
import { answerRoutes } from '../routes.js';

export interface AnswersRig extends Rig {
  readonly app: ReturnType<typeof newRouter>;
  /** GET below `/api/v1`. */
  get(path: string, token?: string, headers?: Record<string, string>): Promise<Response>;
  /** POST /widgets/data; a string goes out as it is. */
  post(body: unknown, token?: string, headers?: Record<string, string>): Promise<Response>;
  /** The lines of a batch. */
  lines(body: unknown, token?: string): Promise<Record<string, unknown>[]>;
}

/** The answers behind the gate's own authentication, over sources that the test answers for. Users: ann, bob (acme), gus (globex). */
export function answersRig(entries: CatalogueEntry[], reply?: Reply, samples?: Pick<Samples, 'last'>): AnswersRig {
  const rig = feedsRig(reply);
  const users = new Map([['ann', principal()], ['bob', principal('acme', 'bob', { permissions: [] })], ['gus', principal('globex', 'gus')]]);
  const byId = new Map(entries.map((entry) => [entry.widget.id, entry]));
  const app = newRouter();
  app.onError(onProblem(createLog({ level: 'silent' }), createActivity(rig.clock)));
  const verify = (token: string) => {
    const found = users.get(token);
    if (found === undefined) throw unauthenticated();
    return found;
  };
  app.use(authenticate({ verify }, () => false));
  app.route('/api/v1', answerRoutes({
    feeds: rig.feeds,
    catalogue: { of: () => Promise.resolve(byId) },
    access: createAccess(),
    tenants: new Map(['acme', 'globex'].map((id) => [id, { id, name: id, timeZone: 'UTC', currency: 'EUR', locale: 'en' }])),
    clock: rig.clock,
    ...(samples && { samples }),
  }));
  const post = async (body: unknown, token = 'ann', headers: Record<string, string> = {}): Promise<Response> =>
    app.request('/api/v1/widgets/data', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return {
    ...rig, app, post,
    get: async (path, token = 'ann', headers = {}) => app.request(`/api/v1${path}`, { headers: { authorization: `Bearer ${token}`, ...headers } }),
    async lines(body, token) {
      const text = await (await post(body, token)).text();
      if (!text.endsWith('\n')) throw new Error(`the last line has no end: ${text}`);
      return text.trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    },
  };
}
