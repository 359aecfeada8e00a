import type { CcmClient, ViewerParams } from '../../sdk/client/client.js';
import type { WidgetDefinition } from '../../sdk/contract/widget.js';
import type { Wanted } from '../core/widget-controller.js';
import { declaredOf } from './definition.js';

/** What its page and its dashboard say of how a widget asks. */
export interface AskingHost {
  widget?: string;
  params?: ViewerParams;
  shared?: ViewerParams;
  overrides?: Readonly<Record<string, unknown>>;
  refreshInterval?: number;
  loading?: 'lazy' | 'eager';
}

/** What a widget asks the edge for: with which params, how often, how soon. */
export class Asking {
  readonly #host: AskingHost;
  /** The definition by which it is known what to ask with. */
  #declared: WidgetDefinition | undefined;

  constructor(host: AskingHost) {
    this.#host = host;
  }

  /** `known`: its definition, as far as it came with an answer. */
  wanted(client: CcmClient, widgetId: string, known: WidgetDefinition | undefined): Wanted {
    const { overrides, refreshInterval, loading, params: given } = this.#host;
    const own = overrides?.['params'];
    const params = { ...(typeof own === 'object' && own !== null ? (own as ViewerParams) : {}), ...this.#shared(client, widgetId, known), ...given };
    const interval = refreshInterval ?? Number(overrides?.['refreshInterval'] ?? Number.NaN);
    return {
      client,
      widgetId,
      params: Object.keys(params).length > 0 ? params : undefined,
      refreshInterval: Number.isFinite(interval) && interval > 0 ? interval : undefined,
      lazy: loading === 'lazy',
    };
  }

  /** A definition comes with the first answer: one that declares none of these is not asked for again. */
  #shared(client: CcmClient, widgetId: string, known = client.snapshot(widgetId).widget): ViewerParams | undefined {
    const { shared } = this.#host;
    if (shared === undefined) return undefined;
    // Kept while an answer is refused: what it declares did not change by that.
    if (known?.id === widgetId) this.#declared = known;
    return this.#declared?.id === widgetId ? declaredOf(this.#declared, shared) : undefined;
  }
}
