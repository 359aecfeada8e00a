import type { Format } from '../contract/display.js';
import type { JsonSchema } from '../contract/json-schema.js';
import type { WidgetDefinition, WidgetSize, WidgetType } from '../contract/widget.js';

/** What a widget of one's own is given, again at each change. */
export interface WidgetInput<Options = Record<string, unknown>, Data = unknown> {
  /** The answer's data. */
  readonly data: Data;
  /** `customConfig.options`; of a built-in type its config. */
  readonly options: Options;
  readonly widget: WidgetDefinition;
  readonly theme: 'light' | 'dark';
  /** BCP 47. */
  readonly locale: string | undefined;
  /** IANA name. */
  readonly timeZone: string | undefined;
  /** ISO 4217. */
  readonly currency: string | undefined;
  /** A first answer is on its way: there are no data yet. */
  readonly loading: boolean;
  /** Why there is no newer answer. */
  readonly error: { readonly code: string; readonly detail: string } | undefined;
  /** Writes a value as the widgets beside it do. */
  format(value: unknown, format?: Format): string;
  /** Asks for a newer answer now. */
  refresh(): void;
  /** Tells the page of a row that was acted on: `ccm-action`. */
  act(action: string, row: unknown, rowKey?: string): void;
  /** Says that it cannot go on, where that shows later than while it renders: an error card takes its place. */
  fail(error: unknown): void;
}

/** A shadow root, where the compiler knows the DOM: this wing does not, its users do. */
export type WidgetBox = typeof globalThis extends { ShadowRoot: { prototype: infer Root } } ? Root : unknown;

/**
 * Fills a box with the picture of one answer, and fills it again at each change: what it put there is still there then, unless it takes
 * it out. The function that it returns is called before that, and when the box goes away. A fault that it throws, or that the promise
 * it returns is rejected with, becomes the widget's error card.
 */
export type RenderWidget<Options, Data> = (box: WidgetBox, input: WidgetInput<Options, Data>) => void | (() => void) | Promise<void>;

/** Options and an answer under a name, to show what a kind can be. */
export interface WidgetSample<Options = Record<string, unknown>, Data = unknown> {
  name: string;
  options: Options;
  data: Data;
}

/** A kind of widget: from this one definition come its settings form, its checks, its page in the gallery and its entry in the marketplace. */
export interface WidgetKind<Options = Record<string, unknown>, Data = unknown> {
  /** Name of its custom element; of one's own kind what `customConfig.element` says. */
  tag: string;
  /** Default `custom`. */
  type?: WidgetType;
  name: string;
  description?: string;
  /** A Lucide name in PascalCase. */
  icon?: string;
  category?: string;
  tags?: readonly string[];
  author?: string;
  version?: string;
  /** Of its options, an object. */
  schema: JsonSchema;
  /** Sizes that do it good. */
  sizes?: { default: WidgetSize; least?: { w: number; h: number } };
  /** Shows what it is: in the gallery, in the marketplace, and beside its settings while there is no answer. */
  sample: { options: Options; data: Data };
  /** More of what it can be, for the gallery. */
  samples?: readonly WidgetSample<Options, Data>[];
  /**
   * Fills the box by itself. Without it `tag` is an element that is registered elsewhere and has the properties `data`, `options` and
   * `input`.
   */
  render?: RenderWidget<Options, Data>;
}
