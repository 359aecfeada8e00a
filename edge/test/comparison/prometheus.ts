import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findServer } from '../../../scripts/servers.js';
import { until } from '../../drivers/redis/test/server.js';
import { exprOf, INTERVAL, ROW_RULE, SERIES, SUM_RULE } from './series.js';

const programs = { prometheus: findServer('prometheus'), alertmanager: findServer('prometheus-alertmanager') };
/** For `describe.skipIf`: the name of a test that needs them says so. */
export const noPrometheus = programs.prometheus === undefined || programs.alertmanager === undefined;

/** What fired from when to when, by the alert's name. Epoch milliseconds; no end where it fires still. */
export type Firings = ReadonlyMap<string, readonly { from: number; until?: number }[]>;

export interface PrometheusPair {
  /** By its own record of each evaluation. */
  firings(from: number, to: number): Promise<Firings>;
  close(): Promise<void>;
}

interface PrometheusRule {
  alert: string;
  expr: string;
  for?: string;
  keep_firing_for?: string;
}

/** A real Prometheus that scrapes `target` and follows the rules, and a real Alertmanager that tells `receiver`. */
export async function startPrometheusPair(target: string, receiver: URL): Promise<PrometheusPair> {
  const folder = await mkdtemp(join(tmpdir(), 'ccm-comparison-'));
  const [port, alertmanagerPort] = [await freePort(), await freePort()];
  const file = async (name: string, content: unknown): Promise<string> => {
    // JSON is YAML.
    await writeFile(join(folder, name), JSON.stringify(content));
    return join(folder, name);
  };
  const rulesNamed = (name: string) => file('rules.yml', { groups: [{ name, rules: RULES }] });
  const rules = await rulesNamed('comparison');
  const config = await file('prometheus.yml', {
    global: { scrape_interval: `${INTERVAL}ms`, scrape_timeout: `${INTERVAL}ms`, evaluation_interval: `${INTERVAL}ms` },
    rule_files: [rules],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [`127.0.0.1:${alertmanagerPort}`] }] }] },
    scrape_configs: [{ job_name: 'series', static_configs: [{ targets: [target] }] }],
  });
  const alertmanagerConfig = await file('alertmanager.yml', {
    route: { receiver: 'desk', group_by: ['alertname', 'id'], group_wait: '1s', group_interval: '1s', repeat_interval: '4h' },
    receivers: [{ name: 'desk', webhook_configs: [{ url: receiver.href, send_resolved: true }] }],
  });

  const alertmanager = start(programs.alertmanager, [
    `--config.file=${alertmanagerConfig}`, `--storage.path=${join(folder, 'alertmanager')}`, `--web.listen-address=127.0.0.1:${alertmanagerPort}`, '--cluster.listen-address=',
  ]);
  await listens(`http://127.0.0.1:${alertmanagerPort}/-/ready`, alertmanager);
  // By default what was sent and got lost is sent again after a minute.
  const prometheus = start(programs.prometheus, [
    `--config.file=${config}`, `--storage.tsdb.path=${join(folder, 'data')}`, `--web.listen-address=127.0.0.1:${port}`, '--rules.alert.resend-delay=1s',
  ]);
  const api = `http://127.0.0.1:${port}/api/v1`;
  await listens(`http://127.0.0.1:${port}/-/ready`, prometheus);
  for (let turn = 1; !(await looksInTime(api)); turn += 1) {
    await rulesNamed(`comparison ${turn}`);
    prometheus.kill('SIGHUP');
    await until('the rules have their new name', async () => (await factsOf(api)).name === `comparison ${turn}`);
  }
  return {
    async firings(from, to) {
      const query = new URLSearchParams({ query: 'ALERTS{alertstate="firing"}[5m]', time: String(to / 1000) });
      const answer = (await (await fetch(`${api}/query?${query}`)).json()) as {
        data: { result: { metric: Record<string, string>; values: [number, string][] }[] };
      };
      return new Map(answer.data.result.map(({ metric, values }) => [
        [metric['alertname'], metric['id']].filter(Boolean).join(' '),
        spansOf(values.map(([seconds]) => seconds * 1000).filter((time) => time >= from), to),
      ]));
    },
    async close() {
      await Promise.all([prometheus, alertmanager].map(stop));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const RULES: readonly PrometheusRule[] = [
  ...SERIES.map((series): PrometheusRule => ({
    alert: series.name, expr: exprOf(series),
    ...(series.rule.for !== undefined && { for: `${series.rule.for}s` }),
    ...(series.rule.keepFiring !== undefined && { keep_firing_for: `${series.rule.keepFiring}s` }),
  })),
  { alert: ROW_RULE.name, expr: `row < ${ROW_RULE.value}`, for: `${ROW_RULE.for}s` },
  { alert: SUM_RULE.name, expr: `sum(row) < ${SUM_RULE.value}` },
];

/** Milliseconds from a scrape to the evaluation behind it. Closer, and it would be chance whether that sees it: all would fire an interval later. */
const APART = { least: INTERVAL / 4, most: INTERVAL * 0.9 };

/** Whether rules are evaluated a while after each scrape. When, goes by their name. */
async function looksInTime(api: string): Promise<boolean> {
  await until('it scraped and evaluated', async () => Object.values(await factsOf(api)).every(Boolean));
  const { scrape, evaluation } = await factsOf(api);
  const apart = (((evaluation - scrape) % INTERVAL) + INTERVAL) % INTERVAL;
  return apart >= APART.least && apart <= APART.most;
}

/** Times in epoch milliseconds; 0 before the first. */
async function factsOf(api: string): Promise<{ name: string; scrape: number; evaluation: number }> {
  const [{ data: { activeTargets } }, { data: { groups } }] = (await Promise.all(['targets', 'rules'].map(async (path) => (await fetch(`${api}/${path}`)).json()))) as [
    { data: { activeTargets: { lastScrape: string }[] } }, { data: { groups: { name: string; lastEvaluation: string }[] } },
  ];
  const time = (text: string | undefined): number => Math.max(0, Date.parse(text ?? '') || 0);
  return { name: groups[0]?.name ?? '', scrape: time(activeTargets[0]?.lastScrape), evaluation: time(groups[0]?.lastEvaluation) };
}

/** Evaluations at which it fired, as spans: until the first at which it did not. */
function spansOf(times: readonly number[], end: number): { from: number; until?: number }[] {
  const spans: { from: number; until?: number }[] = [];
  times.forEach((time, index) => {
    if (index === 0 || time - times[index - 1]! > INTERVAL * 1.5) spans.push({ from: time });
    const next = times[index + 1];
    if (next === undefined ? end - time > INTERVAL * 1.5 : next - time > INTERVAL * 1.5) spans.at(-1)!.until = time + INTERVAL;
  });
  return spans;
}

function start(program: string | undefined, args: string[]): ChildProcess {
  if (program === undefined) throw new Error('prometheus and prometheus-alertmanager are not both installed');
  return spawn(program, args, { stdio: 'ignore' });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function listens(url: string, child: ChildProcess): Promise<void> {
  while (!(await fetch(url).then(({ ok }) => ok, () => false))) {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with ${child.exitCode}`);
    await sleep(50);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
