import type { ListPage } from '../contract/answer.js';
import type { CredentialInfo, CredentialInput } from '../contract/credential.js';
import type { CcmClient } from './client.js';
import { segment } from './http.js';

export interface CredentialsResource {
  /** The caller's own and the shared ones. */
  list(): Promise<ListPage<CredentialInfo>>;
  /** Makes it, or replaces its secret. */
  set(name: string, credential: CredentialInput): Promise<CredentialInfo>;
  /** `shared`: the one of everybody, not the caller's own of this name. */
  remove(name: string, which?: { shared?: boolean }): Promise<void>;
}

/** The credentials of the client's user. Apart from the client: pages that show widgets need none of it. */
export function createCredentials({ request }: Pick<CcmClient, 'request'>): CredentialsResource {
  const at = (name: string) => `/credentials/${segment(name)}`;
  return {
    list: async () => (await request<ListPage<CredentialInfo>>('GET', '/credentials')).data,
    set: async (name, credential) => (await request<CredentialInfo>('PUT', at(name), { body: credential })).data,
    remove: async (name, { shared } = {}) => {
      await request('DELETE', at(name), { query: { shared: shared || undefined } });
    },
  };
}
