import { expect, it } from 'vitest';
import type { ConnectorSettings, ModuleSettings } from '../kernel/settings.js';
import { registeredPorts } from './registered-ports.js';

it('holds the ports of modules, connectors and their token addresses, notifiers, and the one that modules have by default', () => {
  const module: ModuleSettings = { name: 'sales', url: new URL('http://sales.internal:3001'), secret: 's', tenants: ['acme'] };
  const connector: ConnectorSettings = {
    name: 'crm', baseUrl: 'https://{dc}.crm.example:8443', auth: { kind: 'none' }, paths: ['/*'], encoding: 'repeat', dates: 'iso', cacheSeconds: 0,
    takes: [{ kind: 'oauth2', tokenUrl: 'https://login.example:9443/token' }, { kind: 'bearer' }],
  };
  const plain: ConnectorSettings = { ...connector, name: 'plain', baseUrl: 'https://plain.example', takes: [{ kind: 'oauth2', tokenUrl: '/token' }] };
  const ports = registeredPorts({ modules: new Map([['sales', module]]), connectors: new Map([['crm', connector], ['plain', plain]]), notifiers: [{ name: 'ops', type: 'slack', url: new URL('https://chat.example:7443/hook'), sendResolved: true }] });
  expect([...ports].sort()).toEqual([3001, 7443, 8080, 8443, 9443]);
});
