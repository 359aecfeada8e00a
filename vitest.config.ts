import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

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
          exclude: ['**/*.page.test.ts', '**/node_modules/**'],
          testTimeout: 15_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'pages',
          include: ['{examples,elements}/**/*.page.test.ts'],
          testTimeout: 90_000,
          hookTimeout: 90_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
