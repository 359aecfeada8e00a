/** The workload as widget definitions of the bench's module. */
import type { CCMWidget, DashboardPreset } from '@a64core/ccm/sdk';
import { cards, type Card } from '../workload.js';

/** How many widgets there are whose source takes 200 ms: each round asks a new one. */
export const SLOW_WIDGETS = 64;

/** Grid of 6 columns: who stands where, in the order of the workload. */
const SPANS: Record<Card['kind'], { w: number; h: number }> = {
  stat: { w: 1, h: 1 },
  line: { w: 2, h: 1 },
  bar: { w: 2, h: 1 },
  donut: { w: 1, h: 2 },
  table: { w: 2, h: 2 },
  gauge: { w: 1, h: 2 },
};

export function widgetsOf(slow: number): CCMWidget[] {
  const asked = { refreshInterval: 3600, size: 'small', permissions: ['bench.view'], roles: [] as string[] } satisfies Partial<CCMWidget>;
  const source = (endpoint: string) => ({ type: 'module', moduleName: 'bench', endpoint }) as const;
  return [
    ...cards().map((card) => ({ id: card.id, title: card.title, dataSource: source(`/data/${card.id}`), ...display(card), ...asked })),
    ...['small', 'large'].map((id) => ({ id, title: id, dataSource: source(`/data/${id}`), type: 'stat' as const, statConfig: { primaryValue: 'total' }, ...asked })),
    ...Array.from({ length: slow }, (_, n) => ({
      id: `slow-${n}`, title: `slow ${n}`, dataSource: source(`/slow/${n}`), type: 'stat' as const, statConfig: { primaryValue: 'value' }, ...asked,
    })),
  ];
}

export function presetOf(): Pick<DashboardPreset, 'name' | 'description' | 'layout'> {
  return { name: 'Bench', description: 'The workload', layout: placed().map(({ card, ...position }) => ({ widgetId: card.id, position })) };
}

/** First fit, row by row. */
export function placed(): { card: Card; x: number; y: number; w: number; h: number }[] {
  const taken = new Set<string>();
  return cards().map((card) => {
    const { w, h } = SPANS[card.kind];
    for (let y = 0; ; y += 1) {
      for (let x = 0; x + w <= 6; x += 1) {
        const cells = Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`);
        if (cells.some((cell) => taken.has(cell))) continue;
        for (const cell of cells) taken.add(cell);
        return { card, x, y, w, h };
      }
    }
  });
}

function display(card: Card): Pick<CCMWidget, 'type' | 'statConfig' | 'gaugeConfig' | 'chartConfig' | 'tableConfig'> {
  switch (card.kind) {
    case 'stat':
      return { type: 'stat', statConfig: { primaryValue: 'value', format: 'number', trend: { enabled: true, showPercentage: true } } };
    case 'gauge':
      return { type: 'gauge', gaugeConfig: { value: 'value', min: 0, max: 100 } };
    case 'line':
      return { type: 'chart', chartConfig: { chartType: 'line', xAxis: 'time', yAxis: 'value' } };
    case 'bar':
    case 'donut':
      return { type: 'chart', chartConfig: { chartType: card.kind, xAxis: 'name', yAxis: 'value' } };
    case 'table':
      return {
        type: 'table',
        tableConfig: { columns: ['id', 'sku', 'product', 'quantity', 'price'].map((key) => ({ key, label: key, sortable: true })), rowKey: 'id' },
      };
  }
}
