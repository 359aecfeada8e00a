#!/usr/bin/env node
import { usageFault, type CommandIo } from './cli/command.js';
import { COMMANDS } from './cli/commands.js';
import { packageInfo } from './config/package.js';

function help(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  const lines = COMMANDS.map(({ name, summary, usage }) => `  ${name.padEnd(width)}  ${summary}\n  ${' '.repeat(width)}  ${usage}`);
  return `Usage: ccm COMMAND\n\n${lines.join('\n')}\n\nSettings: ccm.config.json and the environment variables CCM_*. See the package's docs/operating.md.`;
}

async function main([name, ...args]: readonly string[], io: CommandIo): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    io.out(help());
    return name === undefined ? 2 : 0;
  }
  if (name === 'version' || name === '--version' || name === '-v') {
    io.out(packageInfo().version);
    return 0;
  }
  const command = COMMANDS.find((known) => known.name === name);
  if (command === undefined) {
    io.err(`ccm: there is no command ${name}.\n\n${help()}`);
    return 2;
  }
  if (args.includes('--help') || args.includes('-h')) {
    io.out(`Usage: ${command.usage}`);
    return 0;
  }
  try {
    return await (await command.load()).run(args, io);
  } catch (error) {
    const fault = usageFault(error);
    if (fault !== undefined) io.err(`ccm ${name}: ${fault.message}\nUsage: ${command.usage}`);
    else io.err(error instanceof Error ? error.message : String(error));
    return fault === undefined ? 1 : 2;
  }
}

/** Resolves at the first signal; a second one ends the process at once. */
function stopped(): Promise<void> {
  return new Promise((resolve) => {
    const once = (): void => {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) {
        process.off(signal, once);
        process.once(signal, () => process.exit(1));
      }
      resolve();
    };
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, once);
  });
}

process.exitCode = await main(process.argv.slice(2), {
  env: process.env,
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  stopped,
});
