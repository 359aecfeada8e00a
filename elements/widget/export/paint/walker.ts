import { boxOf, innerBox, paintBox, paintPseudo, pathOf } from './box.js';
import { paintField } from './field.js';
import type { Box, Pen, Surroundings } from './geometry.js';
import { paintMarker } from './marker.js';
import { paintSvg } from './svg.js';
import { paintText } from './text.js';

interface Later {
  element: Element;
  around: Surroundings;
  z: number;
}

/** Chrome: what a viewer uses, not what they look at. */
const LEFT_OUT = '.menu-button, .fold, ccm-menu, ccm-widget-details, ccm-widget-notice, ccm-connections, [popover], script, style, template';

/** Paints an element and all that is laid out in it, in the order in which a browser does. */
export class Walker implements Pen {
  readonly brush: CanvasRenderingContext2D;
  readonly base: DOMMatrix;
  #clips: readonly Path2D[] = [];

  constructor(brush: CanvasRenderingContext2D, base: DOMMatrix) {
    this.brush = brush;
    this.base = base;
    brush.save();
  }

  paint(root: Element): void {
    this.#paintLayer(root, { clips: [], seen: boxOf(root), alpha: 1 });
  }

  /** The element, what flows in it, then what stands above that. */
  #paintLayer(element: Element, around: Surroundings): void {
    const later: Later[] = [];
    this.#paintElement(element, around, later);
    later.sort((a, b) => a.z - b.z);
    for (const { element: above, around: then } of later) this.#paintLayer(above, then);
  }

  #paintElement(element: Element, around: Surroundings, later: Later[]): void {
    const style = getComputedStyle(element);
    if (style.display === 'none' || element.matches(LEFT_OUT) || isCutAway(style)) return;
    if (style.display === 'contents') return this.#paintChildren(element, around, later);
    const box = boxOf(element);
    if (box.width > 0 && box.height > 0 && !meet(box, around.seen)) return;
    const alpha = around.alpha * Number(style.opacity);
    if (alpha === 0) return;
    const here = { ...around, alpha };
    if (style.visibility === 'visible') {
      this.use(here);
      paintBox(this.brush, box, style);
      if (this.#paintReplaced(element, box, style, here)) return;
    }
    const inside = within(element, box, style, here);
    if (style.display === 'list-item') paintMarker(this.brush, element, box, style);
    this.#paintPseudo(element, '::before', inside, box);
    this.#paintChildren(element, inside, later);
    this.#paintPseudo(element, '::after', inside, box);
  }

  #paintPseudo(element: Element, which: '::before' | '::after', around: Surroundings, box: Box): void {
    this.use(around);
    paintPseudo(this.brush, element, which, box);
  }

  #paintChildren(element: Element, around: Surroundings, later: Later[]): void {
    for (const child of childrenOf(element)) {
      if (child instanceof Text) {
        if (getComputedStyle(child.parentElement ?? element).visibility !== 'visible') continue;
        this.use(around);
        paintText(this.brush, child, around);
      } else if (child instanceof Element) {
        const { position, zIndex, opacity } = getComputedStyle(child);
        if (position === 'static' && opacity === '1') this.#paintElement(child, around, later);
        else later.push({ element: child, around, z: Number.parseInt(zIndex, 10) || 0 });
      }
    }
  }

  /** What is not made of boxes and text; true where that is all of it. */
  #paintReplaced(element: Element, box: Box, style: CSSStyleDeclaration, around: Surroundings): boolean {
    const { brush } = this;
    if (element instanceof SVGSVGElement) {
      paintSvg(this, element, innerBox(box, style), around);
      return true;
    }
    if (element instanceof HTMLCanvasElement || element instanceof HTMLImageElement) {
      const inner = innerBox(box, style);
      if (isUsable(element) && inner.width > 0 && inner.height > 0) brush.drawImage(element, inner.left, inner.top, inner.width, inner.height);
      return true;
    }
    if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement) {
      paintField(brush, element, innerBox(box, style), style);
      return true;
    }
    return false;
  }

  /** Readies the brush for what is inside these surroundings. */
  use({ clips, alpha }: Surroundings): void {
    const { brush } = this;
    if (clips !== this.#clips) {
      brush.restore();
      brush.save();
      brush.setTransform(this.base);
      for (const clip of clips) brush.clip(clip);
      this.#clips = clips;
    }
    brush.setTransform(this.base);
    brush.globalAlpha = alpha;
  }
}

/** As the browser lays them out: a shadow root instead of its host's children, what is slotted instead of a slot's. */
function childrenOf(element: Element): Iterable<Node> {
  if (element.shadowRoot !== null) return element.shadowRoot.childNodes;
  const slotted = element instanceof HTMLSlotElement ? element.assignedNodes({ flatten: true }) : [];
  return slotted.length > 0 ? slotted : element.childNodes;
}

/** Text for screen readers alone is cut to nothing. */
function isCutAway({ clipPath, clip }: CSSStyleDeclaration): boolean {
  return clipPath === 'inset(50%)' || /^rect\(0px,? 0px,? 0px,? 0px\)$/.test(clip);
}

/** One from elsewhere, taken without its owner's leave, would lock the whole picture. */
function isUsable(picture: HTMLCanvasElement | HTMLImageElement): boolean {
  if (picture instanceof HTMLCanvasElement) return picture.width > 0 && picture.height > 0;
  return picture.complete && picture.naturalWidth > 0 && (picture.crossOrigin !== null || new URL(picture.currentSrc, document.baseURI).origin === location.origin);
}

function meet(a: Box, b: Box): boolean {
  return a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;
}

function within(element: Element, box: Box, style: CSSStyleDeclaration, around: Surroundings): Surroundings {
  const cutsX = style.overflowX !== 'visible';
  const cutsY = style.overflowY !== 'visible';
  if (!cutsX && !cutsY) return around;
  const { path, inner } = pathOf(box, style, cutsX, cutsY);
  const content = innerBox(box, style);
  const isClamped = /^\d+$/.test(style.getPropertyValue('-webkit-line-clamp')) && element.scrollHeight > element.clientHeight + 1;
  return {
    ...around,
    clips: [...around.clips, path],
    seen: overlap(around.seen, inner),
    ...(style.textOverflow === 'ellipsis' && { line: { left: content.left, right: content.left + content.width } }),
    ...(isClamped && { last: content.top + content.height }),
  };
}

function overlap(a: Box, b: Box): Box {
  const left = Math.max(a.left, b.left);
  const top = Math.max(a.top, b.top);
  return { left, top, width: Math.min(a.left + a.width, b.left + b.width) - left, height: Math.min(a.top + a.height, b.top + b.height) - top };
}
