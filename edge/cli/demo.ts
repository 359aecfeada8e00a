import { parseArgs } from 'node:util';
import type { Command } from './command.js';
import { portOf } from './port.js';

/** What the demo platform (built from examples/erp) offers; it is a user of this package, so it is only met at run time. */
interface Demo {
  startDemo(options: { port?: number; host?: string; open: boolean }): Promise<{ url: string; about?: readonly string[]; close(): Promise<void> }>;
}

/** In a variable: the package's own name, resolved when the command runs and bundled by nobody. */
const DEMO = '@a64core/ccm/demo';

export const demoCommand: Command = {
  async run(args, { env, out, stopped }) {
    const { values } = parseArgs({
      args: [...args],
      options: { port: { type: 'string' }, host: { type: 'string' }, open: { type: 'boolean', default: true } },
      allowNegative: true,
    });
    const port = portOf(values.port) ?? env['CCM_PORT'];
    const host = values.host ?? env['CCM_HOST'];
    const module: unknown = await import(DEMO);
    if (!isDemo(module)) throw new Error(`${DEMO} has no startDemo: the package is not whole; install it again.`);
    const demo = await module.startDemo({ ...(port && { port: Number(port) }), ...(host && { host }), open: values.open });
    out(`CCM demo: ${demo.url}`);
    for (const line of demo.about ?? []) out(line);
    await stopped();
    await demo.close();
    return 0;
  },
};

function isDemo(module: unknown): module is Demo {
  return typeof module === 'object' && module !== null && 'startDemo' in module && typeof module.startDemo === 'function';
}
