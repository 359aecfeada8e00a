/** What S9 writes and reads: rows of the audit trail, and layouts of 2.6 KB. */

/** Rows of the trail that one turn writes. */
export const ROWS = 20_000;
/** Layouts that are there; one turn reads each so many times. */
export const LAYOUTS = 200;
export const READS = 40_000;

export function auditEvent(at: number) {
  return {
    tenant: `tenant-${at % 3}`, user: `user-${at % 50}`, action: 'external.call' as const, target: 'stripe /v1/charges', outcome: 'ok' as const,
    milliseconds: 12.5 + (at % 7), bytes: 850, requestId: `request-${at}`,
  };
}

export function layoutRow(at: number) {
  const widgets = JSON.stringify(Array.from({ length: 20 }, (_, item) => ({
    itemId: `item-${item}`, widgetId: `widget-${item}`, position: { x: item % 6, y: item, w: 1, h: 1 }, config: { title: `Title of ${item}`, refreshInterval: 60 },
  })));
  return { tenant: 'bench', user: 'u', id: `layout-${at}`, name: `Layout ${at}`, isDefault: false, columns: null, extras: null, widgets, revision: 1, createdAt: at, updatedAt: at };
}
