import { expect } from '@open-wc/testing';
import type { CcmClient } from '../../sdk/client/client.js';
import { nameFor } from './credential-name.js';

type Requires = { connector?: string; credential?: string; met: boolean } | undefined;

/** A client whose catalogue has these widgets, two on a page. */
function clientOf(...all: Requires[]): CcmClient {
  const list = ({ cursor = '0' }: { cursor?: string } = {}) => {
    const from = Number(cursor);
    return Promise.resolve({ items: all.slice(from, from + 2).map((requires) => ({ requires })), ...(from + 2 < all.length && { cursor: String(from + 2) }) });
  };
  return { widgets: { list } } as unknown as CcmClient;
}

describe('the name of a credential', () => {
  it('is the one that a widget waits for, before the one that a widget has', async () => {
    const client = clientOf(undefined, { connector: 'crm', credential: 'crm_key', met: false }, { connector: 'stripe', credential: 'old', met: true }, { connector: 'stripe', credential: 'new', met: false });
    expect(await nameFor(client, 'stripe')).to.equal('new');
    expect(await nameFor(clientOf({ connector: 'stripe', credential: 'old', met: true }), 'stripe')).to.equal('old');
  });

  it('is the API’s own where no widget names one, and where the catalogue does not answer', async () => {
    expect(await nameFor(clientOf({ connector: 'stripe', met: false }), 'stripe')).to.equal('stripe');
    const failing = { widgets: { list: () => Promise.reject(new Error('no')) } } as unknown as CcmClient;
    expect(await nameFor(failing, 'stripe')).to.equal('stripe');
  });
});
