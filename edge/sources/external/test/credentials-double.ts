import type { CredentialSecretInput } from '../../../../sdk/contract/credential.js';
import { newId } from '../../../kernel/ids.js';
import type { CredentialRef, Credentials } from '../../../kernel/credentials.js';
import { ProblemError } from '../../../kernel/problems.js';

export interface CredentialsDouble extends Credentials {
  /** Keeps one and tells of it; an owner of `''` is the tenant. */
  set(place: { tenant: string; owner: string; name?: string; apiName: string }, secret: CredentialSecretInput): CredentialRef;
  remove(ref: CredentialRef): void;
  /** Owners whose secret was opened, in order. */
  readonly opened: string[];
}

/** Stored credentials in a map: how they are found, without a vault. */
export function credentialsDouble(): CredentialsDouble {
  const kept = new Map<string, { ref: CredentialRef; secret: CredentialSecretInput }>();
  const listeners = new Set<(change: { tenant: string; owner: string; apiName: string }) => void>();
  const opened: string[] = [];
  const tell = ({ tenant, owner, apiName }: CredentialRef): void => {
    for (const listener of listeners) listener({ tenant, owner, apiName });
  };
  const find = (tenant: string, owner: string, apiName: string, name?: string): CredentialRef | undefined =>
    [...kept.values()].reverse().find(({ ref }) => ref.tenant === tenant && ref.owner === owner && ref.apiName === apiName && (name === undefined || ref.name === name))?.ref;
  return {
    opened,
    set({ tenant, owner, apiName, name = 'main' }, secret) {
      const before = find(tenant, owner, apiName, name);
      if (before) kept.delete(before.id);
      const ref: CredentialRef = { id: newId(), tenant, owner, name, apiName, authType: secret.authType };
      kept.set(ref.id, { ref, secret });
      tell(ref);
      return ref;
    },
    remove(ref) {
      kept.delete(ref.id);
      tell(ref);
    },
    find: ({ tenant, subject }, { apiName, name }) => find(tenant, subject, apiName, name) ?? find(tenant, '', apiName, name),
    open(ref) {
      const found = kept.get(ref.id);
      if (found === undefined) throw new ProblemError('credential_missing', 'It is gone.');
      opened.push(ref.owner);
      return found.secret;
    },
    renewed(ref, secret) {
      if (kept.has(ref.id)) kept.set(ref.id, { ref, secret });
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
