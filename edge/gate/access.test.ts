import { describe, expect, it } from 'vitest';
import { expandRoles } from '../../sdk/contract/access.js';
import type { CatalogueEntry } from '../kernel/catalogue.js';
import type { Principal } from '../kernel/principal.js';
import { createAccess } from './access.js';

function principal(roles: string[], permissions: string[]): Principal {
  return { subject: 'ada', tenant: 'acme', directRoles: roles, roles: expandRoles(roles), permissions, expiresAt: Number.MAX_SAFE_INTEGER };
}
function entry(permissions: string[], roles: string[]): CatalogueEntry {
  return {
    version: '1', origin: 'tenant',
    widget: { id: 'w', title: 'W', type: 'stat', size: 'small', dataSource: { type: 'static', data: 1 }, statConfig: { primaryValue: 'v' }, permissions, roles },
  };
}

describe('who may see a widget', () => {
  const cases: [string, Principal, CatalogueEntry, boolean][] = [
    ['nothing asked, nothing held', principal([], []), entry([], []), true],
    ['ALL permissions', principal(['user'], ['sales.view', 'sales.export']), entry(['sales.view', 'sales.export'], []), true],
    ['one permission missing', principal(['admin'], ['sales.view']), entry(['sales.view', 'sales.export'], []), false],
    ['a pattern', principal(['user'], ['sales.*']), entry(['sales.view', 'sales.deep.view'], []), true],
    ['a pattern of another area', principal(['user'], ['sales.*']), entry(['salesforce.view'], []), false],
    ['a pattern is not its own stem', principal(['user'], ['sales.*']), entry(['sales'], []), false],
    ['everything', principal([], ['*']), entry(['any.thing'], []), true],
    ['ONE of the roles', principal(['user'], []), entry([], ['admin', 'user']), true],
    ['an inherited role', principal(['admin'], []), entry([], ['user']), true],
    ['no role', principal(['user'], ['*']), entry([], ['admin']), false],
    ['permissions do not stand in for roles', principal([], ['*']), entry(['a.b'], ['guest']), false],
    ['a widget that asks for a pattern is asked literally', principal(['user'], ['sales.view']), entry(['sales.*'], []), false],
  ];
  it.each(cases)('%s', (_name, who, what, answer) => {
    const access = createAccess();
    expect([access.maySee(who, what), access.maySee(who, what)]).toEqual([answer, answer]);
  });
  it('is decided for each principal: an admin\'s answer is nobody else\'s', () => {
    const access = createAccess();
    const what = entry(['x.y'], []);
    expect([access.maySee(principal([], ['*']), what), access.maySee(principal([], []), what)]).toEqual([true, false]);
  });
  it('is decided anew for a changed definition', () => {
    const access = createAccess();
    const who = principal([], ['x.y']);
    expect([access.maySee(who, entry(['x.y'], [])), access.maySee(who, entry(['x.z'], []))]).toEqual([true, false]);
  });
});

it('require says which permission is missing', () => {
  const access = createAccess();
  expect(() => access.require(principal([], ['a.*']), 'a.b')).not.toThrow();
  expect(() => access.require(principal(['super_admin'], ['a.*']), 'b.a')).toThrow('This needs the permission b.a.');
});
