import { createHash, timingSafeEqual } from 'node:crypto';
import type { ModuleRegistry, RegisteredModule } from '../../kernel/module-registry.js';
import { ProblemError } from '../../kernel/problems.js';

/**
 * The modules of that name whose own secret this is: one, or where several tenants registered it with one secret, each of them.
 * Throws `unauthenticated`, the same for a wrong secret and for a module that is not there.
 */
export function modulesOfSecret(modules: Pick<ModuleRegistry, 'named'>, name: string, secret: string | undefined): readonly RegisteredModule[] {
  const named = modules.named(name);
  const given = digest(secret ?? '');
  // A module that is not there is compared too: the time taken says nothing of it.
  if (named.length === 0) sameDigest(given, digest(' no such module'));
  const found = named.filter(({ settings }) => sameDigest(given, digest(settings.secret)) && settings.secret !== '');
  if (found.length === 0 || secret === undefined || secret === '') {
    throw new ProblemError('unauthenticated', "The module's own secret is needed as bearer token.");
  }
  return found;
}

/** Whether the text is that module's own secret. */
export function isSecretOf({ settings }: RegisteredModule, secret: string): boolean {
  return sameDigest(digest(secret), digest(settings.secret)) && settings.secret !== '';
}

/** Digests have one length, so the time taken says nothing about the secret. */
function sameDigest(a: Buffer, b: Buffer): boolean {
  return timingSafeEqual(a, b);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
