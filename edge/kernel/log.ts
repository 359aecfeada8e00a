import { pino, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Anything in the shape of a JWT, the value of a `token` or `ticket` in a query, what follows `Bearer` and is long enough to be none of our words, and user and password in a URL. */
const SECRETS = /\beyJ[\w-]+\.[\w-]+\.[\w-]*|((?:token|ticket|secret|key|password)=|\bbearer +(?=[^\s"]{16}))[^&\s"]+|(:\/\/)[^\s"/@]*:[^\s"/@]*(?=@)/gi;

/** The text with `[redacted]` in the place of what looks like a secret: for every line and row that is kept. */
export function withoutSecrets(text: string): string {
  return text.replace(SECRETS, (_match, name: string | undefined, scheme: string | undefined) => `${name ?? scheme ?? ''}[redacted]`);
}

export interface LogOptions {
  level?: string;
  /** Default: stdout. */
  destination?: DestinationStream;
}

/**
 * The edge's log: JSON lines for faults and changes of state, never one a request.
 * Tokens do not get into it, neither as fields nor inside a text.
 */
export function createLog({ level = 'info', destination }: LogOptions = {}): Log {
  const options = {
    level,
    base: undefined,
    redact: {
      paths: ['token', 'secret', 'authorization', 'headers.authorization', 'headers.cookie', '*.token', '*.secret', '*.authorization'],
      censor: '[redacted]',
    },
    hooks: { streamWrite: withoutSecrets },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
