import type { z } from 'zod';
import { placedFaults } from '../../../sdk/contract/faults.schema.js';
import { namesAt } from '../../config/known-names.js';
import { nearest } from '../../config/nearest.js';
import type { Spot } from './rule.js';

/** What a schema says is wrong; a mistyped name with the one that was probably meant. */
export function schemaFaults(error: z.ZodError, schema: z.core.$ZodType): Spot[] {
  return placedFaults(error).map(({ path, message, unknown }) => {
    const meant = unknown === true ? nearest(String(path.at(-1)), namesAt(schema, path.slice(0, -1))) : undefined;
    return { path, message: meant === undefined ? message : `${message}; did you mean ${meant}?` };
  });
}
