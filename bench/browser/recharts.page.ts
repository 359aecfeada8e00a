/** A peer: React with Recharts for lines, bars and the donut, the rest by hand. Animations off; a grid of CSS. */
import { createElement as h, useEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Bar, BarChart, Cell, Line, LineChart, Pie, PieChart, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { Card, Point, Slice } from '../workload.js';
import { PALETTE, plain } from './hand.js';
import type { Place } from './page.js';

type Placed = Place & { card: Card };

function Dashboard() {
  const [cards, setCards] = useState<Placed[]>([]);
  useEffect(() => {
    void fetch('/cards.json').then(async (response) => setCards((await response.json()) as Placed[]));
    const socket = new WebSocket(`ws://${location.host}/updates`);
    socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const { widget_id, data: answer } = JSON.parse(data) as { widget_id: string; data: unknown };
      setCards((before) => before.map((one) => (one.card.id === widget_id ? { ...one, card: { ...one.card, data: answer } } : one)));
    });
    return () => socket.close();
  }, []);
  return cards.map((placed) => h(CardBox, { key: placed.card.id, ...placed }));
}

function CardBox({ card, x, y, w, h: height }: Placed) {
  return h('section', { className: 'card', 'data-card': card.id, style: { gridArea: `${y + 1} / ${x + 1} / span ${height} / span ${w}` } },
    h('h2', null, card.title), h('div', { className: 'body' }, h(Picture, { card })));
}

function Picture({ card }: { card: Card }) {
  if (card.kind === 'stat' || card.kind === 'gauge' || card.kind === 'table') return h(ByHand, { card });
  return h(ResponsiveContainer, { width: '100%', height: '100%', children: chart(card) });
}

function chart({ kind, data }: Card) {
  if (kind === 'donut') {
    const slices = data as Slice[];
    return h(PieChart, null, h(Pie, { data: slices, dataKey: 'value', nameKey: 'name', innerRadius: '50%', outerRadius: '80%', isAnimationActive: false },
      slices.map(({ name }, index) => h(Cell, { key: name, fill: PALETTE[index % PALETTE.length] }))));
  }
  if (kind === 'bar') {
    return h(BarChart, { data: data as Slice[] }, h(XAxis, { dataKey: 'name' }), h(YAxis, { width: 36 }), h(Bar, { dataKey: 'value', fill: PALETTE[0], isAnimationActive: false }));
  }
  const points = (data as Point[]).map(({ time, value }) => ({ time: Date.parse(time), value }));
  return h(LineChart, { data: points }, h(XAxis, { dataKey: 'time', type: 'number', domain: ['dataMin', 'dataMax'], scale: 'time' }), h(YAxis, { width: 36 }),
    h(Line, { dataKey: 'value', dot: false, stroke: PALETTE[0], isAnimationActive: false }));
}

/** What needs no chart library is the same for all peers. */
function ByHand({ card }: { card: Card }) {
  const box = useRef<HTMLDivElement>(null);
  const update = useRef<(data: unknown) => void>(undefined);
  useEffect(() => {
    if (!box.current) return;
    update.current ??= plain(card, box.current);
    update.current(card.data);
  }, [card]);
  return h('div', { ref: box, style: { display: 'contents' } });
}

const root = document.querySelector('#grid');
if (!root) throw new Error('the page has no #grid');
createRoot(root).render(h(Dashboard));
