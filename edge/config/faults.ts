import type { z } from 'zod';
import { placedFaults } from '../../sdk/contract/faults.schema.js';
import { namesAt } from './known-names.js';
import { nearest } from './nearest.js';

/** What is wrong with the settings, each with its place. The start stops with it. */
export class SettingsError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'SettingsError';
    this.faults = faults;
  }
}

export type Path = readonly PropertyKey[];

/** `widgets[3].statConfig.primaryValue`; keys that are no plain names stand in quotes. */
export function placeOf(path: Path): string {
  return path
    .map((key, index) => {
      if (typeof key === 'number') return `[${key}]`;
      const name = String(key);
      if (!/^[A-Za-z_$][\w$-]*$/.test(name)) return `[${JSON.stringify(name)}]`;
      return index === 0 ? name : `.${name}`;
    })
    .join('');
}

/** One line a fault: `ccm.config.json: widgets[3].title: is required`. */
export function faultLine(source: string, path: Path, message: string): string {
  return [source, placeOf(path), message].filter((part) => part !== '').join(': ');
}

/** A zod error as lines, a mistyped name with the one that was probably meant. */
export function faultLines(source: string, error: z.ZodError, schema: z.core.$ZodType): string[] {
  return placedFaults(error).map(({ path, message, unknown }) => {
    if (unknown !== true) return faultLine(source, path, message);
    const meant = nearest(String(path.at(-1)), namesAt(schema, path.slice(0, -1)));
    return faultLine(source, path, `is not a setting that CCM knows${meant === undefined ? '' : `; did you mean ${meant}?`}`);
  });
}
