import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** They put something else in a module's place: by themselves, so that no other test gets it. */
const MOCKING = ['edge/cli/serve.test.ts', 'edge/feeds/row-window.test.ts'];

export default defineConfig({
  resolve: {
    // Examples import the package by its name, as a user would; in tests that name means the sources.
    alias: {
      '@a64core/ccm/edge': path('./edge/index.ts'),
      '@a64core/ccm/sdk': path('./sdk/index.ts'),
    },
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          globalSetup: ['edge/test/build-programs.ts'],
          include: ['{sdk,edge,examples,scripts}/**/*.test.ts'],
          exclude: ['**/*.page.test.ts', '**/node_modules/**', ...MOCKING],
          // To load the edge anew for each file took as long as a third of the tests.
          isolate: false,
          testTimeout: 15_000,
        },
      },
      { extends: true, test: { name: 'mocking', include: MOCKING } },
      {
        extends: true,
        test: {
          name: 'pages',
          include: ['{examples,elements}/**/*.page.test.ts'],
          testTimeout: 90_000,
          hookTimeout: 90_000,
          fileParallelism: false,
          // As with the Node tests: three seconds a file.
          isolate: false,
        },
      },
    ],
  },
});
