/** The floors: imports go down only, and each vendor has one door. */
const BROWSER = {
  shell: '^elements/(dashboard|marketplace|alerts|settings|connections|gallery)/',
  frame: '^elements/widget/',
  types: '^elements/widgets/',
  fittings: '^elements/(core|provider|plot)/',
};
const EDGE = {
  roof: '^edge/(cli|serve|cli/.*|index)(\\.ts|/)',
  shell: '^edge/(app|compose|config)(\\.ts|/)',
  features: '^edge/features/',
  fittings: '^edge/(gate|feeds|sources|drivers)/',
  kernel: '^edge/kernel/',
};
const TESTS = '(\\.test\\.ts$|/test/)';
const never = (name, from, to, comment) => ({ name, severity: 'error', comment, from: { ...from, pathNot: from.pathNot ?? TESTS }, to });
const door = (vendor, from) =>
  never(`door-${vendor.replaceAll(/[^a-z0-9]/g, '-')}`, { path: '^(sdk|elements|edge)/', pathNot: `${from}|${TESTS}` }, { path: `node_modules/${vendor}(/|$)` }, `${vendor} has one door`);

module.exports = {
  forbidden: [
    { name: 'no-ring', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: ['^@a64core/ccm', '\\.svg$'] } },
    never('wings-meet-on-the-ground', { path: '^elements/' }, { path: '^edge/' }),
    never('edge-knows-only-the-ground', { path: '^edge/' }, { path: '^(elements/|sdk/(client|live|store|define|index))' }),
    never('sdk-is-below', { path: '^sdk/' }, { path: '^(elements|edge|examples)/' }),
    never('ground', { path: '^sdk/(contract|data)/' }, { path: '^sdk/(client|live|store|define|index)' }),
    never('contract-is-the-lowest', { path: '^sdk/contract/', pathNot: `^sdk/contract/(.*\\.schema|validate|rules)\\.ts$|${TESTS}` }, { path: '^sdk/data/' }),
    never('examples-import-by-name', { path: '^examples/' }, { path: '^(sdk|elements|edge)/', pathNot: '^(edge|sdk|elements)/index\\.ts$' }),
    never('product-knows-no-example', { path: '^(sdk|elements|edge)/' }, { path: '^(examples|bench|scripts)/' }),

    never('kernel-is-the-floor', { path: EDGE.kernel }, { path: '^edge/', pathNot: EDGE.kernel }),
    never('fittings-look-down', { path: EDGE.fittings }, { path: [EDGE.features, EDGE.shell, EDGE.roof] }),
    never('fittings-are-strangers', { path: '^edge/(gate|feeds|sources|drivers)/' }, { path: '^edge/(gate|feeds|sources|drivers)/', pathNot: ['^edge/$1/', '^edge/drivers/optional\\.ts$'] }),
    never('features-look-down', { path: EDGE.features }, { path: [EDGE.shell, EDGE.roof] }),
    never('features-are-strangers', { path: '^edge/features/([^/]+)/' }, { path: EDGE.features, pathNot: '^edge/features/$1/' }),
    never('services-know-no-hono', { path: ['^edge/features/[^/]+/(service|store)\\.ts$', '^edge/features/[^/]+/[^/]+/(service|store)\\.ts$'] }, { path: 'node_modules/(hono|@hono)/' }),

    never('core-is-the-floor', { path: '^elements/core/' }, { path: [BROWSER.shell, BROWSER.frame, BROWSER.types, '^elements/(provider|plot)/'] }),
    never('elements-fittings-look-down', { path: BROWSER.fittings }, { path: [BROWSER.shell, BROWSER.frame, BROWSER.types] }),
    never('widget-types-are-strangers', { path: '^elements/widgets/([^/]+)/' }, { path: BROWSER.types, pathNot: '^elements/widgets/$1/' }),
    never('widget-types-look-down', { path: BROWSER.types }, { path: [BROWSER.shell, BROWSER.frame] }),
    never('frame-looks-down', { path: BROWSER.frame }, { path: BROWSER.shell }),
    never('shells-are-strangers', { path: '^elements/(dashboard|marketplace|alerts|settings|connections|gallery)/' }, { path: BROWSER.shell, pathNot: '^elements/$1/' }),

    door('uplot', '^elements/plot/'),
    door('gridstack', '^elements/dashboard/'),
    door('marked', '^elements/widgets/text/'),
    door('dompurify', '^elements/widgets/text/'),
    door('d3-geo', '^elements/widgets/map/'),
    door('supercluster', '^elements/widgets/map/clusters\\.ts'),
    door('topojson-client', '^elements/widgets/map/atlas\\.ts'),
    door('us-atlas', '^elements/widgets/map/atlas\\.ts'),
    door('world-atlas', '^elements/widgets/map/atlas\\.ts'),
    door('jose', '^edge/(gate/|cli/)'),
    door('undici', '^edge/drivers/http/'),
    door('cockatiel', '^edge/sources/calls/'),
    door('ioredis', '^edge/drivers/redis/'),
    door('rate-limiter-flexible', '^edge/drivers/(memory|redis)/'),
    door('better-sqlite3', '^edge/drivers/store/'),
    door('drizzle-orm', '^edge/(drivers/store/|features/[^/]+/store\\.ts|features/[^/]+/[^/]+/store\\.ts)'),
    door('zod', '(\\.schema\\.ts$|^edge/)'),
    door('pino', '^edge/kernel/log\\.ts'),
    door('prom-client', '^edge/kernel/metrics\\.ts'),
    door('ws', '^edge/features/push/'),
    door('mqtt', '^edge/drivers/mqtt/'),
    door('nodemailer', '^edge/drivers/notify/'),
    door('pngjs', '^edge/drivers/notify/'),
    door('standardwebhooks', '^edge/drivers/notify/'),
    door('web-push', '^edge/drivers/notify/'),
    door('re2js', '^sdk/data/pattern\\.ts'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(dist/|sdk/contract/generated/|elements/core/generated/)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
