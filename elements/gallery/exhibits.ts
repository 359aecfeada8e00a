import type { WidgetDefinition, WidgetSize } from '../../sdk/contract/widget.js';
import type { WidgetKind } from '../../sdk/define/widget-kind.js';
import type { Snapshot } from '../../sdk/store/snapshot.js';
import { ownSample } from './own-sample.js';
import { snapshotOf, STATES, type GalleryState } from './states.js';

/** One widget of the gallery. */
export interface Exhibit {
  id: string;
  /** What is said over it: the sample's name, or the state. */
  caption: string;
  size: WidgetSize;
  snapshot: Snapshot;
}

/** A kind with all that is shown of it. */
export interface Room {
  kind: WidgetKind;
  /** What it can be: each of its samples. */
  samples: Exhibit[];
  /** What it can be in. */
  states: Exhibit[];
}

export function roomOf(kind: WidgetKind, states: readonly GalleryState[] = STATES, size?: WidgetSize): Room {
  const { name, icon, samples = [] } = kind;
  const sample = kind.tag === 'ccm-custom' ? ownSample : kind.sample;
  const shown = size ?? kind.sizes?.default ?? 'medium';
  const exhibit = (id: string, caption: string, title: string, options: unknown, snapshot: Omit<Snapshot, 'widget'>): Exhibit => {
    const widget = definitionOf(kind, id, title, options, shown);
    return { id, caption, size: shown, snapshot: { ...snapshot, widget: icon ? { ...widget, icon } : widget } };
  };
  const all = samples.length > 0 ? samples : [{ name, ...sample }];
  return {
    kind,
    samples: all.map(({ name: caption, options, data }, index) => exhibit(`${kind.tag}-sample-${index}`, caption, caption, options, snapshotOf('fresh', data))),
    states: states.map((state) => exhibit(`${kind.tag}-${state}`, state, name, sample.options, snapshotOf(state, sample.data))),
  };
}

function definitionOf({ tag, type = 'custom' }: WidgetKind, id: string, title: string, options: unknown, size: WidgetSize): WidgetDefinition {
  const ownKind = type === 'custom' && tag !== 'ccm-custom';
  const config = ownKind ? { element: tag, options } : options;
  return { id, title: title.slice(0, 40), type, size, dataSource: { type: 'static' }, [`${type}Config`]: config } as WidgetDefinition;
}
