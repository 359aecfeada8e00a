import { expect } from '@open-wc/testing';
import type { CcmClient } from '../../sdk/client/client.js';
import type { AlertRule } from '../../sdk/contract/alert.js';
import { RuleBook } from './rule-book.js';

const rule = (id: string) => ({ id, widgetId: 'stock', name: id }) as AlertRule;
const turn = () => new Promise((resolve) => setTimeout(resolve));

/** A client that is asked for rules, and says whose it is. */
function clientOf() {
  const told: (() => void)[] = [];
  const asked: ((rules: AlertRule[]) => void)[] = [];
  const client = {
    tenant: undefined as object | undefined,
    onTenant: (listener: () => void) => told.push(listener),
    request: () => new Promise((resolve) => asked.push((items) => resolve({ data: { items } }))),
  };
  const meet = () => {
    client.tenant = {};
    for (const listener of told) listener();
  };
  return { book: RuleBook.of(client as unknown as CcmClient), asked, meet };
}

describe('the rules of alerts', () => {
  it('are asked once, also where it is told meanwhile whose they are', async () => {
    const { book, asked, meet } = clientOf();
    expect(book.all).to.deep.equal([]);
    meet();
    asked[0]!([rule('low')]);
    await turn();
    expect(book.find({ widgetId: 'stock', rule: 'low' })?.id).to.equal('low');
    expect(asked.length).to.equal(1);
  });

  it('of one person are not those of the next, nor is an answer that was on its way', async () => {
    const { book, asked, meet } = clientOf();
    book.onChange(() => book.all);
    expect(book.all).to.deep.equal([]);
    meet();
    asked[0]!([rule('theirs')]);
    await turn();
    expect(book.all.length).to.equal(1);
    meet();
    expect(book.find({ widgetId: 'stock', rule: 'theirs' })).to.equal(undefined);
    expect(asked.length).to.equal(2);
    meet();
    expect(asked.length).to.equal(3);
    asked[1]!([rule('late')]);
    asked[2]!([rule('own')]);
    await turn();
    expect(book.all.map(({ id }) => id)).to.deep.equal(['own']);
  });
});
