import type { ReactiveControllerHost } from 'lit';
import type { ValueMapping } from '../../sdk/contract/display.js';
import { mappingFor } from '../../sdk/data/mapping.js';
import type { PatternMatcher } from '../../sdk/data/mapping.js';

let matches: PatternMatcher | undefined;
let loading: Promise<void> | undefined;

/** What a view shows in place of a value. */
export type Mapped = Pick<ValueMapping, 'text' | 'color' | 'icon'>;

/**
 * What is shown in place of a value, if a mapping fits it. The engine for patterns loads where a mapping has one; until it is there
 * those fit nothing, and then the host is updated.
 */
export function mapped(host: ReactiveControllerHost, value: unknown, mappings: readonly ValueMapping[] | undefined): Mapped | undefined {
  if (!mappings?.length) return undefined;
  if (matches === undefined && mappings.some(({ regex }) => regex !== undefined)) loadFor(host);
  return mappingFor(value, mappings, matches);
}

const waiting = new Set<ReactiveControllerHost>();

function loadFor(host: ReactiveControllerHost): void {
  waiting.add(host);
  loading ??= import('../../sdk/data/pattern.js').then(
    ({ matchesPattern }) => {
      matches = matchesPattern;
      for (const one of waiting) one.requestUpdate();
      waiting.clear();
    },
    // A lost request is made again when the next one is drawn.
    () => {
      loading = undefined;
      waiting.clear();
    },
  );
}
