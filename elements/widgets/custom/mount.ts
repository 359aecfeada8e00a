import type { RenderWidget, WidgetInput } from '../../../sdk/define/widget-kind.js';
import { quietly } from './faults.js';

/** Somebody's widget in its place. */
export interface Mount {
  readonly node: HTMLElement;
  /** Hands it what it shows. Throws what it throws; a fault that comes later is told by `input.fail`. */
  update(input: WidgetInput): void;
  /** Takes it away; whatever it does then stays here. */
  remove(): void;
}

/** Properties that elements made for other dashboards have; they are set where an element has them and they are no methods. */
function furtherOf({ options, loading, error, refresh }: WidgetInput): Record<string, unknown> {
  return { config: options, loading, error, refresh };
}

/** An element that is registered. */
export function elementMount(tag: string): Mount {
  const node = document.createElement(tag) as HTMLElement & Record<string, unknown>;
  return {
    node,
    update(input) {
      for (const [name, value] of Object.entries(furtherOf(input))) if (takes(node, name)) node[name] = value;
      node['options'] = input.options;
      node['input'] = input;
      node['data'] = input.data;
      // Lit and its like update later.
      later(node['updateComplete'], input);
    },
    remove: () => quietly(() => node.remove()),
  };
}

/** A kind that draws by itself: it has a shadow root of its own, so that its styles and names are its own. */
export function renderMount(render: RenderWidget<Record<string, unknown>, unknown>): Mount {
  const node = document.createElement('div');
  const box = node.attachShadow({ mode: 'open' });
  let cleanup: (() => void) | undefined;
  const clean = () => {
    const last = cleanup;
    cleanup = undefined;
    if (last !== undefined) quietly(last);
  };
  return {
    node,
    update(input) {
      clean();
      const returned = render(box, input);
      if (typeof returned === 'function') cleanup = returned;
      else later(returned, input);
    },
    remove() {
      clean();
      quietly(() => node.remove());
    },
  };
}

function later(promise: unknown, { fail }: WidgetInput): void {
  if (promise instanceof Promise) promise.catch(fail);
}

/** Whether an element has a property of this name that can be set, and whose value is no method of its class. */
function takes(node: object, name: string): boolean {
  for (let owner: object | null = node; owner !== null && owner !== HTMLElement.prototype; owner = Object.getPrototypeOf(owner) as object | null) {
    const found = Object.getOwnPropertyDescriptor(owner, name);
    if (found === undefined) continue;
    if (found.set !== undefined) return true;
    return found.writable === true && (owner === node || typeof found.value !== 'function');
  }
  return false;
}
