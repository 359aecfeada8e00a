/**
 * Runs in the page before its own scripts: notes when each of the cards is painted, seen from outside.
 * A canvas counts once something was stroked or filled on it, an SVG once it holds a shape, the rest once it holds a digit.
 */
(() => {
  const inked = new WeakSet();
  for (const method of ['stroke', 'fill', 'fillRect']) {
    const original = CanvasRenderingContext2D.prototype[method];
    CanvasRenderingContext2D.prototype[method] = function (...args) {
      inked.add(this.canvas);
      return original.apply(this, args);
    };
  }
  const painted = new Map();
  window.__painted = painted;
  window.__cards = 20;

  const cards = () => {
    const dashboard = document.querySelector('ccm-dashboard');
    if (dashboard) return [...(dashboard.shadowRoot?.querySelectorAll('ccm-widget') ?? [])];
    return [...document.querySelectorAll('.card')];
  };
  const bodies = (card) => (card.localName === 'ccm-widget' ? [...(card.shadowRoot?.querySelectorAll('ccm-stat, ccm-chart, ccm-gauge, ccm-list, ccm-table') ?? [])] : [card.querySelector('.body')]);
  const isInked = (root) => [...root.querySelectorAll('canvas')].some((canvas) => inked.has(canvas));
  const shows = (node) => {
    const root = node.shadowRoot ?? node;
    const id = node.getRootNode().host?.getAttribute?.('widget') ?? '';
    const kind = (id || node.closest?.('[data-card]')?.dataset.card || '').split('-')[0];
    if (kind === 'line' || kind === 'bar') return isInked(root) || [...root.querySelectorAll('svg path')].some((path) => (path.getAttribute('d') ?? '').length > 20);
    if (kind === 'donut') return isInked(root) || root.querySelectorAll('svg path').length >= 5;
    if (kind === 'table') return /SKU-\d/.test(root.textContent);
    return /\d/.test(root.textContent);
  };
  const look = () => {
    for (const card of cards()) {
      if (painted.has(card)) continue;
      if (bodies(card).some((body) => body && shows(body))) painted.set(card, performance.now());
    }
    if (painted.size < window.__cards) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
