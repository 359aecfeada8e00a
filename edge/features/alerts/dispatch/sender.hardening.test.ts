/** Notifiers of somebody else's making: whatever they do, the others are told, and the message comes again with its id. */
import { afterEach, describe, expect, it } from 'vitest';
import { NotifyFault, type Notifier } from '../../../kernel/alerts.js';
import { CLAIM, GIVE_UP, SEND_DEADLINE } from './sender.js';
import { dispatchRig, notifierSettings, type DispatchRig, type FakeNotifier } from './test/rig.js';

const SECOND = 1_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let rig: DispatchRig;
afterEach(() => rig.close());

interface Case {
  readonly bad: FakeNotifier;
  /** Id of each try. */
  readonly tries: string[];
}

/** Two notifiers, the first of which sends as told. */
async function open(send: (tries: readonly string[], signal: AbortSignal) => unknown): Promise<Case> {
  rig = await dispatchRig({ lookEvery: MINUTE, notifiers: [notifierSettings('webhook-bad'), notifierSettings('webhook-good')] });
  const bad = rig.notifier('webhook-bad');
  const tries: string[] = [];
  bad.send = ((notification, signal) => {
    tries.push(notification.id);
    return send(tries, signal);
  }) as Notifier['send'];
  return { bad, tries };
}

const fire = async (ids: readonly string[] = ['a']): Promise<void> => {
  for (const id of ids) rig.set(id, 'firing', { severity: 'critical', widgetId: `w-${id}` });
  await rig.clock.advance(30 * SECOND);
};
const rowsOf = (name: string) => rig.rows.messages({ tenant: 'acme', limit: 1_000 }).filter(({ notifier }) => notifier === name);
const told = (name: string): number => rig.notifier(name).sent.length;
const without = (made: object, part: object): unknown => Object.assign(made, part);

const ODD: [what: string, reason: () => unknown][] = [
  ['undefined', () => undefined], ['null', () => null], ['a text', () => 'down'], ['a number', () => 7], ['a symbol', () => Symbol('down')], ['a function', () => () => 'down'],
  ['an object of no prototype', () => Object.create(null) as unknown],
  ['an object whose words throw', () => ({ toString() { throw new Error('no words'); } })],
  ['an error without a text', () => without(new Error('x'), { message: undefined })],
  ['an error whose text throws', () => Object.defineProperty(new Error('x'), 'message', { get() { throw new Error('no text'); } })],
  ['an error of a megabyte', () => new Error('x'.repeat(1_000_000))],
  ['a fault that waits for no number', () => new NotifyFault('later', { retry: true, after: Number.NaN })],
  ['a fault that waits for ever', () => new NotifyFault('later', { retry: true, after: Number.POSITIVE_INFINITY })],
  ['a fault that waits backwards', () => new NotifyFault('later', { retry: true, after: -HOUR })],
  ['a fault that waits for a text', () => without(new NotifyFault('later', { retry: true }), { after: '7' })],
];

describe('A notifier that does not keep its word', () => {
  it.each(ODD)('rejects with %s: the message comes again with its id, later from try to try, and is told in few words', async (_what, reason) => {
    const { tries } = await open((soFar) => (soFar.length < 4 ? Promise.reject(reason() as Error) : Promise.resolve()));
    await fire();
    await rig.clock.advance(3.5 * HOUR);
    expect(tries).toHaveLength(4);
    expect(new Set(tries).size).toBe(1);
    expect([rowsOf('webhook-bad').map(({ state }) => state), told('webhook-good')]).toEqual([['sent'], 1]);
    expect(rig.lines.filter(({ msg }) => String(msg).includes('could not be written down'))).toEqual([]);
  });

  it.each(ODD)('throws %s at once, always: it is given up in the end, and the others are told', async (_what, reason) => {
    const { tries } = await open(() => {
      throw reason();
    });
    await fire();
    const early = tries.length;
    await rig.clock.advance(GIVE_UP + HOUR);
    const [row] = rowsOf('webhook-bad').filter(({ body }) => !body.includes('"reason":"repeated"')).slice(-1);
    expect(row).toMatchObject({ state: 'dead' });
    expect(row?.fault?.length).toBeLessThanOrEqual(500);
    expect(early).toBeLessThan(10);
    // A wait of 15 min at most, of which half on the average.
    expect(tries.filter((id) => id === row?.id).length).toBeLessThan(500);
    expect(told('webhook-good')).toBeGreaterThanOrEqual(1);
  });

  it('never settles, and does not listen: the others are told within the time of a claim, and its messages come again with their ids', async () => {
    const { bad, tries } = await open(() => new Promise(() => undefined));
    const ids = Array.from({ length: 12 }, (_, index) => `a${index}`);
    await fire(ids);
    await rig.clock.advance(CLAIM);
    expect([told('webhook-good'), tries.length]).toEqual([12, 4]);
    // What it holds it holds for one try, and then the others have their turn.
    bad.send = (notification) => {
      tries.push(notification.id);
      return Promise.resolve();
    };
    await rig.clock.advance(SEND_DEADLINE + MINUTE);
    expect(rowsOf('webhook-bad').map(({ state }) => state)).toEqual(ids.map(() => 'sent'));
    expect(tries).toHaveLength(16);
    expect(new Set(tries).size).toBe(12);
  });

  it('answers twice, answers late, or answers with something else: once is sent', async () => {
    const { bad, tries } = await open(() => ({ then(taken: () => void, refused: (why: unknown) => void) {
      taken();
      taken();
      refused(new Error('after all not'));
    } }));
    await fire();
    bad.send = (() => undefined) as unknown as Notifier['send'];
    await fire(['b']);
    bad.send = (() => ({ then() { throw new Error('no promise at all'); } })) as unknown as Notifier['send'];
    await fire(['c']);
    bad.send = () => Promise.resolve();
    await rig.clock.advance(MINUTE);
    expect([tries.length, rowsOf('webhook-bad').map(({ state }) => state)]).toEqual([1, ['sent', 'sent', 'sent']]);

    // It was given up when it failed at last: nobody hears of that, and it is no unhandled rejection.
    let refuse = (_why: unknown): void => undefined;
    bad.send = () => new Promise((_taken, refused) => (refuse = refused));
    await fire(['d']);
    await rig.clock.advance(SEND_DEADLINE + SECOND);
    bad.send = () => Promise.resolve();
    refuse(new Error('too late'));
    await rig.clock.advance(MINUTE);
    expect(rowsOf('webhook-bad').map(({ state }) => state)).toEqual(['sent', 'sent', 'sent', 'sent']);
  });

  it('says that a browser is gone whose address is none: that is its own affair', async () => {
    rig = await dispatchRig({ notifiers: [notifierSettings('push')] });
    rig.people = ['{broken', '{"endpoint":7}', 'plain'].map((to) => ({ user: 'ada', type: 'push' as const, to }));
    rig.notifier('push').on = () => {
      throw new NotifyFault('410', { retry: false, gone: true });
    };
    rig.set('a', 'firing', { notifications: ['push'] });
    await rig.clock.advance(5 * MINUTE);
    expect(rowsOf('push').map(({ state }) => state)).toEqual(['dead', 'dead', 'dead']);
    expect(rig.forgotten).toEqual([]);
  });

  it('leaves nothing behind: no timer, and nothing that waits', async () => {
    const { bad, tries } = await open(() => Promise.reject(new Error('down')));
    await fire(Array.from({ length: 20 }, (_, index) => `a${index}`));
    await rig.clock.advance(HOUR);
    bad.send = () => Promise.resolve();
    await rig.clock.advance(HOUR);
    expect(rowsOf('webhook-bad').every(({ state }) => state === 'sent')).toBe(true);
    expect(tries.length).toBeGreaterThan(40);
    // The dispatcher's own look, and that of silences.
    expect(rig.clock.waiting()).toBeLessThanOrEqual(2);
  });

  it('SIGTERM: what hangs keeps the edge from stopping for no longer than it may, and is sent at the next start', async () => {
    await open(() => new Promise(() => undefined));
    await fire();
    const began = performance.now();
    await rig.dispatch.close();
    expect(performance.now() - began).toBeLessThan(4_000);
    expect(rowsOf('webhook-bad').map(({ state, fault }) => [state, fault])).toEqual([['waiting', 'the edge is stopping']]);
    rig.restart();
    rig.notifier('webhook-bad').send = () => Promise.resolve();
    await rig.clock.advance(CLAIM + MINUTE);
    expect(rowsOf('webhook-bad').map(({ state }) => state)).toEqual(['sent']);
  }, 10_000);

  it('SIGTERM while it is asked whether the address may have one more, by a limiter that hangs', async () => {
    rig = await dispatchRig({ notifiers: [notifierSettings('email')], limiter: { take: () => new Promise(() => undefined) } });
    rig.people = [{ user: 'ada', type: 'email', to: 'ada@acme.example' }];
    rig.set('a', 'firing', { severity: 'critical', notifications: ['email'] });
    await rig.clock.advance(MINUTE);
    const began = performance.now();
    await rig.dispatch.close();
    expect(performance.now() - began).toBeLessThan(4_000);
  }, 10_000);
});
