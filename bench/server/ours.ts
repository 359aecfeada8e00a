/** The edge as it is shipped: gate, access and metrics on, the built package, its module in the parent's process. */
import { compose, loadSettings } from '@a64core/ccm/edge';
import { SignJWT } from 'jose';
import { listening } from '../contestant.js';
import { SLOW_WIDGETS, widgetsOf, presetOf } from './definitions.js';

const moduleUrl = process.argv[2] ?? '';
const SECRET = 'a-secret-of-the-bench-longer-than-32-bytes';

const settings = await loadSettings({
  settings: {
    tenants: { bench: { name: 'Bench', timeZone: 'UTC', currency: 'EUR', locale: 'en' } },
    modules: { bench: { url: moduleUrl, secret: { env: 'BENCH_MODULE_SECRET' }, tenants: ['bench'] } },
    widgets: widgetsOf(SLOW_WIDGETS),
    presets: { user: presetOf() },
  },
  env: {
    BENCH_MODULE_SECRET: SECRET,
    CCM_JWT_SECRET: SECRET,
    CCM_DATABASE_URL: 'sqlite::memory:',
    CCM_ALLOW_PRIVATE_HOSTS: '127.0.0.1',
    CCM_ALLOWED_ORIGINS: '*',
    CCM_LOG_LEVEL: 'warn',
  },
});
const edge = await compose(settings);
const { url } = await edge.listen({ port: 0, host: '127.0.0.1' });
const token = await new SignJWT({ tenant: 'bench', roles: ['user'], permissions: ['bench.*'] })
  .setProtectedHeader({ alg: 'HS256' })
  .setSubject('u')
  .setExpirationTime('2h')
  .sign(new TextEncoder().encode(SECRET));

listening({ port: Number(new URL(url).port), token, secret: SECRET });
