/** What the floor and the peer do alike: fetch the same JSON, fill the cards, listen on one WebSocket. */
import type { Card } from '../workload.js';

export interface Place {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** Builds a card in the grid and returns how to show an answer in it. */
export type Build = (card: Card, grid: HTMLElement, place: Place) => (data: unknown) => void;

export function run(build: Build): void {
  void (async () => {
    const grid = document.querySelector<HTMLElement>('#grid');
    if (!grid) throw new Error('the page has no #grid');
    const placed = (await (await fetch('/cards.json')).json()) as (Place & { card: Card })[];
    const updates = new Map<string, (data: unknown) => void>();
    for (const { card, ...place } of placed) {
      const show = build(card, grid, place);
      const element: HTMLElement | null = grid.querySelector(`[data-card="${card.id}"]`);
      if (element?.parentElement === grid) element.style.gridArea = `${place.y + 1} / ${place.x + 1} / span ${place.h} / span ${place.w}`;
      updates.set(card.id, show);
    }
    // All cards are laid out once before any of them is measured.
    for (const { card } of placed) updates.get(card.id)?.(card.data);
    const socket = new WebSocket(`ws://${location.host}/updates`);
    socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const { widget_id, data: answer } = JSON.parse(data) as { widget_id: string; data: unknown };
      updates.get(widget_id)?.(answer);
    });
  })();
}
