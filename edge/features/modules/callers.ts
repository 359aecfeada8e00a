import type { ModuleRegistry, RegisteredModule } from '../../kernel/module-registry.js';
import { ProblemError } from '../../kernel/problems.js';
import type { TellRefusal } from '../../kernel/seldom.js';
import { digestOf, sameDigest } from '../../kernel/secret-digest.js';

/**
 * The modules of that name whose own secret this is: one, or where several tenants registered it with one secret, each of them.
 * Throws `unauthenticated`, the same for a wrong secret and for a module that is not there.
 */
export function modulesOfSecret(modules: Pick<ModuleRegistry, 'named'>, name: string, secret: string | undefined, tell?: TellRefusal): readonly RegisteredModule[] {
  const named = modules.named(name);
  const given = digestOf(secret ?? '');
  // A module that is not there is compared too: the time taken says nothing of it.
  if (named.length === 0) sameDigest(given, digestOf(' no such module'));
  const found = named.filter(({ settings }) => sameDigest(given, digestOf(settings.secret)) && settings.secret !== '');
  if (found.length === 0 || secret === undefined || secret === '') {
    tell?.(named.length === 0 ? 'there is no module of that name' : secret ? "its secret is not the module's own" : 'it came without a secret', { module: name });
    throw new ProblemError('unauthenticated', "The module's own secret is needed as bearer token.");
  }
  return found;
}

/** Whether the text is that module's own secret. */
export function isSecretOf({ settings }: RegisteredModule, secret: string): boolean {
  return sameDigest(digestOf(secret), digestOf(settings.secret)) && settings.secret !== '';
}
