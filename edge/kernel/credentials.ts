/** How a credential speaks for its owner at an API, and with which secret. */
export type CredentialSecret =
  | { authType: 'bearer'; apiKey: string }
  | { authType: 'api_key'; apiKey: string; headerName?: string; queryName?: string }
  | { authType: 'basic'; username: string; password: string }
  | { authType: 'oauth2'; clientId: string; clientSecret: string; refreshToken?: string; accessToken?: string; scope?: string }
  | { authType: 'service_account'; json: string };

export type CredentialAuthType = CredentialSecret['authType'];

/** A stored credential without its secret. */
export interface CredentialRef {
  /** Changes when its secret is replaced: part of every feed key. */
  readonly id: string;
  readonly tenant: string;
  /** Subject of the user it belongs to; empty where the tenant shares it. */
  readonly owner: string;
  readonly name: string;
  readonly apiName: string;
  readonly authType: CredentialAuthType;
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
   */
  open(ref: CredentialRef, destinations: readonly string[]): CredentialSecret;
  /** Told after a credential was set or removed. Returns the unsubscribe. */
  onChange(listener: (change: { tenant: string; owner: string; apiName: string }) => void): () => void;
}
