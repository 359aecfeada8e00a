/** What the peers with gridstack do alike: each card in an item of the grid, what needs no chart library by hand. */
import { GridStack } from 'gridstack';
import type { Card } from '../workload.js';
import { frame, plain } from './hand.js';
import { run } from './page.js';

/** @param chart fills a body with a line, bars or a donut; returns how to update it */
export function runInGridStack(chart: (card: Card, body: HTMLElement) => (data: unknown) => void): void {
  let gridStack: GridStack | null = null;
  run((card, grid, place) => {
    gridStack ??= GridStack.init({ column: 6, cellHeight: 120, margin: 6 }, grid);
    const { root, body } = frame(card);
    const item = document.createElement('div');
    item.className = 'grid-stack-item';
    item.appendChild(document.createElement('div')).className = 'grid-stack-item-content';
    item.firstElementChild?.append(root);
    for (const [name, value] of Object.entries(place)) item.setAttribute(`gs-${name}`, String(value));
    grid.append(item);
    gridStack?.makeWidget(item);
    return () => (card.kind === 'stat' || card.kind === 'gauge' || card.kind === 'table' ? plain(card, body) : chart(card, body));
  });
}
