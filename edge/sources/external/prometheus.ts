import { PROMETHEUS_CONNECTOR, type PrometheusDataSource, type SourceParams } from '../../../sdk/contract/data-source.js';
import { toNumber } from '../../../sdk/data/number.js';
import type { Clock } from '../../kernel/clock.js';
import { ProblemError } from '../../kernel/problems.js';
import type { Source } from '../../kernel/source.js';
import type { ExternalSource } from './source.js';

const SECONDS: Record<string, number> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };
/** Points of a line: more than a chart has pixels for is thinned out again. */
const POINTS = 240;
/** Prometheus gives no more points of a series in one answer. */
const MOST_POINTS = 11_000;
const SHORTEST_STEP = 5;

/** A sample; `value` is null where there is no number (`NaN`, `+Inf`): never 0. */
export interface PrometheusRow {
  /** ISO 8601. */
  time: string;
  value: number | null;
  /** The labels. */
  metric: Record<string, string>;
}

/**
 * Queries of PromQL through the connector `prometheus`: `{resultType, items: [{time, value, metric}], value?}`, a row a sample.
 * `value` is the newest of the only series. A range begins and ends on a multiple of its step, so that its points stay where they
 * are from one answer to the next.
 */
export function createPrometheusSource(external: ExternalSource, clock: Clock): Source<PrometheusDataSource> {
  return {
    type: 'prometheus',
    async fetch({ dataSource, ...call }) {
      const { endpoint, params } = questionOf(dataSource, clock.now());
      const { data } = await external.fetch({ ...call, dataSource: { type: 'external_api', apiName: PROMETHEUS_CONNECTOR, endpoint, params } });
      return { data: rowsOf(data) };
    },
  };
}

function questionOf({ query, range, step }: PrometheusDataSource, now: number): { endpoint: string; params: SourceParams } {
  if (range === undefined) return { endpoint: '/api/v1/query', params: { query } };
  const length = secondsOf('range', range);
  const every = step === undefined ? Math.max(SHORTEST_STEP, Math.ceil(length / POINTS)) : secondsOf('step', step);
  if (length / every > MOST_POINTS) {
    throw new ProblemError('bad_request', `step: ${step ?? every} is too fine for a range of ${range}; Prometheus gives at most ${MOST_POINTS} points.`);
  }
  const end = Math.floor(now / 1000 / every) * every;
  return { endpoint: '/api/v1/query_range', params: { query, start: end - length, end, step: every } };
}

function secondsOf(name: string, text: string): number {
  const [, count, unit = ''] = /^([1-9]\d{0,4})([smhdw])$/.exec(text) ?? [];
  if (count === undefined) throw new ProblemError('bad_request', `${name}: ${JSON.stringify(text)} is no duration such as "30s", "5m" or "1h".`);
  return Number(count) * (SECONDS[unit] ?? 1);
}

/** Throws `upstream_invalid` for what is no answer of Prometheus. */
export function rowsOf(body: unknown): { resultType: string; items: PrometheusRow[]; value?: number | null } {
  const { status, data } = fieldsOf(body);
  const { resultType, result } = fieldsOf(data);
  if (status !== 'success' || typeof resultType !== 'string' || !Array.isArray(result)) throw invalid();
  if (resultType === 'scalar' || resultType === 'string') {
    const row = rowOf(result, {});
    return { resultType, items: [row], value: row.value };
  }
  const series = result.map((one: unknown) => {
    const { metric, value, values } = fieldsOf(one);
    const labels = labelsOf(metric);
    const samples: unknown = values ?? (value === undefined ? [] : [value]);
    if (!Array.isArray(samples)) throw invalid();
    return samples.map((sample: unknown) => rowOf(sample, labels));
  });
  const [only] = series;
  const newest = series.length === 1 ? only?.at(-1) : undefined;
  return { resultType, items: series.flat(), ...(newest && { value: newest.value }) };
}

function rowOf(sample: unknown, metric: Record<string, string>): PrometheusRow {
  if (!Array.isArray(sample) || sample.length !== 2 || typeof sample[0] !== 'number') throw invalid();
  const time = new Date(sample[0] * 1000);
  if (Number.isNaN(time.getTime())) throw invalid();
  return { time: time.toISOString(), value: toNumber(sample[1]) ?? null, metric };
}

function labelsOf(metric: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(fieldsOf(metric)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function invalid(): ProblemError {
  return new ProblemError('upstream_invalid', 'The source answered with something that is not Prometheus\' form.');
}
