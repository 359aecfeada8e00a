import { beforeEach, expect, it, vi } from 'vitest';
import { serveCommand } from './serve.js';

const state = vi.hoisted(() => ({ installed: true }));

vi.mock('../compose.js', () => ({
  compose: () => Promise.resolve({ listen: () => Promise.resolve({ url: 'http://edge.example' }), close: () => Promise.resolve() }),
}));
vi.mock('../config.js', () => ({ loadSettings: () => Promise.resolve({ environment: { port: 0, host: '127.0.0.1' } }) }));
vi.mock('node:module', async (actual) => ({
  ...await actual<object>(),
  createRequire: () => ({
    resolve(name: string) {
      if (!state.installed) throw new Error(`Cannot find module '${name}'`);
      return `/somewhere/${name}`;
    },
  }),
}));

beforeEach(() => void (state.installed = true));

async function serve(): Promise<string[]> {
  const lines: string[] = [];
  await serveCommand.run([], { env: {}, out: (line) => void lines.push(line), err: (line) => void lines.push(line), stopped: () => Promise.resolve() });
  return lines;
}

it('names the page of the interface where its package is installed, and no page that is not there', async () => {
  expect(await serve()).toContain('CCM edge: http://edge.example (interface: http://edge.example/docs)');
  state.installed = false;
  expect(await serve()).toContain('CCM edge: http://edge.example');
});
