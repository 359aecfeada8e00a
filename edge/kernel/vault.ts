/** Whose secret it is. Sealed with it: in another row, of another tenant, owner or name, it does not open. */
export interface SecretPlace {
  tenant: string;
  /** The user's subject; empty where the tenant shares it. */
  owner: string;
  name: string;
}

/** Seals secrets so that the store never holds one in the clear (driver: drivers/fernet). */
export interface Vault {
  /** Seals with the newest key. Throws `ProblemError` `vault_missing` where the edge has no key. */
  seal(secret: string, place: SecretPlace): string;
  /** Throws where no key opens it, or where it was sealed for another place: one error for all. */
  open(sealed: string, place: SecretPlace): string;
  /** The same secret under the newest key; undefined where it is already. Throws where no key opens it. */
  renew(sealed: string): string | undefined;
  /** Whether there is a key at all. */
  readonly usable: boolean;
}
