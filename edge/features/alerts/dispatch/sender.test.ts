import { afterEach, describe, expect, it } from 'vitest';
import { NotifyFault } from '../../../kernel/alerts.js';
import { ProblemError } from '../../../kernel/problems.js';
import { CLAIM } from './sender.js';
import { dispatchRig, notifierSettings, said, type DispatchRig, type RigOptions } from './test/rig.js';

const SECOND = 1_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let rig: DispatchRig;
const open = async (options?: RigOptions): Promise<DispatchRig> => (rig = await dispatchRig(options));
afterEach(() => rig.close());

const fault = (message: string, more: Partial<ConstructorParameters<typeof NotifyFault>[1]> = {}) => () => { throw new NotifyFault(message, { retry: true, ...more }); };
const states = () => rig.rows.messages({ tenant: 'acme', limit: 100 }).map(({ state }) => state);

/** One message that is due. */
const message = async (): Promise<void> => {
  rig.set('a', 'firing', { severity: 'critical' });
  await rig.clock.advance(30 * SECOND);
};

describe('At-least-once', () => {
  it('503 three times: it arrives, with the same id each time, and waits longer from try to try', async () => {
    await open({ random: () => 1 });
    const hook = rig.notifier('webhook');
    hook.on = () => {
      if (hook.tries.length <= 3) fault('503')();
    };
    await message();
    await rig.clock.advance(MINUTE);
    expect(new Set(hook.tries.map(({ id }) => id)).size).toBe(1);
    const times = hook.tries.map(({ at }) => at);
    expect(times.slice(1).map((at, index) => at - times[index]!)).toEqual([5 * SECOND, 10 * SECOND, 20 * SECOND]);
    expect([said(hook), states()]).toEqual([['firing a'], ['sent']]);
  });

  it('waits for a random part of the time, and never more than 15 min', async () => {
    await open({ random: () => 0.1 });
    const hook = rig.notifier('webhook');
    hook.on = fault('503');
    await message();
    await rig.clock.advance(HOUR);
    expect(hook.tries[1]!.at - hook.tries[0]!.at).toBe(500);
    const early = hook.tries.length;
    await rig.clock.advance(HOUR);
    expect(hook.tries.length - early).toBeGreaterThan(30);
  });

  it('a receiver that hangs is given up after the deadline and asked again, and one that resets too', async () => {
    await open();
    const hook = rig.notifier('webhook');
    let aborted = false;
    hook.on = (_notification, signal) => {
      if (hook.tries.length === 2) throw new Error('socket hang up');
      return hook.tries.length > 1 ? undefined : new Promise(() => signal.addEventListener('abort', () => (aborted = true)));
    };
    await message();
    await rig.clock.advance(44 * SECOND);
    expect([hook.tries.length, aborted]).toEqual([1, false]);
    await rig.clock.advance(20 * SECOND);
    expect([hook.tries.length, aborted, states()]).toEqual([3, true, ['sent']]);
  });

  it('an outage of a receiver is told in the log when it begins, with its cause, and when it is over', async () => {
    await open({ random: () => 1 });
    const hook = rig.notifier('webhook');
    const cause = new ProblemError('upstream_unreachable', 'The source could not be reached.', { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) });
    hook.on = () => {
      if (hook.tries.length <= 3) fault('The receiver could not be reached.', { cause })();
    };
    await message();
    expect(rig.lines).toMatchObject([{ level: 40, notifier: 'webhook', fault: 'The receiver could not be reached.', why: 'ECONNREFUSED', msg: 'messages about alerts do not get through; they are tried again' }]);
    await rig.clock.advance(HOUR);
    expect(rig.lines.slice(1)).toMatchObject([{ level: 30, notifier: 'webhook', msg: 'messages about alerts get through again' }]);
  });

  it('400 is not tried again: it is dead, told in the log and in the history, and can be sent again by hand', async () => {
    await open();
    const hook = rig.notifier('webhook');
    hook.on = fault('400: the body is not what I take', { retry: false });
    await message();
    await rig.clock.advance(HOUR);
    expect([hook.tries.length, states(), rig.events('a')]).toEqual([1, ['dead'], ['notNotified']]);
    expect(rig.lines.filter(({ level }) => level === 50)).toEqual([expect.objectContaining({ notifier: 'webhook', fault: '400: the body is not what I take' })]);
  });

  it('429 with Retry-After is waited for', async () => {
    await open();
    const hook = rig.notifier('webhook');
    hook.on = () => {
      if (hook.tries.length === 1) fault('429', { after: 7 * MINUTE })();
    };
    await message();
    await rig.clock.advance(6 * MINUTE);
    expect(hook.tries).toHaveLength(1);
    await rig.clock.advance(MINUTE);
    expect(said(hook)).toEqual(['firing a']);
  });

  it('what is not taken for a day is dead', async () => {
    await open();
    rig.notifier('webhook').on = fault('503');
    await message();
    await rig.clock.advance(23 * HOUR);
    expect(states().at(-1)).toBe('waiting');
    await rig.clock.advance(2 * HOUR);
    expect(states().at(-1)).toBe('dead');
  });

  it('a browser that is gone is forgotten', async () => {
    await open({ notifiers: [notifierSettings('push')] });
    rig.people = [{ user: 'ada', type: 'push', to: JSON.stringify({ endpoint: 'https://push.test/1', keys: {} }) }];
    rig.notifier('push').on = fault('410', { retry: false, gone: true });
    rig.set('a', 'firing', { notifications: ['push'] });
    await rig.clock.advance(MINUTE);
    expect([rig.forgotten, states()]).toEqual([['https://push.test/1'], ['dead']]);
  });

  it('a slow receiver hurts no other, and is asked by few at a time', async () => {
    await open({ notifiers: [notifierSettings('webhook-slow'), notifierSettings('webhook-fast')] });
    rig.notifier('webhook-slow').on = () => new Promise(() => undefined);
    for (let index = 0; index < 40; index += 1) rig.set(`a${index}`, 'firing', { widgetId: `w${index}` });
    await rig.clock.advance(31 * SECOND);
    expect([rig.notifier('webhook-fast').sent.length, rig.notifier('webhook-slow').tries.length]).toEqual([40, 4]);
  });

  it('a message is its process\'s for as long as it is under way, and another\'s soon after that one died', async () => {
    await open();
    const hook = rig.notifier('webhook');
    let arrive = () => {};
    hook.on = () => (hook.tries.length > 1 ? undefined : new Promise<void>((resolve) => (arrive = resolve)));
    await message();
    for (let second = 0; second < 40; second += 1) {
      await rig.clock.advance(SECOND);
      expect(rig.rows.claim(hook.name, rig.clock.now(), 0)).toBeUndefined();
    }
    arrive();
    await rig.clock.advance(MINUTE);
    expect([hook.tries.length, states()]).toEqual([1, ['sent']]);

    // As a process left it that took it and was killed.
    const [sent] = rig.rows.messages({ tenant: 'acme', limit: 1 });
    rig.rows.addMessage({ ...sent!, id: 'left', state: 'waiting', sentAt: null, nextAt: rig.clock.now() + CLAIM });
    await rig.clock.advance(CLAIM - SECOND);
    expect(hook.tries).toHaveLength(1);
    await rig.clock.advance(6 * SECOND);
    expect([hook.tries.length, states()]).toEqual([2, ['sent', 'sent']]);
  });

  it('a message of a notifier that is no more is dead after a day', async () => {
    await open();
    rig.rows.addMessage({
      id: 'old', tenant: 'acme', receiver: '["gone"]', notifier: 'gone', state: 'waiting', body: '{"alerts":[]}', attempts: 0,
      nextAt: rig.clock.now(), createdAt: rig.clock.now(), sentAt: null, fault: null,
    });
    await rig.clock.advance(23 * HOUR);
    expect(states()).toEqual(['waiting']);
    await rig.clock.advance(2 * HOUR);
    expect(states()).toEqual(['dead']);
  });
});
