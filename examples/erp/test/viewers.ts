/** People who look at widgets without a browser: each has a token, a batch and a live connection of their own. */
import { createClient, type CcmClient, type CCMWidget, type Snapshot } from '@a64core/ccm/sdk';
import { WebSocket } from 'ws';
import { ACCOUNTING_WIDGETS } from '../modules/accounting/widgets.js';
import { CRM_WIDGETS } from '../modules/crm/widgets.js';
import { INVENTORY_WIDGETS } from '../modules/inventory/widgets.js';
import { SALES_WIDGETS } from '../modules/sales/widgets.js';

/** Twenty widgets that ask a module, each another endpoint. */
export const TWENTY: readonly CCMWidget[] = [...SALES_WIDGETS, ...INVENTORY_WIDGETS, ...CRM_WIDGETS, ...ACCOUNTING_WIDGETS].slice(0, 20);

export interface Viewer {
  client: CcmClient;
  /** Each different answer of each widget, in the order they came. */
  answers: Map<string, unknown[]>;
  /** What the last one was. */
  states: Map<string, Snapshot['state']>;
  /** How often they were told anything, an answer that is still the same among it. */
  told: number;
}

/** Somebody who looks at these widgets from now on. */
export function look(edge: string, token: string, widgets: readonly { id: string }[]): Viewer {
  const client = createClient({ edge, token, WebSocket });
  const viewer: Viewer = { client, answers: new Map(), states: new Map(), told: 0 };
  for (const { id } of widgets) {
    const answers: unknown[] = [];
    viewer.answers.set(id, answers);
    client.subscribe(id, ({ state, data }) => {
      viewer.told += 1;
      viewer.states.set(id, state);
      if (data !== undefined && data !== answers.at(-1)) answers.push(data);
    });
  }
  return viewer;
}

/** Whether everything that they look at is answered and pushed to them. */
export function isLive({ client, states }: Viewer): boolean {
  return client.connection.carrier === 'ws' && [...states.values()].every((state) => state === 'fresh');
}
