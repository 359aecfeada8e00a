import type { Principal } from '../../kernel/principal.js';

/** Tells users apart, whatever their connection or token. */
export function userOf({ tenant, subject }: Principal): string {
  return JSON.stringify([tenant, subject]);
}
