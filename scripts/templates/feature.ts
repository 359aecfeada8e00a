import { className, variableName } from './names.js';

/** The files of a new edge feature: routes, service, test. */
export function featureFiles(name: string): Record<string, string> {
  const folder = `edge/features/${name}`;
  const [type, variable] = [`${className(name)}Service`, variableName(name)];
  return {
    [`${folder}/routes.ts`]: `import { createRoute, z } from '@hono/zod-openapi';
import { principalOf } from '../../gate/env.js';
import { bearerAuth, newRouter, problemResponses } from '../../gate/openapi.js';
import type { ${type} } from './service.js';

const list = createRoute({
  method: 'get',
  path: '/${name}',
  summary: 'What the caller may see',
  security: bearerAuth,
  responses: {
    200: { description: 'The list', content: { 'application/json': { schema: z.object({ items: z.array(z.string()) }) } } },
    ...problemResponses('unauthenticated'),
  },
});

export function ${variable}Routes(service: ${type}) {
  return newRouter().openapi(list, async (context) => context.json({ items: await service.list(principalOf(context)) }, 200));
}
`,
    [`${folder}/service.ts`]: `import type { Principal } from '../../kernel/principal.js';

export interface ${type} {
  list(principal: Principal): Promise<string[]>;
}

export function create${className(name)}(): ${type} {
  return {
    async list({ tenant }) {
      return [tenant];
    },
  };
}
`,
    [`${folder}/${name}.test.ts`]: `import { describe, expect, it } from 'vitest';
import { create${className(name)} } from './service.js';

describe('${name}', () => {
  it('stays in the tenant of its caller', async () => {
    const caller = { subject: 'u', tenant: 'a', roles: new Set<string>(), directRoles: [], permissions: [], expiresAt: Date.now() + 1000 };
    expect(await create${className(name)}().list(caller)).toEqual(['a']);
  });
});
`,
  };
}
