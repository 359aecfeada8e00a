import { parseArgs } from 'node:util';
import { SignJWT } from 'jose';
import { loadClaims } from '../config/claims.js';
import { readEnvironment } from '../config/environment.js';
import { newId } from '../kernel/ids.js';
import { UsageError, type Command } from './command.js';

const UNITS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };
const LONGEST = 365 * 86_400;

export const tokenCommand: Command = {
  async run(args, { env, out }) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        user: { type: 'string' },
        tenant: { type: 'string' },
        roles: { type: 'string', default: 'user' },
        permissions: { type: 'string', default: '' },
        expires: { type: 'string', default: '1h' },
        config: { type: 'string' },
      },
    });
    if (!values.user) throw new UsageError('--user is missing');
    if (!values.tenant) throw new UsageError('--tenant is missing');
    const seconds = secondsOf(values.expires);
    const { jwt } = readEnvironment(env, await loadClaims(values.config));
    if (jwt.key.kind !== 'secret') throw new Error('CCM_JWT_SECRET: is missing; only whoever holds the private key of the other kinds can sign.');

    const token = new SignJWT({
      [jwt.claims.subject]: values.user,
      [jwt.claims.tenant]: values.tenant,
      [jwt.claims.roles]: names(values.roles),
      [jwt.claims.permissions]: names(values.permissions),
    })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setIssuedAt()
      .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
      .setJti(newId());
    if (jwt.issuer !== undefined) token.setIssuer(jwt.issuer);
    if (jwt.audience !== undefined) token.setAudience(jwt.audience);
    out(await token.sign(new TextEncoder().encode(jwt.key.secret)));
    return 0;
  },
};

function names(list: string): string[] {
  return list.split(',').map((name) => name.trim()).filter((name) => name !== '');
}

function secondsOf(text: string): number {
  const [, amount, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const seconds = Number(amount) * (UNITS[unit ?? ''] ?? Number.NaN);
  if (!(seconds > 0 && seconds <= LONGEST)) throw new UsageError(`--expires ${text}: write a number with s, m, h or d, at most 365d`);
  return seconds;
}
