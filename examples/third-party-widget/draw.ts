import type { WidgetInput } from '@a64core/ccm/sdk';
import { HEIGHT, shapeOf, STEP_WIDTH } from './shape.js';
import { type FunnelOptions, type Step, stepsOf } from './steps.js';
import { STYLE } from './style.js';

const SVG = 'http://www.w3.org/2000/svg';

/** The first step has the accent whole, the last this much of it. */
const PALEST = 55;

let sheet: CSSStyleSheet | undefined;

/** Fills the box with the funnel of one answer. A strict policy lets no style attribute in: what is set, is set by the CSSOM. */
export function drawFunnel(box: ShadowRoot, input: WidgetInput<FunnelOptions>): void {
  sheet ??= new CSSStyleSheet();
  if (sheet.cssRules.length === 0) sheet.replaceSync(STYLE);
  box.adoptedStyleSheets = [sheet];

  const { data, options, widget } = input;
  const steps = stepsOf(data, options, widget.dataPath);
  const funnel = make('div', 'funnel');
  funnel.dir = getComputedStyle(box.host).direction;
  if (steps.length === 0) {
    funnel.append(make('p', 'message', input.loading ? '' : 'There are no steps yet.'));
    box.replaceChildren(funnel);
    return;
  }
  const list = make('ol');
  list.setAttribute('aria-label', widget.title);
  list.append(...steps.map((step, index) => item(step, index, steps, input)));
  funnel.append(shape(steps), list);

  // The step that had the focus has it still.
  const focused = box.activeElement?.getAttribute('data-key');
  box.replaceChildren(funnel);
  if (focused) [...list.querySelectorAll<HTMLElement>('[data-key]')].find(({ dataset }) => dataset['key'] === focused)?.focus();
}

function item(step: Step, index: number, steps: readonly Step[], input: WidgetInput<FunnelOptions>): HTMLLIElement {
  const { compare = 'previous', action } = input.options;
  const line = make('li');
  const content = make(action ? 'button' : 'div', 'step');
  content.append(make('span', 'name', input.format(step.name, 'text')), make('span', 'value', input.format(step.value, 'number')));
  if (step.kept !== undefined) {
    const kept = make('span', 'kept', input.format(step.kept, { style: 'percent', digits: step.kept < 10 ? 1 : 0 }));
    const base = steps[compare === 'first' ? 0 : index - 1];
    kept.append(make('span', 'unseen', ` of ${input.format(base?.name, 'text')}`));
    content.append(kept);
  }
  const bar = make('span', 'bar');
  const part = make('i');
  part.style.setProperty('--share', `${(step.share * 100).toFixed(2)}%`);
  part.style.setProperty('--depth', depth(index, steps.length));
  bar.append(part);
  content.append(bar);
  if (content instanceof HTMLButtonElement && action) {
    content.type = 'button';
    content.dataset['key'] = step.key;
    content.addEventListener('click', () => input.act(action, step.row, step.key));
  }
  line.append(content);
  return line;
}

/** Decoration: each step is in words in the list. */
function shape(steps: readonly Step[]): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'shape');
  svg.setAttribute('viewBox', `0 0 ${steps.length * STEP_WIDTH} ${HEIGHT}`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true');
  for (const [index, path] of shapeOf(steps.map(({ share }) => share)).entries()) {
    const part = document.createElementNS(SVG, 'path');
    part.setAttribute('d', path);
    part.style.setProperty('--depth', depth(index, steps.length));
    svg.append(part);
  }
  return svg;
}

function depth(index: number, count: number): string {
  return `${Math.round(100 - ((100 - PALEST) * index) / Math.max(1, count - 1))}%`;
}

function make<Name extends keyof HTMLElementTagNameMap>(name: Name, className = '', text = ''): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  if (className !== '') element.className = className;
  if (text !== '') element.textContent = text;
  return element;
}
