import { parseArgs } from 'node:util';
import { compose } from '../compose.js';
import { loadSettings } from '../config.js';
import { hasDocsPage } from '../features/operations/docs.js';
import type { Command } from './command.js';
import { portOf } from './port.js';

export const serveCommand: Command = {
  async run(args, { env, out, stopped }) {
    const { values } = parseArgs({
      args: [...args],
      options: { config: { type: 'string' }, port: { type: 'string' }, host: { type: 'string' } },
    });
    const port = portOf(values.port);
    const settings = await loadSettings({
      ...(values.config !== undefined && { file: values.config }),
      env: { ...env, ...(port !== undefined && { CCM_PORT: port }), ...(values.host !== undefined && { CCM_HOST: values.host }) },
    });
    const edge = await compose(settings);
    try {
      const { environment } = settings;
      const listening = await edge.listen({ port: environment.port, host: environment.host });
      out(`CCM edge: ${listening.url}${hasDocsPage() ? ` (interface: ${listening.url}/docs)` : ''}`);
      await stopped();
      out('CCM edge: stopping; requests under way may finish.');
    } finally {
      await edge.close();
    }
    return 0;
  },
};
