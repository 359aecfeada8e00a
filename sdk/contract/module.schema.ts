import { z } from 'zod';
import { endpointFault } from './endpoint.js';
import type { ModuleEvent, ModuleInput } from './module.js';
import { checked, faultsOfRule, form, list, object, text } from './parts.schema.js';
import { jsonFaults } from './rules.js';

const DEEPEST = 32;

export const ModuleEventSchema = checked<ModuleEvent>()(object({
  tenant: text(100),
  endpoint: text(500).optional(),
  widgets: list(form('id'), 500).optional(),
  data: z.unknown().optional(),
})
  .superRefine(faultsOfRule(({ endpoint, data }) => {
    const fault = endpoint === undefined ? undefined : endpointFault(endpoint);
    return [
      ...(fault === undefined ? [] : [{ path: 'endpoint', message: fault }]),
      ...jsonFaults(data ?? null, 'data', { depth: DEEPEST, safeNames: false }),
    ];
  }))
  .meta({ id: 'ModuleEvent', description: 'Data of a module changed: the new answer, or word to fetch again.' }));

/** That the address may be called, and that the secret is none that anybody guesses, is for the edge to say. */
export const ModuleInputSchema = checked<ModuleInput>()(object({
  url: text(500),
  secret: text(500).optional(),
}).meta({ id: 'ModuleInput', description: 'Where a module is, and the secret by which it is known.' }));
