import { copyFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromeLauncher } from '@web/test-runner-chrome';
import { defaultReporter } from '@web/test-runner';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { bundledInTests } from './scripts/bundled-in-tests.mjs';
import { jsonModulesInTests } from './scripts/json-modules.mjs';
import { leanGridstackInTests } from './scripts/lean-gridstack.mjs';
import { leanUplotInTests } from './scripts/lean-uplot.mjs';
import { countsReporter } from './scripts/wtr-counts-reporter.mjs';

// msw's worker has to be served from the root that the tests run in.
copyFileSync(
  fileURLToPath(new URL('./node_modules/msw/lib/mockServiceWorker.js', import.meta.url)),
  fileURLToPath(new URL('./mockServiceWorker.js', import.meta.url)),
);

export default {
  files: ['elements/**/*.test.ts'],
  nodeResolve: { exportConditions: ['browser'] },
  concurrency: 1,
  testsFinishTimeout: 180_000,
  testFramework: { config: { timeout: 10_000 } },
  reporters: [defaultReporter(), countsReporter()],
  browsers: [
    chromeLauncher({
      launchOptions: {
        executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
        headless: true,
        args: [
          '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
          '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
        ],
      },
    }),
  ],
  plugins: [
    bundledInTests(),
    leanUplotInTests(),
    leanGridstackInTests(),
    jsonModulesInTests(),
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: fileURLToPath(new URL('./elements/tsconfig.json', import.meta.url)) }),
  ],
};
