import { afterEach, describe, expect, it } from 'vitest';
import { dispatchRig, notifierSettings, said, type DispatchRig, type RigOptions } from './test/rig.js';
import { ROUTE_DEFAULTS, type AlertRoute } from '../../../kernel/alert-settings.js';
import { NotifyFault } from '../../../kernel/alerts.js';

const SECOND = 1_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const rigs: DispatchRig[] = [];
const open = async (options?: RigOptions): Promise<DispatchRig> => {
  const rig = await dispatchRig(options);
  rigs.push(rig);
  return rig;
};
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.close();
});

const route = (more: Partial<AlertRoute>): AlertRoute => ({ matchers: [], notifiers: [], ...ROUTE_DEFAULTS, mute: [], continue: false, escalate: [], ...more });
const severity = (value: string) => ({ name: 'severity', value });

describe('a group', () => {
  it('waits 30 s for others, then 5 min, and repeats after 4 h what still fires', async () => {
    const rig = await open();
    const hook = rig.notifier('webhook');
    rig.set('a', 'firing');
    await rig.clock.advance(20 * SECOND);
    rig.set('b', 'firing');
    expect(said(hook)).toEqual([]);
    await rig.clock.advance(10 * SECOND);
    expect(said(hook)).toEqual(['firing a b']);
    rig.set('c', 'firing');
    await rig.clock.advance(4 * MINUTE);
    expect(said(hook)).toHaveLength(1);
    await rig.clock.advance(MINUTE);
    // Those that changed first, then those that are known and still fire.
    expect(said(hook)).toEqual(['firing a b', 'firing c a b']);
    await rig.clock.advance(4 * HOUR);
    expect(said(hook).slice(2)).toEqual(['firing repeated a b c']);
    expect(hook.sent[0]).toMatchObject({ tenant: 'acme', tenantName: 'ACME', notifier: 'webhook', groupLabels: { widgetId: 'stock', severity: 'warning' }, truncated: 0 });
  });

  it('says that it is over, once the interval and the cooldown have passed, and is forgotten', async () => {
    const rig = await open();
    rig.set('a', 'firing');
    await rig.clock.advance(MINUTE);
    rig.set('a', 'resolved');
    await rig.clock.advance(4 * MINUTE);
    expect(said(rig.notifier('webhook'))).toEqual(['firing a']);
    await rig.clock.advance(MINUTE);
    expect(said(rig.notifier('webhook'))).toEqual(['firing a', 'resolved a']);
    await rig.clock.advance(10 * MINUTE);
    expect([rig.rows.ofAlert('acme', 'a'), rig.rows.nextGroup()]).toEqual([[], undefined]);
  });

  it('is told of a critical after the wait alone, also where it was told of others a moment ago', async () => {
    const rig = await open({ settings: { routes: [route({ notifiers: ['webhook'], groupBy: ['widgetId'] })] } });
    rig.set('a', 'firing', { rule: 'one < 1' });
    await rig.clock.advance(31 * SECOND);
    rig.set('b', 'firing', { severity: 'critical', rule: 'two < 1' });
    await rig.clock.advance(31 * SECOND);
    expect(said(rig.notifier('webhook'))).toEqual(['firing a', 'firing b a']);
  });

  it('has at most 50 alerts in a message, and says how many there are more', async () => {
    const rig = await open();
    for (let index = 0; index < 60; index += 1) rig.set(`a${String(index).padStart(2, '0')}`, 'firing');
    await rig.clock.advance(MINUTE);
    const [message] = rig.notifier('webhook').sent;
    expect([message?.alerts.length, message?.truncated, rig.notifier('webhook').sent.length]).toEqual([50, 10, 1]);
  });

  it('of another tenant is another group, and a notifier of some tenants sends theirs alone', async () => {
    const rig = await open({ notifiers: [notifierSettings('webhook-a', { tenants: ['acme'] }), notifierSettings('webhook-b')] });
    rig.set('a', 'firing');
    rig.set('g', 'firing', { tenant: 'globex' });
    await rig.clock.advance(MINUTE);
    expect(said(rig.notifier('webhook-a'))).toEqual(['firing a']);
    expect(said(rig.notifier('webhook-b')).sort()).toEqual(['firing a', 'firing g']);
  });
});

describe('what is over before it was told', () => {
  it('is told where it is critical, and else is not', async () => {
    const rig = await open();
    rig.set('w', 'firing');
    rig.set('c', 'firing', { severity: 'critical', widgetId: 'other' });
    await rig.clock.advance(10 * SECOND);
    rig.set('w', 'resolved');
    rig.set('c', 'resolved');
    await rig.clock.advance(HOUR);
    expect(said(rig.notifier('webhook'))).toEqual(['resolved c']);
  });

  it('is told also by a notifier that says of nothing else that it is over', async () => {
    const rig = await open({ notifiers: [notifierSettings('webhook', { sendResolved: false })] });
    rig.set('c', 'firing', { severity: 'critical' });
    await rig.clock.advance(MINUTE);
    rig.set('c', 'resolved');
    await rig.clock.advance(HOUR);
    expect(said(rig.notifier('webhook'))).toEqual(['firing c']);
    rig.set('c', 'firing');
    rig.set('c', 'resolved');
    await rig.clock.advance(HOUR);
    expect(said(rig.notifier('webhook'))).toEqual(['firing c', 'resolved c']);
  });
});

describe('Flapping, resolve, restart', () => {
  it('a value that crosses 20 times a minute is one message, until it is quiet', async () => {
    const rig = await open({ settings: { routes: [route({ notifiers: ['webhook'], repeatInterval: 24 * HOUR })] } });
    for (let cross = 0; cross < 20 * 30; cross += 1) {
      rig.set('a', cross % 2 === 0 ? 'firing' : 'resolved', { severity: 'critical' });
      await rig.clock.advance(3 * SECOND);
    }
    // In half an hour: that it fires, and at most one word in each cooldown that it is over, or fires again.
    expect(rig.notifier('webhook').sent.length).toBeLessThanOrEqual(1 + 6);
    await rig.clock.advance(HOUR);
    expect(said(rig.notifier('webhook')).at(-1)).toBe('resolved a');
  });

  it('a critical that fires again after it was told to be over is told at once, and is over no sooner than a cooldown after that', async () => {
    const rig = await open();
    const hook = rig.notifier('webhook');
    rig.set('c', 'firing', { severity: 'critical' });
    await rig.clock.advance(HOUR);
    rig.set('c', 'resolved');
    await rig.clock.advance(31 * SECOND);
    rig.set('c', 'firing');
    await rig.clock.advance(31 * SECOND);
    expect(said(hook)).toEqual(['firing c', 'resolved c', 'firing c']);
    rig.set('c', 'resolved');
    await rig.clock.advance(4 * MINUTE);
    expect(said(hook)).toHaveLength(3);
    await rig.clock.advance(MINUTE);
    expect(said(hook).slice(3)).toEqual(['resolved c']);
  });

  it('one that fires again as it is to be told over is not told to be over', async () => {
    const rig = await open();
    rig.set('c', 'firing', { severity: 'critical' });
    await rig.clock.advance(HOUR);
    rig.set('c', 'resolved');
    await rig.clock.advance(29 * SECOND);
    rig.set('c', 'firing');
    await rig.clock.advance(HOUR);
    expect(said(rig.notifier('webhook'))).toEqual(['firing c']);
  });

  it('that one is over is not said any more where it comes late, after it was told to fire again', async () => {
    const rig = await open();
    const hook = rig.notifier('webhook');
    rig.set('c', 'firing', { severity: 'critical' });
    await rig.clock.advance(HOUR);
    hook.on = ({ status }) => {
      if (status === 'resolved') throw new NotifyFault('503', { retry: true });
    };
    rig.set('c', 'resolved');
    await rig.clock.advance(40 * SECOND);
    rig.set('c', 'firing');
    await rig.clock.advance(HOUR);
    expect(hook.sent.map(({ alerts }) => alerts.map(({ state }) => state).join())).not.toContain('resolved');
    expect(rig.rows.messages({ tenant: 'acme', state: 'waiting', limit: 10 })).toEqual([]);
  });

  it.each([1, 3, 20, 40, 100, 200])('one that crosses every %d s is at most a pair of messages in each cooldown, and never told to be over for longer than the wait while it fires', async (seconds) => {
    const rig = await open({ settings: { routes: [route({ notifiers: ['webhook'], groupWait: 0 })] } });
    const hook = rig.notifier('webhook');
    const wrong: number[] = [];
    for (let cross = 0; cross * seconds < 3_600; cross += 1) {
      const fires = cross % 2 === 0;
      rig.set('c', fires ? 'firing' : 'resolved', { severity: 'critical' });
      await rig.clock.advance(Math.min(SECOND / 2, seconds * SECOND));
      if (fires && hook.sent.at(-1)?.status !== 'firing') wrong.push(cross);
      await rig.clock.advance(seconds * SECOND - SECOND / 2);
    }
    expect(wrong).toEqual([]);
    expect(hook.sent.length).toBeLessThanOrEqual(2 * (1 + 12));
    await rig.clock.advance(HOUR);
    expect(hook.sent.at(-1)?.status).toBe(rig.alerts.get('acme', 'c')?.state);
  });

  it('cooldown per widget+user hides critical: one behind a warning on the same thing goes out at once', async () => {
    const rig = await open();
    rig.set('w', 'firing', { cooldown: 24 * HOUR });
    await rig.clock.advance(31 * SECOND);
    rig.set('c', 'firing', { severity: 'critical', cooldown: 24 * HOUR, rule: 'stock < 2' });
    await rig.clock.advance(31 * SECOND);
    expect(said(rig.notifier('webhook'))).toEqual(['firing w', 'firing c']);
  });

  it('a restart neither tells again nor forgets', async () => {
    const rig = await open();
    rig.set('a', 'firing');
    await rig.clock.advance(MINUTE);
    rig.set('b', 'firing', { widgetId: 'other' });
    rig.restart();
    await rig.clock.advance(MINUTE);
    expect(said(rig.notifier('webhook'))).toEqual(['firing a', 'firing b']);
    rig.set('a', 'resolved');
    rig.restart();
    await rig.clock.advance(HOUR);
    expect(said(rig.notifier('webhook'))).toEqual(['firing a', 'firing b', 'resolved a']);
  });
});

describe('routes', () => {
  const notifiers = ['webhook-a', 'webhook-b', 'email', 'email-none'].map((name) => notifierSettings(name, name === 'email-none' ? { to: [] } as never : {}));

  it('lead where they say: the first that fits, and the next where it says so', async () => {
    const rig = await open({
      notifiers,
      settings: {
        routes: [
          route({ matchers: [severity('critical')], notifiers: ['webhook-a'], continue: true }),
          route({ matchers: [{ name: 'team', value: 'o.*', isRegex: true }], notifiers: ['email', 'webhook-a'] }),
          route({ matchers: [severity('info')] }),
          route({ notifiers: ['webhook-b'] }),
        ],
      },
    });
    rig.set('c', 'firing', { severity: 'critical', labels: { team: 'ops' } });
    rig.set('w', 'firing', { widgetId: 'x' });
    rig.set('i', 'firing', { widgetId: 'y', severity: 'info' });
    await rig.clock.advance(MINUTE);
    expect(Object.fromEntries(notifiers.map(({ name }) => [name, said(rig.notifier(name))]))).toEqual({
      'webhook-a': ['firing c'], email: ['firing c'], 'webhook-b': ['firing w'], 'email-none': [],
    });
  });

  it('where there are none, all notifiers of the ways that the rule names are told, and the users who asked', async () => {
    const rig = await open({ notifiers });
    rig.people = [{ user: 'ada', type: 'email', to: 'ada@example.test' }, { user: 'ada', type: 'sms', to: '+4912345' }];
    rig.set('a', 'firing', { notifications: ['email', 'sms'] });
    await rig.clock.advance(MINUTE);
    expect([said(rig.notifier('webhook-a')), rig.notifier('email').sent.map(({ to }) => to).sort()]).toEqual([[], ['ada@example.test', undefined]]);
  });

  it('tell of one user\'s alert that user alone', async () => {
    const rig = await open({ notifiers, settings: { routes: [route({ notifiers: ['webhook-a', 'email'], escalate: [{ after: MINUTE, notifiers: ['webhook-b'] }] })] } });
    rig.people = [{ user: 'ada', type: 'email', to: 'ada@example.test' }, { user: 'bob', type: 'email', to: 'bob@example.test' }];
    rig.set('a', 'firing', { user: 'ada', notifications: ['email', 'webhook'], severity: 'critical' });
    await rig.clock.advance(HOUR);
    expect([said(rig.notifier('webhook-a')), said(rig.notifier('webhook-b')), rig.notifier('email').sent.map(({ to }) => to)]).toEqual([[], [], ['ada@example.test']]);
  });

  it('forget an address that its user took away before it was told', async () => {
    const rig = await open({ notifiers: [notifierSettings('email', { to: [] } as never)] });
    rig.people = [{ user: 'ada', type: 'email', to: 'ada@example.test' }];
    rig.set('a', 'firing', { notifications: ['email'] });
    rig.people = [];
    await rig.clock.advance(MINUTE);
    expect([rig.notifier('email').sent, rig.rows.ofAlert('acme', 'a')]).toEqual([[], []]);
  });

  it('send an address that a user gave so many messages in an hour, whose ever it is; the rest waits', async () => {
    const rig = await open({ notifiers: [notifierSettings('email', { to: [] } as never)] });
    rig.people = [{ user: 'mallory', type: 'email', to: 'stranger@example.test' }];
    for (let at = 0; at < 70; at += 1) {
      rig.set(`a${at}`, 'firing', { widgetId: `w${at}`, severity: 'critical', notifications: ['email'] });
      if (at % 10 === 9) await rig.clock.advance(2 * MINUTE);
    }
    await rig.clock.advance(6 * MINUTE);
    expect(rig.notifier('email').sent).toHaveLength(60);
    const waiting = rig.rows.messages({ tenant: 'acme', state: 'waiting', limit: 100 });
    expect(waiting).toHaveLength(10);
    expect(waiting[0]).toMatchObject({ attempts: 0, fault: expect.stringContaining('as many messages as one may get in an hour') as string });
  });

  it('send mails their picture, where values are known', async () => {
    const rig = await open({ notifiers });
    rig.set('a', 'firing', { notifications: ['email', 'webhook'] });
    await rig.clock.advance(MINUTE);
    expect([rig.notifier('email').sent[0]?.alerts[0]?.history?.at(-1), rig.notifier('webhook-a').sent[0]?.alerts[0]?.history]).toEqual([[299_000, 299], undefined]);
    expect(rig.notifier('email').sent[0]?.alerts[0]?.history).toHaveLength(60);
  });
});

describe('what suppresses', () => {
  it('a critical says what a warning on the same field would; the warning is told once it is over', async () => {
    const rig = await open();
    rig.set('c', 'firing', { severity: 'critical', rule: 'stock < 2' });
    rig.set('w', 'firing', { rule: 'stock < 5' });
    rig.set('o', 'firing', { rule: 'other < 5' });
    await rig.clock.advance(MINUTE);
    expect(said(rig.notifier('webhook')).sort()).toEqual(['firing c', 'firing o']);
    expect(rig.dispatch.suppression(rig.alerts.get('acme', 'w')!)).toEqual({ inhibitedBy: 'c' });
    rig.set('c', 'resolved');
    await rig.clock.advance(6 * MINUTE);
    expect(said(rig.notifier('webhook')).flatMap((text) => text.split(' '))).toContain('w');
  });

  it('the settings may say what inhibits what', async () => {
    const rig = await open({ settings: { inhibit: [{ source: [{ name: 'rule', value: 'site down' }], target: [{ name: 'rule', value: 'site.*', isRegex: true }], equal: ['site'] }] } });
    rig.set('down', 'firing', { rule: 'site down', labels: { site: 'berlin' } });
    rig.set('slow', 'firing', { rule: 'site slow', labels: { site: 'berlin' }, widgetId: 'x' });
    rig.set('far', 'firing', { rule: 'site slow', labels: { site: 'rome' }, widgetId: 'y' });
    await rig.clock.advance(MINUTE);
    expect(said(rig.notifier('webhook')).sort()).toEqual(['firing down', 'firing far']);
  });

  it('mute times hold all back, quiet hours all but the critical, and both tell it afterwards', async () => {
    // It is 11:00 in Berlin.
    const noon = [{ times: [{ start: '10:00', end: '12:00' }] }];
    const rig = await open({
      notifiers: [notifierSettings('webhook'), notifierSettings('email', { to: [] } as never)],
      settings: { muteTimes: new Map([['noon', noon]]), routes: [route({ notifiers: ['webhook'], mute: ['noon'] })] },
    });
    rig.people = [];
    rig.set('a', 'firing', { severity: 'critical' });
    await rig.clock.advance(50 * MINUTE);
    expect(said(rig.notifier('webhook'))).toEqual([]);
    await rig.clock.advance(12 * MINUTE);
    expect(said(rig.notifier('webhook'))).toEqual(['firing a']);

    const quiet = await open({ notifiers: [notifierSettings('email', { to: [] } as never)] });
    quiet.people = [{ user: 'ada', type: 'email', to: 'ada@example.test', quietHours: noon }];
    quiet.set('w', 'firing', { notifications: ['email'] });
    quiet.set('c', 'firing', { notifications: ['email'], severity: 'critical', widgetId: 'x' });
    await quiet.clock.advance(50 * MINUTE);
    expect(said(quiet.notifier('email'))).toEqual(['firing c']);
    await quiet.clock.advance(12 * MINUTE);
    expect(said(quiet.notifier('email'))).toEqual(['firing c', 'firing w']);
  });
});

describe('escalation', () => {
  const settings = { routes: [route({ notifiers: ['webhook-a'], escalate: [{ after: 10 * MINUTE, notifiers: ['webhook-b'] }, { after: 20 * MINUTE, notifiers: ['webhook-c'] }] })] };
  const notifiers = ['webhook-a', 'webhook-b', 'webhook-c'].map((name) => notifierSettings(name));

  it('tells others where nobody has acknowledged in time, step by step, and that it is over', async () => {
    const rig = await open({ notifiers, settings });
    rig.set('a', 'firing');
    await rig.clock.advance(9 * MINUTE);
    expect(said(rig.notifier('webhook-b'))).toEqual([]);
    await rig.clock.advance(2 * MINUTE);
    expect(said(rig.notifier('webhook-b'))).toEqual(['firing escalated a']);
    expect(rig.events('a')).toEqual(['escalated']);
    rig.ack('a');
    await rig.clock.advance(HOUR);
    expect(said(rig.notifier('webhook-c'))).toEqual([]);
    rig.set('a', 'resolved');
    await rig.clock.advance(10 * MINUTE);
    expect([said(rig.notifier('webhook-b')).length, said(rig.notifier('webhook-c'))]).toEqual([2, []]);
    expect(said(rig.notifier('webhook-b'))[1]).toBe('resolved a');
  });

  it('is not held up by flapping, and begins anew for what was told to be over', async () => {
    const rig = await open({ notifiers, settings });
    for (let cross = 0; cross < 11 * 60; cross += 1) {
      rig.set('a', cross % 2 === 1 ? 'firing' : 'recovering');
      await rig.clock.advance(SECOND);
    }
    expect(said(rig.notifier('webhook-b'))).toEqual(['firing escalated a']);
    const other = await open({ notifiers, settings });
    other.set('a', 'firing');
    await other.clock.advance(MINUTE);
    other.set('a', 'resolved');
    await other.clock.advance(7 * MINUTE);
    other.set('a', 'firing');
    await other.clock.advance(9 * MINUTE);
    expect([said(other.notifier('webhook-a')).length, said(other.notifier('webhook-b'))]).toEqual([3, []]);
    // The first were told anew after the cooldown, two and a half minutes after it fired.
    await other.clock.advance(4 * MINUTE);
    expect(said(other.notifier('webhook-b'))).toEqual(['firing escalated a']);
  });

  it('comes after those who are told first, and leaves them as long as it says', async () => {
    const escalate = [{ after: 10 * SECOND, notifiers: ['webhook-b'] }];
    const slow = await open({ notifiers, settings: { routes: [route({ notifiers: ['webhook-a'], escalate })] } });
    slow.set('a', 'firing', { severity: 'critical' });
    await slow.clock.advance(39 * SECOND);
    expect([said(slow.notifier('webhook-a')), said(slow.notifier('webhook-b'))]).toEqual([['firing a'], []]);
    await slow.clock.advance(2 * SECOND);
    expect(said(slow.notifier('webhook-b'))).toEqual(['firing escalated a']);

    // A warning fires again within its cooldown: nobody was told, so nobody has failed to acknowledge it.
    const calm = await open({ notifiers, settings: { routes: [route({ notifiers: ['webhook-a'], groupWait: 0, groupInterval: 0, escalate })] } });
    calm.set('w', 'firing');
    await calm.clock.advance(SECOND);
    calm.set('w', 'resolved');
    await calm.clock.advance(5 * MINUTE);
    calm.set('w', 'firing');
    await calm.clock.advance(4 * MINUTE);
    expect([said(calm.notifier('webhook-a')), said(calm.notifier('webhook-b'))]).toEqual([['firing w', 'resolved w'], []]);
    await calm.clock.advance(MINUTE + 8 * SECOND);
    expect([said(calm.notifier('webhook-a')).length, said(calm.notifier('webhook-b'))]).toEqual([3, []]);
    await calm.clock.advance(2 * SECOND);
    expect(said(calm.notifier('webhook-b'))).toEqual(['firing escalated w']);
  });

  it('is told where the first can never be: nobody stands before it', async () => {
    const rig = await open({ notifiers, settings: { routes: [route({ escalate: [{ after: MINUTE, notifiers: ['webhook-b'] }] })] } });
    rig.set('a', 'firing');
    await rig.clock.advance(61 * SECOND);
    expect(said(rig.notifier('webhook-b'))).toEqual(['firing escalated a']);
  });

  it('what somebody acknowledged is not repeated', async () => {
    const rig = await open({ notifiers, settings });
    rig.set('a', 'firing');
    await rig.clock.advance(MINUTE);
    rig.ack('a');
    await rig.clock.advance(12 * HOUR);
    expect(said(rig.notifier('webhook-a'))).toEqual(['firing a']);
  });
});

describe('Clock jump', () => {
  it.each([1, -1])('of %d h: nothing comes early, late or twice', async (hours) => {
    const rig = await open();
    rig.set('told', 'firing', { widgetId: 'x' });
    await rig.clock.advance(MINUTE);
    rig.set('told', 'resolved');
    rig.set('waits', 'firing', { widgetId: 'y' });
    rig.notifier('webhook').on = () => { throw new NotifyFault('503', { retry: true }); };
    await rig.clock.advance(10 * SECOND);
    rig.clock.jump(hours * HOUR);
    await rig.clock.advance(10 * SECOND);
    expect(rig.notifier('webhook').tries).toHaveLength(1);
    rig.notifier('webhook').on = () => undefined;
    await rig.clock.advance(30 * SECOND);
    expect(said(rig.notifier('webhook'))).toEqual(['firing told', 'firing waits']);
    // A process that begins after the jump goes on where the others are.
    rig.restart();
    await rig.clock.advance(3 * MINUTE);
    expect(rig.notifier('webhook').sent).toHaveLength(2);
    await rig.clock.advance(2 * MINUTE);
    expect(said(rig.notifier('webhook'))).toEqual(['firing told', 'firing waits', 'resolved told']);
    await rig.clock.advance(3 * HOUR);
    expect(rig.notifier('webhook').sent).toHaveLength(3);
    await rig.clock.advance(HOUR);
    expect(said(rig.notifier('webhook')).at(-1)).toBe('firing repeated waits');
  });

  it('back by an hour while no edge runs: what waits does not wait an hour', async () => {
    const rig = await open();
    rig.set('a', 'firing');
    await rig.clock.advance(MINUTE);
    rig.set('a', 'resolved');
    rig.clock.jump(-HOUR);
    rig.restart();
    await rig.clock.advance(6 * MINUTE);
    expect(said(rig.notifier('webhook'))).toEqual(['firing a', 'resolved a']);
  });
});
