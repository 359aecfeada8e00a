import { object, list, flag } from '../../../sdk/contract/parts.schema.js';
import { z } from 'zod';
import { SPARKLINE_SAMPLES } from '../../../sdk/contract/display.js';
import { faultsOf } from '../../../sdk/contract/faults.schema.js';
import type { WidgetRequest } from '../../../sdk/contract/frames.js';
import { createSpecs, type Specs } from '../../feeds/specs.js';
import { checkRequest } from '../../feeds/widget-request.js';
import type { Access } from '../../gate/access.js';
import { MOST_FAULTS } from '../../gate/openapi.js';
import type { Catalogue, CatalogueEntry } from '../../kernel/catalogue.js';
import type { Feeds, FeedSpec } from '../../kernel/feed.js';
import type { Principal } from '../../kernel/principal.js';
import { widgetSeries, type SamplePoint, type Samples } from '../../kernel/samples.js';
import { asProblem, ProblemError } from '../../kernel/problems.js';
import { answerLine, failedLine, refusedLine, type Line, type LineContext } from './lines.js';

/** Widgets in one batch. */
export const MOST_WIDGETS = 200;

/** The batch but for its entries: each of those is checked by itself. */
const EnvelopeSchema = object({ define: flag().optional(), widgets: list(z.unknown(), MOST_WIDGETS, 1) });

export interface Batch {
  readonly define: boolean;
  readonly widgets: readonly unknown[];
}

export interface BatchLines {
  /** Known at once, in the order of the request. */
  readonly ready: Line[];
  /** Still being fetched. None rejects. */
  readonly late: Promise<Line>[];
}

/** Throws `invalid` naming what is wrong with the batch itself. */
export function checkBatch(body: unknown): Batch {
  const parsed = EnvelopeSchema.safeParse(body);
  if (parsed.success) return { define: parsed.data.define ?? false, widgets: parsed.data.widgets };
  const errors = faultsOf(parsed.error).slice(0, MOST_FAULTS);
  throw new ProblemError('invalid', `body: ${errors.map(({ path, message }) => `${path} ${message}`.trim()).join('; ')}`, { errors });
}

export interface BatchDeps {
  feeds: Feeds;
  catalogue: Catalogue;
  access: Access;
  /** What sparklines are drawn from. */
  samples?: Pick<Samples, 'last'>;
  /** Default: every API is asked with its connector's own secret. */
  specs?: Specs;
}

/** One line a widget; a refused, failed or broken one is a line like the others and stops none of them. */
export async function batchLines({ feeds, catalogue, access, samples, specs = createSpecs() }: BatchDeps, principal: Principal, { define, widgets }: Batch): Promise<BatchLines> {
  const entries = await catalogue.of(principal.tenant);
  const lines: BatchLines = { ready: [], late: [] };

  const ask = (request: WidgetRequest, entry: CatalogueEntry): void => {
    const context: LineContext = { id: request.id, ref: request.ref, cursor: request.cursor, ...(define && { define: entry }) };
    let spec: FeedSpec;
    try {
      spec = specs.of(entry, principal, request);
    } catch (error) {
      lines.ready.push(failedLine(asProblem(error), context));
      return;
    }
    const history = define ? historyOf(spec, entry, samples) : undefined;
    const answered: LineContext = history === undefined ? context : { ...context, history };
    const answer = feeds.peek(spec);
    if (answer !== undefined) lines.ready.push(answerLine(answer, answered));
    else lines.late.push(feeds.read(spec).then((late) => answerLine(late, answered), (error: unknown) => failedLine(asProblem(error), context)));
  };

  widgets.forEach((value, index) => {
    const { request, problem } = checkRequest(value, `widgets.${index}`);
    if (problem !== undefined) {
      lines.ready.push(failedLine(problem, request));
      return;
    }
    const entry = entries.get(request.id);
    if (entry === undefined || !access.maySee(principal, entry)) lines.ready.push(refusedLine(request));
    else ask(request, entry);
  });
  return lines;
}

/** The last samples of a stat that shows them. What is kept is the tenant's: nothing for one user's rows or a viewer's own question. */
function historyOf({ tenant, sampled }: FeedSpec, { widget: { id, statConfig } }: CatalogueEntry, samples: BatchDeps['samples']): SamplePoint[] | undefined {
  if (sampled === undefined || samples === undefined || statConfig?.sparkline !== true) return undefined;
  return samples.last({ tenant, name: widgetSeries(id, statConfig.primaryValue) }, SPARKLINE_SAMPLES);
}
