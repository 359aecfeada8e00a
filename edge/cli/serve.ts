import { parseArgs } from 'node:util';
import { compose } from '../compose.js';
import { loadSettings } from '../config.js';
import type { Command } from './command.js';

export const serveCommand: Command = {
  name: 'serve',
  summary: 'runs the edge',
  usage: 'ccm serve [--config ccm.config.json] [--port 8787] [--host 127.0.0.1]',
  async run(args, { env, out, stopped }) {
    const { values } = parseArgs({
      args: [...args],
      options: { config: { type: 'string' }, port: { type: 'string' }, host: { type: 'string' } },
    });
    const settings = await loadSettings({
      ...(values.config !== undefined && { file: values.config }),
      env: { ...env, ...(values.port !== undefined && { CCM_PORT: values.port }), ...(values.host !== undefined && { CCM_HOST: values.host }) },
    });
    const edge = await compose(settings);
    try {
      const { port, host } = settings.environment;
      const listening = await edge.listen({ port, host });
      out(`CCM edge: ${listening.url} (interface: ${listening.url}/docs)`);
      await stopped();
      out('CCM edge: stopping; requests under way may finish.');
    } finally {
      await edge.close();
    }
    return 0;
  },
};
