/** What a command gets from the process; a test gives its own. */
export interface CommandIo {
  env: Readonly<Record<string, string | undefined>>;
  out(line: string): void;
  err(line: string): void;
  /** Resolves at the first SIGTERM or SIGINT. */
  stopped(): Promise<void>;
}

export interface Command {
  /** @returns the exit code */
  run(args: readonly string[], io: CommandIo): Promise<number>;
}

/** The caller wrote something that the command does not take: shown with the usage, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** `parseArgs` throws TypeErrors with a code; to the caller they are faults of usage. */
export function usageFault(error: unknown): UsageError | undefined {
  if (error instanceof UsageError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('ERR_PARSE_ARGS') && error instanceof Error ? new UsageError(error.message) : undefined;
}
