import type { SealedPlace } from '../drivers/store/sealed-rows.js';

/** Names are their users' own: in quotes, so that none of them can write lines of its own. */
export function sealedName({ what, tenant, owner, name }: SealedPlace): string {
  const whose = what === 'module' ? '' : owner === '' ? ', shared' : `, user ${JSON.stringify(owner)}`;
  return `tenant ${JSON.stringify(tenant)}${whose}, ${what} ${JSON.stringify(name)}`;
}
