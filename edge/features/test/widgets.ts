import type { CCMWidget } from '../../../sdk/contract/widget.js';

/** A valid definition with what a test sets. */
export function widget(part: Partial<CCMWidget> & { id: string }): CCMWidget {
  return {
    title: `Widget ${part.id}`, type: 'stat', size: 'small', statConfig: { primaryValue: 'total' },
    dataSource: { type: 'module', moduleName: 'sales', endpoint: '/api/metrics/daily-summary' }, permissions: [], roles: [],
    ...part,
  };
}
