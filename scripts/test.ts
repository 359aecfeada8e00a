/**
 * `npm test`: everything, on a machine that has Node and a compiler.
 * `npm test -- types lint` runs the named steps alone.
 * The last line is `N passed, N failed, N skipped`; each failure and each skip is named above it.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from './chromium.js';
import { ensureServers } from './servers.js';
import { ownCounts, vitestCounts, type Counts } from './test-counts.js';

interface Step {
  name: string;
  /** Run one after the other; the first that fails fails the step. */
  commands: string[];
  /** Reads how many tests ran; a step without it counts as one. */
  counts?: (file: string) => Counts;
  /** Steps of one number run side by side, as many as there are cores; the next begins when one ends. */
  stage: number;
}

const WINGS = ['sdk', 'elements', 'edge', 'examples', 'scripts', 'bench'];

/** As many as there are cores: what computes for a minute has a time to keep, and two browsers run once it has ended. */
const WORKERS = availableParallelism();

const STEPS: Step[] = [
  { name: 'generate', stage: 0, commands: ['npm run -s generate'] },
  { name: 'build', stage: 1, commands: ['npm run -s build:app'] },
  { name: 'node', stage: 2, commands: [`vitest run --project node --project mocking --maxWorkers=${WORKERS} --reporter=default --reporter=json --outputFile.json=$COUNTS`], counts: vitestCounts },
  { name: 'lint', stage: 2, commands: ['npm run -s lint'] },
  { name: 'types', stage: 2, commands: WINGS.map((wing) => `node node_modules/ts7/bin/tsc -p ${wing}`) },
  { name: 'floors', stage: 2, commands: ['npm run -s floors'] },
  { name: 'manifest', stage: 2, commands: ['npm run -s manifest -- --check'] },
  { name: 'schema', stage: 2, commands: ['tsx scripts/generate-schema.ts --check'] },
  { name: 'sizes', stage: 2, commands: ['npm run -s sizes'] },
  { name: 'package', stage: 2, commands: ['npm run -s build:types', 'publint --strict'] },
  { name: 'advisories', stage: 2, commands: ['tsx scripts/version-floors.ts'] },
  { name: 'pages', stage: 3, commands: ['vitest run --project pages --reporter=default --reporter=json --outputFile.json=$COUNTS'], counts: vitestCounts },
  { name: 'browser', stage: 3, commands: ['wtr --config wtr.config.mjs'], counts: ownCounts },
];

const wanted = process.argv.slice(2);
const steps = wanted.length > 0 ? STEPS.filter((step) => wanted.includes(step.name)) : STEPS;
const folder = mkdtempSync(join(tmpdir(), 'ccm-test-'));
const total: Counts = { passed: 0, failed: [], skipped: [] };

try {
  process.env.CHROMIUM = ensureChromium();
  ensureServers();
  for (const stage of new Set(steps.map((step) => step.stage))) {
    await runSideBySide(steps.filter((step) => step.stage === stage));
  }
} catch (error) {
  total.failed.push(`set-up: ${error instanceof Error ? error.message : String(error)}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

for (const name of total.failed) process.stdout.write(`failed: ${name}\n`);
for (const name of total.skipped) process.stdout.write(`skipped: ${name}\n`);
process.stdout.write(`${total.passed} passed, ${total.failed.length} failed, ${total.skipped.length} skipped\n`);
process.exitCode = total.failed.length > 0 ? 1 : 0;

async function runSideBySide(group: Step[]): Promise<void> {
  const queue = [...group];
  const worker = async () => {
    for (let step = queue.shift(); step; step = queue.shift()) await run(step);
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), group.length) }, worker));
}

async function run(step: Step): Promise<void> {
  const file = join(folder, `${step.name}.json`);
  const started = performance.now();
  let output = '';
  let exitCode = 0;
  for (const command of step.commands) {
    const result = await shell(command.replaceAll('$COUNTS', file), file);
    output += result.output;
    exitCode = result.exitCode;
    if (exitCode !== 0) break;
  }
  const counts = step.counts?.(file) ?? { passed: exitCode === 0 ? 1 : 0, failed: [], skipped: [] };
  if (exitCode !== 0 && counts.failed.length === 0) counts.failed.push(`ended with ${exitCode}`);
  total.passed += counts.passed;
  total.failed.push(...counts.failed.map((name) => `${step.name}: ${name}`));
  total.skipped.push(...counts.skipped.map((name) => `${step.name}: ${name}`));
  if (counts.failed.length > 0) process.stdout.write(output);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${counts.failed.length > 0 ? 'FAILED' : 'ok'}  ${step.name}  ${seconds} s  (${counts.passed} passed, ${counts.failed.length} failed)\n`);
}

function shell(command: string, countsFile: string): Promise<{ exitCode: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, {
      shell: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, CCM_TEST_COUNTS: countsFile, FORCE_COLOR: '0' },
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('close', (code) => resolve({ exitCode: code ?? 1, output }));
  });
}
