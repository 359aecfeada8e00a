import { expect } from '@open-wc/testing';
import type { CcmClient } from '../../sdk/client/client.js';
import { CcmError } from '../../sdk/client/errors.js';
import type { CredentialInfo } from '../../sdk/contract/credential.js';
import { connector } from '../core/test/stand-in-connections.js';
import { ConnectionsList } from './connections-list.js';

const key = (name: string): CredentialInfo => ({ name, apiName: 'stripe', authType: 'bearer', last4: '4242', createdAt: '2026-03-01T08:00:00.000Z' });
const settled = () => new Promise((resolve) => setTimeout(resolve));

/** A client whose lists of credentials are answered when the test wants it, in the order that it wants. */
function slowClient(): { client: CcmClient; answers: { resolve: (items: CredentialInfo[]) => void; reject: (error: unknown) => void }[] } {
  const answers: ReturnType<typeof slowClient>['answers'] = [];
  const request = async (_method: string, path: string) => {
    if (!path.startsWith('/credentials')) return { data: { items: [connector('stripe')] } };
    const items = await new Promise<CredentialInfo[]>((resolve, reject) => answers.push({ resolve, reject }));
    return { data: { items } };
  };
  return { client: { request } as unknown as CcmClient, answers };
}

function listOf(client: CcmClient): { list: ConnectionsList; names: () => string[] | undefined } {
  const host = { addController() {}, removeController() {}, requestUpdate() {}, updateComplete: Promise.resolve(true) };
  const list = new ConnectionsList(host, () => true);
  list.open(client);
  return { list, names: () => list.connections?.[0]?.credentials.map(({ name }) => name) };
}

describe('the list of connections, when answers come in another order', () => {
  it('keeps a key removed that an older answer still has', async () => {
    const { client, answers } = slowClient();
    const { list, names } = listOf(client);
    answers[0]!.resolve([key('mine')]);
    await list.ready();
    expect(names()).to.deep.equal(['mine']);
    const older = list.load();
    const newer = list.load();
    answers[2]!.resolve([]);
    await newer;
    expect(names()).to.deep.equal([]);
    answers[1]!.resolve([key('mine')]);
    await older;
    expect(names()).to.deep.equal([]);
  });

  it('takes nothing away for a refusal that is older than the answer', async () => {
    const { client, answers } = slowClient();
    const { list, names } = listOf(client);
    const newer = list.load();
    answers[1]!.resolve([key('mine')]);
    await newer;
    answers[0]!.reject(new CcmError('forbidden', 'No.', { status: 403 }));
    await settled();
    expect(list.fault).to.equal(undefined);
    expect(names()).to.deep.equal(['mine']);
  });

  it('shows an older answer as long as there is no newer one', async () => {
    const { client, answers } = slowClient();
    const { list, names } = listOf(client);
    void list.load();
    answers[0]!.resolve([key('mine')]);
    await settled();
    expect(names()).to.deep.equal(['mine']);
  });
});
