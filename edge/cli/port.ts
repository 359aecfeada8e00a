import { UsageError } from './command.js';

/** The port of `--port`, as it was written. */
export function portOf(text: string | undefined): string | undefined {
  if (text === undefined || (/^\d{1,5}$/.test(text) && Number(text) <= 65_535)) return text;
  throw new UsageError(`--port ${text}: must be a whole number from 0 (any that is free) to 65535`);
}
