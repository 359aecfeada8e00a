import type { ListPage } from './answer.js';
import type { AuthForm, ConnectorDefinition } from './connector-definition.js';
import type { AuthType, CredentialSecretInput } from './credential.js';

/** An external API as its users see it: what it needs and how it goes, never a secret. */
export interface ConnectorInfo {
  name: string;
  /** For people; default: the name. */
  label?: string;
  /** `custom`: the tenant's own. */
  kind?: 'settings' | 'ready-made' | 'custom';
  /** How it lets callers in, the usual way first; none where it asks for nothing. */
  takes?: readonly AuthForm[];
  /** What a user must give first; empty while the settings hold the secret. */
  needs: readonly string[];
  /** What the caller's calls are made with; absent: the settings' own secret, or none. */
  credential?: { name: string; authType: AuthType; shared: boolean };
  /** Of the tenant's own only, for who manages connectors. */
  baseUrl?: string;
  /** As it was set, whole: who changes a part of it sends the rest as it was. */
  definition?: ConnectorInput;
  /** What may be asked for, by GET or by POST. */
  paths?: readonly string[];
  limits?: { perMinute?: number; cacheSeconds?: number };
  /** Calls of this minute. */
  use?: { used: number; limit?: number; resetAt?: string; queued?: number };
  /** How the last call ended; `unknown` before the first. */
  health?: { status: 'ok' | 'failing' | 'unknown'; at?: string; code?: string };
}

/** `GET /external-api/connectors`, with what the caller may do. */
export interface ConnectorPage extends ListPage<ConnectorInfo> {
  /** Credentials for everyone in the tenant. */
  mayShare?: boolean;
  /** APIs of the tenant's own. */
  mayManage?: boolean;
}

/** Body of `PUT /external-api/connectors/:name`: the API whole. What is not in it is gone. */
export interface ConnectorInput extends Omit<ConnectorDefinition, 'name' | 'paths'> {
  /** One form in the place of `takes`; with neither, it asks for nothing. */
  auth?: AuthForm | { kind: 'none' };
  /** Patterns of the paths that may be asked for; `*` is one segment, `**` any rest. */
  paths: readonly string[];
}

/** Body of `POST /external-api/test`: a stored credential by its name, or a secret, which is not stored; with neither, the settings' own. */
export type ConnectorTestInput = { apiName: string; endpoint?: string } & ({ credentials?: string } | CredentialSecretInput);

export interface ConnectorTest {
  ok: boolean;
  /** The other side's HTTP status, where it answered. */
  status?: number;
  /** How long it took, milliseconds. */
  ms: number;
  /** One sentence, never a secret. */
  detail?: string;
}
