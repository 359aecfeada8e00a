import { PROMETHEUS_CONNECTOR } from '../../../../sdk/contract/data-source.js';
import type { CCMWidget } from '../../../../sdk/contract/widget.js';
import type { Access } from '../../../gate/access.js';
import { asksNothing, type Connectors } from '../../../kernel/connectors.js';
import type { CatalogueEntry } from '../../../kernel/catalogue.js';
import type { CredentialOwners, Credentials } from '../../../kernel/credentials.js';
import type { Principal } from '../../../kernel/principal.js';
import type { WatchedRule, WatchedWidget } from '../rules/collect.js';

/** Users as their last token had them, where somebody remembers. */
export interface KnownUsers {
  /** `null` where none of their tokens counts any more. */
  find(tenant: string, subject: string): Principal | null | undefined;
  /** Told of tenants of whose users one may see more or less now. Returns the unsubscribe. */
  onChange(listener: (tenant: string) => void): () => void;
}

export interface ViewersDeps {
  connectors: Pick<Connectors, 'find'>;
  credentials: Pick<Credentials, 'find'> & CredentialOwners;
  access: Access;
  users?: KnownUsers;
}

/** Who looks at a widget in the name of its rules. */
export interface Viewing {
  readonly principal: Principal;
  readonly rules: readonly WatchedRule[];
}

export interface Viewers {
  of(tenant: string, widget: WatchedWidget): Viewing[];
}

/**
 * In whose name the feeds of rules are asked: in nobody's, as one answer serves the whole tenant; and where a user has data of their
 * own (the widget says so, or they have a credential of their own), in theirs, and then the rule is evaluated for them alone. Of who is
 * known to see the widget no more nothing is asked, and no rule of theirs is evaluated.
 */
export function createViewers({ connectors, credentials, access, users }: ViewersDeps): Viewers {
  const made = new Map<string, Principal>();
  /** The same object for as long as nothing changed: feeds remember their specs by it. */
  const principalOf = (tenant: string, subject: string): Principal => {
    const known = subject === '' ? undefined : users?.find(tenant, subject);
    if (known) return known;
    const key = JSON.stringify([tenant, subject]);
    let principal = made.get(key);
    if (principal === undefined) made.set(key, (principal = { tenant, subject, roles: new Set(), directRoles: [], permissions: [], expiresAt: 0 }));
    return principal;
  };

  const sees = (tenant: string, subject: string, entry: CatalogueEntry): boolean => {
    const known = users?.find(tenant, subject);
    return known === undefined || (known !== null && access.maySee(known, entry));
  };

  return {
    of(tenant, { entry, rules: all }) {
      const { widget } = entry;
      const asked = apiOf(widget);
      const rules = all.filter(({ user }) => user === '' || sees(tenant, user, entry));
      const owners = asked === undefined ? [] : credentials.owners(tenant, asked).filter((owner) => sees(tenant, owner, entry));
      const ofUser = (subject: string): Viewing => ({
        principal: principalOf(tenant, subject),
        rules: rules.filter(({ user }) => user === '' || user === subject).map(({ rule }) => ({ rule, user: subject })),
      });
      const own = new Set(owners);
      if (widget.scope === 'user') {
        // Whoever made a rule for themselves wants it on their own data, whatever it is got with.
        for (const { user } of rules) if (user !== '') own.add(user);
        return [...own].map(ofUser);
      }
      const shared = asked === undefined || isAskedForAll(tenant, asked);
      const ofAll: Viewing[] = shared ? [{ principal: principalOf(tenant, ''), rules: rules.filter(({ user }) => !own.has(user)) }] : [];
      return [...ofAll, ...[...own].map(ofUser)].filter((viewing) => viewing.rules.length > 0);
    },
  };

  function isAskedForAll(tenant: string, asked: { apiName: string; name?: string }): boolean {
    const connector = connectors.find(tenant, asked.apiName);
    return connector === undefined || asksNothing(connector, tenant) || credentials.find({ tenant, subject: '' }, asked) !== undefined;
  }
}

function apiOf({ dataSource }: CCMWidget): { apiName: string; name?: string } | undefined {
  if (dataSource.type === 'prometheus') return { apiName: PROMETHEUS_CONNECTOR };
  if (dataSource.type !== 'external_api') return undefined;
  const { apiName, credentials: name } = dataSource;
  return name === undefined ? { apiName } : { apiName, name };
}
