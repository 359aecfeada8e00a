import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { TestResult } from '@web/test-runner';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { countsReporter } from './wtr-counts-reporter.mjs';
import { ownCounts, vitestCounts } from './test-counts.js';

let folder: string;
let counts: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ccm-counts-'));
  counts = join(folder, 'counts.json');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test('what vitest ran: each failure by its file, its name and the first line of why; a file that breaks counts as one', { timeout: 30_000 }, () => {
  writeFileSync(join(folder, 'some.test.mjs'), `
    test('holds', () => {});
    test('is left out', { skip: true }, () => {});
    test('breaks', () => expect(1, 'a\\nb').toBe(2));
  `);
  writeFileSync(join(folder, 'broken.test.mjs'), 'throw new Error("not to be loaded");');
  const { status } = spawnSync('npx', ['vitest', 'run', '--root', folder, '--globals', '--reporter=json', `--outputFile.json=${counts}`], { cwd: join(import.meta.dirname, '..'), encoding: 'utf8' });
  expect(status).toBe(1);
  const { passed, failed, skipped } = vitestCounts(counts);
  const path = (file: string) => relative('.', join(folder, file));
  expect(failed.toSorted()).toEqual([`${path('broken.test.mjs')}: not to be loaded`, `${path('some.test.mjs')}: breaks: AssertionError: a`].toSorted());
  expect({ passed, skipped }).toEqual({ passed: 1, skipped: ['is left out'] });
});

test('what ran in browsers: the reporter tells each failure by its file and suite, and a file that breaks', () => {
  vi.stubEnv('CCM_TEST_COUNTS', counts);
  const session = (testFile: string, tests: TestResult[], errors: { message: string }[]) =>
    ({ testFile: join(process.cwd(), testFile), passed: errors.length === 0, errors, testResults: { name: '', tests: [], suites: [{ name: 'a suite', tests, suites: [] }] } });
  countsReporter().onTestRunFinished({
    sessions: [
      session('elements/a.test.ts', [{ name: 'holds', passed: true, skipped: false }, { name: 'is left out', passed: false, skipped: true }, { name: 'breaks', passed: false, skipped: false, error: { message: 'expected 1\nto be 2' } }], []),
      session('elements/b.test.ts', [], [{ message: 'not to be loaded' }]),
    ],
  });
  expect(ownCounts(counts)).toEqual({
    passed: 1,
    failed: ['elements/a.test.ts: a suite › breaks: expected 1', 'elements/b.test.ts: not to be loaded'],
    skipped: ['elements/a.test.ts: a suite › is left out'],
  });
});

test('a run that wrote nothing has failed', () => {
  expect(ownCounts(counts).failed).toEqual([expect.stringContaining('no report: Error: ENOENT')]);
  expect(vitestCounts(counts).failed).toEqual([expect.stringContaining('no report: Error: ENOENT')]);
});
