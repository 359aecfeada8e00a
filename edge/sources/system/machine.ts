import { statfs } from 'node:fs/promises';
import { availableParallelism, cpus, freemem, loadavg, totalmem } from 'node:os';
import type { Clock } from '../../kernel/clock.js';
import { defineMetric, rounded, type Metric } from './metric.js';

const MB = 1024 ** 2;
const GB = 1024 ** 3;

export interface CpuUsage { percentage: number; cores: number; load1: number }
export interface MemoryUsage { used_mb: number; total_mb: number; percentage: number }
export interface DiskUsage { used_gb: number; total_gb: number; percentage: number }

export interface Machine {
  cpu(): Promise<CpuUsage>;
  memory(): MemoryUsage;
  disk(): Promise<DiskUsage>;
}

interface CpuTimes { busy: number; total: number }

function cpuTimes(): CpuTimes {
  let idle = 0;
  let total = 0;
  for (const { times } of cpus()) {
    idle += times.idle;
    total += times.user + times.nice + times.sys + times.irq + times.idle;
  }
  return { busy: total - idle, total };
}

/** Shorter than this the kernel's ticks (10 ms) are too coarse to divide. */
const SHORTEST_MEASURE = 1_000;

/**
 * How busy the processors were since the last measure, at least a second ago. The first call after the start
 * waits that second: since boot is no answer to "now".
 */
function createCpuMeter(clock: Clock): () => Promise<number> {
  let earlier = { at: clock.monotonic(), times: cpuTimes() };
  let percentage: number | undefined;
  let pending: Promise<void> | undefined;

  const measure = (): void => {
    const times = cpuTimes();
    const total = times.total - earlier.times.total;
    if (total > 0) percentage = ((times.busy - earlier.times.busy) / total) * 100;
    earlier = { at: clock.monotonic(), times };
  };
  const wait = (): Promise<void> => new Promise((done) => {
    clock.after(SHORTEST_MEASURE, () => {
      measure();
      pending = undefined;
      done();
    });
  });

  return async () => {
    if (clock.monotonic() - earlier.at >= SHORTEST_MEASURE) measure();
    if (percentage === undefined) await (pending ??= wait());
    return percentage ?? 0;
  };
}

/** The memory that this process may use: its container's where there is a limit, else the machine's. */
function memoryBytes(): { total: number; free: number } {
  const machine = totalmem();
  const limit = process.constrainedMemory();
  return limit > 0 && limit < machine ? { total: limit, free: process.availableMemory() } : { total: machine, free: freemem() };
}

/** `dataFolder` is a folder on the disk that counts: the one that holds the database. */
export function createMachine(clock: Clock, dataFolder: string): Machine {
  const cpu = createCpuMeter(clock);
  return {
    cpu: async () => ({ percentage: rounded(await cpu()), cores: availableParallelism(), load1: rounded(loadavg()[0] ?? 0, 2) }),
    memory() {
      const { total, free } = memoryBytes();
      const used = total - free;
      return { used_mb: Math.round(used / MB), total_mb: Math.round(total / MB), percentage: rounded((used / total) * 100) };
    },
    async disk() {
      const { blocks, bfree, bavail, bsize } = await statfs(dataFolder);
      const used = (blocks - bfree) * bsize;
      // As df counts: blocks kept back for root are neither used nor free.
      const usable = used + bavail * bsize;
      return {
        used_gb: rounded(used / GB, 2),
        total_gb: rounded((blocks * bsize) / GB, 2),
        percentage: usable === 0 ? 0 : rounded((used / usable) * 100),
      };
    },
  };
}

export function machineMetrics(machine: Machine): Metric[] {
  return [
    defineMetric({ name: 'cpu_usage', scope: 'machine', read: () => machine.cpu(), number: (cpu) => cpu.percentage }),
    defineMetric({ name: 'memory_usage', scope: 'machine', read: () => machine.memory(), number: (memory) => memory.used_mb }),
    defineMetric({ name: 'disk_usage', scope: 'machine', read: () => machine.disk(), number: (disk) => disk.used_gb }),
  ];
}
