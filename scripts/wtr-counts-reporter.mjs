import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

/** @import { TestSession, TestSuiteResult } from '@web/test-runner' */

/** Writes `{passed, failed: [{name, why}], skipped: [names]}` to the file that CCM_TEST_COUNTS names, for the test command's last line. */
export function countsReporter() {
  return {
    /** @param {{ sessions: Pick<TestSession, 'testFile' | 'passed' | 'errors' | 'testResults'>[] }} run */
    onTestRunFinished({ sessions }) {
      const file = process.env.CCM_TEST_COUNTS;
      if (!file) return;
      /** @type {Counts} */
      const counts = { passed: 0, failed: [], skipped: [] };
      for (const session of sessions) {
        const path = relative('.', session.testFile);
        countSuite(session.testResults, `${path}: `, counts);
        if (!session.passed && session.errors.length > 0) counts.failed.push({ name: path, why: session.errors[0]?.message });
      }
      writeFileSync(file, JSON.stringify(counts));
    },
  };
}

/** @typedef {{ passed: number, failed: { name: string, why: string | undefined }[], skipped: string[] }} Counts */

/**
 * @param {TestSuiteResult | undefined} suite
 * @param {string} prefix
 * @param {Counts} counts
 */
function countSuite(suite, prefix, counts) {
  if (!suite) return;
  for (const test of suite.tests ?? []) {
    if (test.skipped) counts.skipped.push(`${prefix}${test.name}`);
    else if (test.passed) counts.passed += 1;
    else counts.failed.push({ name: `${prefix}${test.name}`, why: test.error?.message });
  }
  for (const child of suite.suites ?? []) countSuite(child, `${prefix}${child.name} › `, counts);
}
