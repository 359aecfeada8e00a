import type { AlertCondition } from '../../../../sdk/contract/alert.js';
import type { Fault } from '../../../../sdk/contract/problem.js';
import type { CCMWidget } from '../../../../sdk/contract/widget.js';

type Shown = Pick<CCMWidget, 'scope' | 'dataSource'>;

/** What a rule asks for that there is not, where a widget shows each user their own data. */
export function historyFaults({ scope }: Pick<Shown, 'scope'>, { reduce }: Pick<AlertCondition, 'reduce'>): Fault[] {
  return scope === 'user' && reduce?.over !== undefined
    ? [{ path: 'reduce.over', message: 'must not be there: the widget shows each user their own data, of which no history is kept' }]
    : [];
}

/** Whether nobody knows of which users to watch the data: a stored credential would say so, and the source asks for none. */
export function isWatchedForNobody({ scope, dataSource: { type } }: Shown): boolean {
  return scope === 'user' && type !== 'external_api' && type !== 'prometheus';
}
