import type { AuthType, CredentialSecretInput } from '../../sdk/contract/credential.js';

/** A stored credential without its secret. */
export interface CredentialRef {
  /** Changes when its owner replaces the secret: part of every feed key. */
  readonly id: string;
  readonly tenant: string;
  /** Subject of the user it belongs to; empty where the tenant shares it. */
  readonly owner: string;
  readonly name: string;
  readonly apiName: string;
  readonly authType: AuthType;
}

/** The stored credentials, as feeds and sources use them (feature: credentials). */
export interface Credentials {
  /**
   * The one that a call of this user is made with: the user's own before the shared one, by name where one is named, else
   * the newest for the API. From memory: it is asked for each answer.
   */
  find(who: { tenant: string; subject: string }, wanted: { apiName: string; name?: string }): CredentialRef | undefined;
  /**
   * The secret, for a source alone, to be sent to these origins; marks it as used. Throws `credential_missing` where it is gone, does
   * not open, or was saved for other origins.
   *
   * @param latest as it stands in the store now, whatever is remembered here
   */
  open(ref: CredentialRef, destinations: readonly string[], options?: { latest?: boolean }): CredentialSecretInput;
  /**
   * Keeps a refresh token that the API gave in the place of the one that it no longer takes: the same credential, with the same id
   * and for the same origins. Nothing where it was removed or replaced meanwhile. Never throws.
   */
  renewed(ref: CredentialRef, secret: CredentialSecretInput): void;
  /** Told after a credential was set or removed. Returns the unsubscribe. */
  onChange(listener: (change: { tenant: string; owner: string; apiName: string }) => void): () => void;
}

/** Whose credentials there are. */
export interface CredentialOwners {
  /** Subjects of those who have one of their own for that API, with that name where one is named. Reads the store. */
  owners(tenant: string, wanted: { apiName: string; name?: string }): string[];
}
