import { join } from 'node:path';
import { inject } from 'vitest';
import type { Program } from './build-programs.js';

/** The file that Node runs for a program of the edge, as its sources are now. */
export const program = (name: Program): string => join(inject('programsFolder'), `${name}.js`);
