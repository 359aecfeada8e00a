import { inWidgets, type Rule } from '../rule.js';

const ASKING: Readonly<Record<string, string>> = { module: 'a module', external_api: 'an external API', prometheus: 'Prometheus' };

export const openToAll: Rule = {
  name: 'open-to-all',
  why: 'A widget without permissions and roles shows the company\'s data to everybody who has a token.',
  find: (given) => inWidgets(given, ({ dataSource, permissions, roles }) => {
    const asked = ASKING[dataSource.type];
    if (asked === undefined || permissions.length > 0 || roles.length > 0) return [];
    return [{ path: ['permissions'], message: `neither permissions nor roles are asked for, and it shows what ${asked} says` }];
  }),
};
