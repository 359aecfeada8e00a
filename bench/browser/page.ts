/** What the floor and the peer do alike: fetch the same JSON, fill the cards, listen on one WebSocket. */
import type { Card } from '../workload.js';

export interface Place {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** Puts a card's frame in the grid; what it returns fills it, and returns how to show an answer in it. */
export type Build = (card: Card, grid: HTMLElement, place: Place) => () => (data: unknown) => void;

export function run(build: Build): void {
  void (async () => {
    const grid = document.querySelector<HTMLElement>('#grid');
    if (!grid) throw new Error('the page has no #grid');
    const placed = (await (await fetch('/cards.json')).json()) as (Place & { card: Card })[];
    // All frames stand before the first is measured: the page is laid out once.
    const frames = placed.map(({ card, ...place }) => ({ card, fill: build(card, grid, place) }));
    const updates = new Map(frames.map(({ card, fill }) => [card.id, fill()]));
    for (const { card } of placed) updates.get(card.id)?.(card.data);
    const socket = new WebSocket(`ws://${location.host}/updates`);
    socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const { widget_id, data: answer } = JSON.parse(data) as { widget_id: string; data: unknown };
      updates.get(widget_id)?.(answer);
    });
  })();
}
