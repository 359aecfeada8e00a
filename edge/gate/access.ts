import { holds } from '../../sdk/contract/access.js';
import type { CatalogueEntry } from '../kernel/catalogue.js';
import type { Principal } from '../kernel/principal.js';
import { ProblemError } from '../kernel/problems.js';

/** The one place that decides who may see and do what; data, push and modules ask the same. */
export interface Access {
  /** ALL of the widget's permissions and ONE of its roles. Remembered for as long as principal and entry live. */
  maySee(principal: Principal, entry: CatalogueEntry): boolean;
  holds(principal: Principal, permission: string): boolean;
  /** Throws `forbidden` (403) where the permission is not held: for what a caller sees and may not do. */
  require(principal: Principal, permission: string): void;
}

export function createAccess(): Access {
  const decided = new WeakMap<Principal, WeakMap<CatalogueEntry, boolean>>();

  const decide = (principal: Principal, { widget }: CatalogueEntry): boolean =>
    widget.permissions.every((permission) => holds(principal.permissions, permission))
    && (widget.roles.length === 0 || widget.roles.some((role) => principal.roles.has(role)));

  return {
    maySee(principal, entry) {
      let entries = decided.get(principal);
      if (entries === undefined) decided.set(principal, (entries = new WeakMap()));
      let answer = entries.get(entry);
      if (answer === undefined) entries.set(entry, (answer = decide(principal, entry)));
      return answer;
    },
    holds: (principal, permission) => holds(principal.permissions, permission),
    require(principal, permission) {
      if (!holds(principal.permissions, permission)) {
        throw new ProblemError('forbidden', `This needs the permission ${permission}.`);
      }
    },
  };
}
