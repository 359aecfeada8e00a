import type { CatalogueItem } from '../../sdk/client/client.js';
import { REFRESH_INTERVAL } from '../../sdk/contract/widget.js';
import { englishWhy } from '../core/why-strings.js';
import type { Failure } from '../core/why-strings.js';
import { wordsOf } from '../core/localize.js';
import type { Explanation } from './explanation.js';
import type { WidgetFacts } from './facts.js';

/** What is known here, and what the edge adds to it. */
export async function explain(facts: WidgetFacts): Promise<Explanation> {
  const { asked, fault, locale } = facts;
  const here = knownHere(facts);
  if (asked === undefined) return { ...here, ...(fault && { error: failureOf(fault, locale) }) };
  const { error: last, ...told } = await askEdge(facts);
  const error = fault ?? last ?? facts.snapshot.error;
  return { ...here, ...told, ...slowed(told), ...(error && { error: failureOf(error, locale) }) };
}

/** A fault with what it means and what to do, in words of its own for each kind. */
export function failureOf({ code, detail }: { code: string; detail: string }, locale: string | undefined): NonNullable<Explanation['error']> {
  const known: Readonly<Record<string, Failure>> = { ...englishWhy.failures, ...wordsOf('why', englishWhy, locale).failures };
  return { code, detail, ...((Object.hasOwn(known, code) ? known[code] : undefined) ?? known['internal'] ?? englishWhy.failures.internal) };
}

function knownHere({ definition, carrier, state, snapshot, asked, host }: WidgetFacts): Explanation {
  const { timestamp, checkedAt, every } = snapshot;
  const widgetId = host.widget ?? definition?.id;
  const type = definition?.dataSource?.type as string | undefined;
  return {
    ...(widgetId !== undefined && { widgetId }),
    state,
    carrier,
    from: asked !== undefined ? 'edge' : host.src ? 'file' : 'page',
    ...(asked && { edge: asked.client.edge, interval: asked.refreshInterval ?? definition?.refreshInterval ?? REFRESH_INTERVAL.default }),
    ...(type !== undefined && { source: { type } }),
    ...(timestamp !== undefined && { fetchedAt: timestamp }),
    ...(checkedAt !== undefined && { checkedAt: new Date(checkedAt).toISOString(), age: Math.max(0, Math.round((Date.now() - checkedAt) / 1000)) }),
    ...(every !== undefined && { every }),
  };
}

/** None of its questions stops the others: an edge of before this one knows no explanation. */
async function askEdge({ asked, fault, snapshot }: WidgetFacts): Promise<Partial<Explanation> & { error?: { code: string; detail: string } }> {
  if (asked === undefined) return {};
  const { client, widgetId, params } = asked;
  const lacks = /^credential_/.test((fault ?? snapshot.error)?.code ?? '') ? client.widgets.get(widgetId) : undefined;
  const [told, defined] = await Promise.allSettled([client.widgets.explain(widgetId, { params }), lacks]);
  const { connector, credential, met = true } = (defined.status === 'fulfilled' && (defined.value?.data as CatalogueItem | undefined)?.requires) || {};
  const missing = connector !== undefined && !met ? { missing: { connector, ...(credential !== undefined && { credential }) } } : {};
  if (told.status === 'rejected') {
    const { code = 'internal', detail = String(told.reason) } = told.reason as { code?: string; detail?: string };
    return { ...missing, unanswered: { code, detail } };
  }
  return { ...told.value, ...missing } as Partial<Explanation>;
}

function slowed({ every, interval }: Partial<Explanation>): Pick<Explanation, 'slowedBy'> {
  return every !== undefined && interval !== undefined && every > interval ? { slowedBy: 'api_limit' } : {};
}
