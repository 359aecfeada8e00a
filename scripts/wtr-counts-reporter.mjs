import { writeFileSync } from 'node:fs';

/** Writes `{passed, failed, skipped: [names]}` to the file that CCM_TEST_COUNTS names, for the test command's last line. */
export function countsReporter() {
  return {
    onTestRunFinished({ sessions }) {
      const file = process.env.CCM_TEST_COUNTS;
      if (!file) return;
      const counts = { passed: 0, failed: 0, skipped: [] };
      for (const session of sessions) {
        countSuite(session.testResults, '', counts);
        if (!session.passed && session.errors.length > 0) counts.failed += 1;
      }
      writeFileSync(file, JSON.stringify(counts));
    },
  };
}

function countSuite(suite, prefix, counts) {
  if (!suite) return;
  for (const test of suite.tests ?? []) {
    if (test.skipped) counts.skipped.push(`${prefix}${test.name}`);
    else if (test.passed) counts.passed += 1;
    else counts.failed += 1;
  }
  for (const child of suite.suites ?? []) countSuite(child, `${prefix}${child.name} › `, counts);
}
