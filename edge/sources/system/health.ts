import { PROBLEM_STATUS } from '../../../sdk/contract/problem.js';
import type { Activity } from '../../kernel/activity.js';
import type { Clock } from '../../kernel/clock.js';
import type { ModuleRegistry } from '../../kernel/module-registry.js';
import type { QueryStats } from '../../kernel/query-stats.js';
import type { EventLoop } from './event-loop.js';
import type { Machine } from './machine.js';
import { defineMetric, rounded, type Metric } from './metric.js';

export interface HealthDeps {
  machine: Machine;
  loop: EventLoop;
  queries: QueryStats;
  modules: ModuleRegistry;
  activity: Activity;
  clock: Clock;
}

interface Part {
  name: string;
  /** 0 to 100. */
  score: number;
  detail: string;
}

const RECENT = 5 * 60_000;

/** 100 up to `good`, 0 from `bad` on, a straight line between. */
export function scoreBetween(value: number, good: number, bad: number): number {
  return Math.round(Math.min(1, Math.max(0, (bad - value) / (bad - good))) * 100);
}

/** Halfway between the mean and the worst part: one broken part shows, and is not the whole. */
export function overallScore(scores: readonly number[]): number {
  if (scores.length === 0) return 100;
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return Math.round((mean + Math.min(...scores)) / 2);
}

function statusOf(score: number): 'healthy' | 'warning' | 'critical' {
  return score >= 80 ? 'healthy' : score >= 50 ? 'warning' : 'critical';
}

/** The machine, the store, the tenant's modules and the edge's own faults as one score. */
export function healthMetric({ machine, loop, queries, modules, activity, clock }: HealthDeps): Metric {
  async function machineParts(): Promise<Part[]> {
    const [cpu, disk] = await Promise.all([machine.cpu(), machine.disk()]);
    const memory = machine.memory();
    return [
      { name: 'cpu', score: scoreBetween(cpu.percentage, 75, 100), detail: `${cpu.percentage} % of ${cpu.cores} cores` },
      { name: 'memory', score: scoreBetween(memory.percentage, 80, 100), detail: `${memory.used_mb} of ${memory.total_mb} MB` },
      { name: 'disk', score: scoreBetween(disk.percentage, 80, 100), detail: `${disk.used_gb} of ${disk.total_gb} GB` },
    ];
  }

  function loopPart(): Part {
    const { p99_ms } = loop.read();
    return { name: 'event loop', score: scoreBetween(p99_ms, 50, 500), detail: `late by ${p99_ms} ms (p99)` };
  }

  function databasePart(): Part {
    const { p95 } = queries.figures();
    return { name: 'database', score: scoreBetween(p95, 20, 500), detail: `p95 ${rounded(p95, 2)} ms` };
  }

  function modulePart(tenant: string): Part[] {
    const all = modules.of(tenant);
    const running = all.filter(({ info }) => info.status === 'running').length;
    if (all.length === 0) return [];
    return [{ name: 'modules', score: Math.round((running / all.length) * 100), detail: `${running} of ${all.length} running` }];
  }

  function requestPart(tenant: string): Part {
    const since = clock.now() - RECENT;
    const faults = activity.faults(tenant).filter(({ time, code }) => time >= since && PROBLEM_STATUS[code] >= 500).length;
    return { name: 'requests', score: scoreBetween(faults, 0, 20), detail: `${faults} failed in the last 5 minutes` };
  }

  return defineMetric({
    name: 'health_overview',
    scope: 'tenant',
    async read(tenant) {
      const parts = [...await machineParts(), loopPart(), databasePart(), ...modulePart(tenant.id), requestPart(tenant.id)];
      const score = overallScore(parts.map((part) => part.score));
      return { health_score: score, status: statusOf(score), parts };
    },
    number: ({ health_score }) => health_score,
  });
}
