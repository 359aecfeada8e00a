/** Cards written by hand: what the floor is made of, and what the peers share with it. No framework, no state but the DOM. */
import type { Card, Row, Slice } from '../workload.js';

export const PALETTE = ['#2f5fd0', '#157a4a', '#9a5b00', '#c22f2f', '#6b4fbb', '#0f7c8a'];
const SVG = 'http://www.w3.org/2000/svg';

/** A card with its title; `body` is filled by the caller. */
export function frame(card: Card): { root: HTMLElement; body: HTMLElement } {
  const root = document.createElement('section');
  root.className = 'card';
  root.dataset['card'] = card.id;
  const title = root.appendChild(document.createElement('h2'));
  title.textContent = card.title;
  const body = root.appendChild(document.createElement('div'));
  body.className = 'body';
  return { root, body };
}

/** Fills a body that needs no chart library; returns how to update it. */
export function plain(card: Card, body: HTMLElement): (data: unknown) => void {
  switch (card.kind) {
    case 'stat':
      return stat(body);
    case 'gauge':
      return gauge(body);
    case 'donut':
      return donut(body);
    default:
      return pooledTable(body);
  }
}

const numbers = new Intl.NumberFormat('en');

function stat(body: HTMLElement): (data: unknown) => void {
  const value = body.appendChild(document.createElement('strong'));
  const trend = body.appendChild(document.createElement('span'));
  return (data) => {
    const { value: now, trend: { direction, percentage } } = data as { value: number; trend: { direction: string; percentage: number } };
    value.textContent = numbers.format(now);
    trend.textContent = `${direction === 'up' ? '▲' : '▼'} ${percentage} %`;
  };
}

function gauge(body: HTMLElement): (data: unknown) => void {
  const svg = svgOf(body);
  const track = svg.appendChild(document.createElementNS(SVG, 'path'));
  const arc = svg.appendChild(document.createElementNS(SVG, 'path'));
  for (const [path, colour] of [[track, '#dfe3ea'], [arc, PALETTE[0]]] as const) {
    path.setAttribute('fill', 'none');
    path.setAttribute('stroke', colour ?? '');
    path.setAttribute('stroke-width', '10');
  }
  track.setAttribute('d', arcPath(1));
  const value = body.appendChild(document.createElement('strong'));
  return (data) => {
    const { value: now } = data as { value: number };
    arc.setAttribute('d', arcPath(now / 100));
    value.textContent = String(now);
  };
}

function arcPath(share: number): string {
  const angle = (-210 + 240 * Math.min(0.9999, share)) * (Math.PI / 180);
  const from = -210 * (Math.PI / 180);
  const point = (at: number) => `${50 + 40 * Math.cos(at)} ${50 + 40 * Math.sin(at)}`;
  return `M ${point(from)} A 40 40 0 ${240 * share > 180 ? 1 : 0} 1 ${point(angle)}`;
}

function donut(body: HTMLElement): (data: unknown) => void {
  const svg = svgOf(body);
  return (data) => {
    const slices = data as Slice[];
    const total = slices.reduce((sum, slice) => sum + slice.value, 0);
    let at = -Math.PI / 2;
    slices.forEach((slice, index) => {
      const path = (svg.children[index] ?? svg.appendChild(document.createElementNS(SVG, 'path'))) as SVGPathElement;
      const to = at + (slice.value / total) * Math.PI * 2;
      const point = (angle: number) => `${50 + 38 * Math.cos(angle)} ${50 + 38 * Math.sin(angle)}`;
      path.setAttribute('d', `M ${point(at)} A 38 38 0 ${to - at > Math.PI ? 1 : 0} 1 ${point(to)}`);
      path.setAttribute('fill', 'none');
      path.setAttribute('stroke', PALETTE[index % PALETTE.length] ?? '');
      path.setAttribute('stroke-width', '14');
      at = to;
    });
  };
}

function svgOf(body: HTMLElement): SVGSVGElement {
  const svg = body.appendChild(document.createElementNS(SVG, 'svg'));
  svg.setAttribute('viewBox', '0 0 100 100');
  return svg;
}

const ROW = 28;

/** A window of rows over a spacer of the whole height; the text nodes are reused. */
function pooledTable(body: HTMLElement): (data: unknown) => void {
  const keys: (keyof Row)[] = ['id', 'sku', 'product', 'quantity', 'price'];
  const head = body.appendChild(document.createElement('div'));
  head.className = 'row head';
  for (const key of keys) head.appendChild(document.createElement('span')).textContent = key;
  const scroller = body.appendChild(document.createElement('div'));
  scroller.className = 'scroller';
  const spacer = scroller.appendChild(document.createElement('div'));
  spacer.className = 'spacer';
  const pool: { row: HTMLElement; cells: Text[] }[] = [];
  let rows: Row[] = [];
  const paint = () => {
    const first = Math.max(0, Math.floor(scroller.scrollTop / ROW) - 2);
    const count = Math.ceil((scroller.clientHeight || 240) / ROW) + 4;
    while (pool.length < count) {
      const row = spacer.appendChild(document.createElement('div'));
      row.className = 'row';
      pool.push({ row, cells: keys.map(() => row.appendChild(document.createElement('span')).appendChild(new Text())) });
    }
    pool.forEach(({ row, cells }, slot) => {
      const index = first + slot;
      const values = rows[index];
      row.hidden = !values;
      if (!values) return;
      row.style.transform = `translateY(${index * ROW}px)`;
      keys.forEach((key, column) => {
        const text = String(values[key]);
        const cell = cells[column];
        if (cell && cell.data !== text) cell.data = text;
      });
    });
  };
  scroller.addEventListener('scroll', paint, { passive: true });
  return (data) => {
    rows = data as Row[];
    spacer.style.height = `${rows.length * ROW}px`;
    paint();
  };
}
