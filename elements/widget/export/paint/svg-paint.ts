import { isSeen } from './box.js';

/** What a shape is filled or drawn with; undefined for nothing. */
export function paintOf(brush: CanvasRenderingContext2D, part: SVGGraphicsElement, style: CSSStyleDeclaration, kind: 'fill' | 'stroke'): string | CanvasGradient | undefined {
  const paint = style[kind];
  if (paint === 'none' || paint === '') return undefined;
  const id = /^url\("?#([^")]+)"?\)/.exec(paint)?.[1];
  if (id === undefined) {
    const color = /^currentcolor$/i.test(paint) ? style.color : paint;
    return isSeen(color) ? color : undefined;
  }
  const server = (part.getRootNode() as ParentNode).querySelector(`#${CSS.escape(id)}`);
  if (server instanceof SVGLinearGradientElement) return linear(brush, part, server);
  // A pattern: its first colour, so that the shape is there at least.
  const first = server?.querySelector('[fill], path, rect, circle, line');
  return first ? ownColor(getComputedStyle(first)) : undefined;
}

function ownColor({ fill, stroke, color }: CSSStyleDeclaration): string {
  return [fill, stroke].find((one) => one !== 'none' && isSeen(one)) ?? color;
}

function linear(brush: CanvasRenderingContext2D, part: SVGGraphicsElement, server: SVGLinearGradientElement): CanvasGradient {
  const isBox = server.gradientUnits.baseVal !== SVGUnitTypes.SVG_UNIT_TYPE_USERSPACEONUSE;
  const box = part.getBBox();
  const at = ({ baseVal }: SVGAnimatedLength, from: number, size: number): number => {
    if (!isBox) return baseVal.value;
    const share = baseVal.unitType === SVGLength.SVG_LENGTHTYPE_PERCENTAGE ? baseVal.valueInSpecifiedUnits / 100 : baseVal.value;
    return from + share * size;
  };
  const gradient = brush.createLinearGradient(at(server.x1, box.x, box.width), at(server.y1, box.y, box.height), at(server.x2, box.x, box.width), at(server.y2, box.y, box.height));
  for (const stop of server.querySelectorAll('stop')) {
    const { stopColor, stopOpacity } = getComputedStyle(stop);
    gradient.addColorStop(Math.min(1, Math.max(0, stop.offset.baseVal)), faded(stopColor, Number(stopOpacity)));
  }
  return gradient;
}

/** A computed colour with another opacity. */
function faded(color: string, opacity: number): string {
  if (opacity === 1) return color;
  const rgb = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/.exec(color);
  if (rgb !== null) return `rgba(${rgb[1]}, ${rgb[2]}, ${rgb[3]}, ${Number(rgb[4] ?? 1) * opacity})`;
  return color.replace(/^(color\([^/)]*?)\s*(?:\/\s*([\d.]+))?\)$/, (_all, head: string, alpha = '1') => `${head} / ${Number(alpha) * opacity})`);
}
