/** How a user speaks to an external API, and with which secret. The secret goes in and never comes out. */
export type CredentialSecretInput =
  | { authType: 'bearer'; apiKey: string }
  /** Where the API itself does not say where its key goes, one of the names does. */
  | { authType: 'api_key'; apiKey: string; headerName?: string; queryName?: string }
  | { authType: 'basic'; username: string; password: string }
  | { authType: 'oauth2'; clientId: string; clientSecret: string; refreshToken?: string; accessToken?: string; scope?: string }
  | { authType: 'service_account'; json: string };

export type AuthType = CredentialSecretInput['authType'];

export const AUTH_TYPES: readonly AuthType[] = ['bearer', 'api_key', 'basic', 'oauth2', 'service_account'];

/** Body of `PUT /credentials/:name`. */
export type CredentialInput = CredentialSecretInput & {
  apiName: string;
  /** For everyone in the tenant; needs `credentials.manage`. */
  shared?: boolean;
};

/** A stored credential, as its users see it. */
export interface CredentialInfo {
  name: string;
  apiName: string;
  authType: AuthType;
  last4: string;
  /** ISO 8601. */
  createdAt: string;
  /** ISO 8601; absent or null before the first call. */
  lastUsedAt?: string | null;
  shared?: boolean;
}
