/** What the test runners say of a run, in one shape. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

export interface Counts {
  passed: number;
  /** Each by its name and the first line of why. */
  failed: string[];
  skipped: string[];
}

interface VitestReport {
  testResults: { name: string; status: string; message: string; assertionResults: { status: string; fullName: string; failureMessages: string[] }[] }[];
}

/** What vitest's JSON reporter wrote. */
export function vitestCounts(file: string): Counts {
  const counts: Counts = { passed: 0, failed: [], skipped: [] };
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport;
    for (const suite of report.testResults) {
      const path = relative('.', suite.name);
      // A file that breaks before its first test has none to count.
      if (suite.status === 'failed' && suite.assertionResults.every((test) => test.status !== 'failed')) counts.failed.push(because(path, suite.message));
      for (const test of suite.assertionResults) {
        if (test.status === 'passed') counts.passed += 1;
        else if (test.status === 'failed') counts.failed.push(because(`${path}: ${test.fullName}`, test.failureMessages[0]));
        else counts.skipped.push(test.fullName);
      }
    }
  } catch (error) {
    counts.failed.push(because('no report', String(error)));
  }
  return counts;
}

/** What wtr-counts-reporter.mjs wrote. */
export function ownCounts(file: string): Counts {
  try {
    const { passed, failed, skipped } = JSON.parse(readFileSync(file, 'utf8')) as { passed: number; failed: { name: string; why: string }[]; skipped: string[] };
    return { passed, failed: failed.map(({ name, why }) => because(name, why)), skipped };
  } catch (error) {
    return { passed: 0, failed: [because('no report', String(error))], skipped: [] };
  }
}

function because(name: string, why = ''): string {
  return `${name}: ${why.replace(/\n.*/s, '').slice(0, 300)}`;
}
