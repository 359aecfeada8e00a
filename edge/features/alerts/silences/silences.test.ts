import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Silence } from '../../../../sdk/contract/alert.js';
import { frontDoor, principal, problemOf, type FrontDoor } from '../../test/front-door.js';
import { dispatchRig, said, type DispatchRig } from '../dispatch/test/rig.js';
import { silenceRoutes } from './routes.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const users = { boss: principal('acme', 'boss', ['admin'], ['alerts.manage']), ada: principal('acme', 'ada', ['user']), gus: principal('globex', 'gus', ['admin'], ['*']) };

let rig: DispatchRig;
let door: FrontDoor;
beforeEach(async () => {
  rig = await dispatchRig();
  door = frontDoor(users, silenceRoutes({ silences: rig.silences }));
});
afterEach(() => rig.close());

const iso = (from: number): string => new Date(rig.clock.now() + from).toISOString();
const input = (more: object = {}) => ({ matchers: [{ name: 'widgetId', value: 'stock' }], from: iso(0), until: iso(HOUR), why: 'stock-taking', ...more });
const post = (body: unknown, user = 'boss') => door.as(user)('POST', '/alerts/silences', body);
const list = async () => ((await door.as('boss')('GET', '/alerts/silences')).body as { items: Silence[] }).items;

describe('the silences of a tenant', () => {
  it('are made, listed and ended by who holds alerts.manage', async () => {
    const made = await post(input());
    const { id } = made.body as Silence;
    expect([made.status, made.headers.get('location')]).toEqual([201, `/api/v1/alerts/silences/${id}`]);
    expect(made.body).toEqual({ ...input(), id, createdBy: 'boss', state: 'active' });
    expect(await list()).toEqual([made.body]);
    await rig.clock.advance(1);
    expect((await door.as('boss')('DELETE', `/alerts/silences/${id}`)).status).toBe(204);
    expect(await list()).toMatchObject([{ id, state: 'expired' }]);
    expect(problemOf(await door.as('boss')('DELETE', `/alerts/silences/${id}`))).toMatchObject({ status: 409 });
    expect((await door.as('boss')('DELETE', '/alerts/silences/none')).status).toBe(404);
    expect(rig.trail.map(({ user, action, target }) => [user, action, target])).toEqual([['boss', 'silence.set', `silence ${id}`], ['boss', 'silence.remove', `silence ${id}`]]);
  });

  it('are nobody else\'s', async () => {
    const { id } = (await post(input())).body as Silence;
    expect((await door.as('gus')('DELETE', `/alerts/silences/${id}`)).status).toBe(404);
    expect((await door.as('gus')('GET', '/alerts/silences')).body).toEqual({ items: [] });
    for (const [method, path, body] of [['GET', ''], ['POST', '', { nonsense: true }], ['DELETE', `/${id}`]] as const) {
      expect((await door.as('ada')(method, `/alerts/silences${path}`, body)).status).toBe(403);
    }
  });

  it.each([
    [{ matchers: [{ name: 'team', value: 'ops' }, { name: 'rule', value: '(', isRegex: true }] }, 'matchers.1.value'],
    [{ matchers: [] }, 'matchers'],
    [{ until: '2020-01-01T00:00:00Z', from: '2019-01-01T00:00:00Z' }, 'until'],
    [{ from: '2030-01-01T00:00:00Z', until: '2029-01-01T00:00:00Z' }, 'until'],
    [{ until: 'tomorrow' }, 'until'],
    [{ recurring: [{ times: [{ start: '25:00', end: '26:00' }] }] }, 'recurring.0.times.0.start'],
    [{ extra: 1 }, 'extra'],
  ])('%j is refused at %s', async (more, path) => {
    const problem = problemOf(await post(input(more)));
    expect([problem.status, problem.errors?.[0]?.path]).toEqual([422, path]);
  });

  it('are at most a thousand', async () => {
    for (let index = 0; index < 1_000; index += 1) rig.silences.create(users.boss, input());
    expect(problemOf(await post(input()))).toMatchObject({ status: 409 });
  });
});

describe('a silence', () => {
  it('keeps from being told what it matches, shows it, and says afterwards what still fires', async () => {
    rig.set('told', 'firing');
    await rig.clock.advance(MINUTE);
    await post(input());
    rig.set('new', 'firing');
    rig.set('over', 'firing', { severity: 'critical', rule: 'other < 1' });
    rig.set('elsewhere', 'firing', { widgetId: 'x' });
    await rig.clock.advance(MINUTE);
    rig.set('over', 'resolved');
    await rig.clock.advance(57 * MINUTE);
    const hook = rig.notifier('webhook');
    expect(said(hook)).toEqual(['firing told', 'firing elsewhere']);
    const [{ id }] = await list() as [Silence];
    expect(rig.dispatch.suppression(rig.alerts.get('acme', 'new')!)).toEqual({ silencedBy: id });
    expect(rig.news.findLast(({ alert }) => alert.id === 'told')?.alert.silencedBy).toBe(id);

    await rig.clock.advance(2 * MINUTE);
    expect(said(hook).slice(2)).toEqual(['silence-ended new told']);
    expect([rig.events('told'), rig.events('new'), rig.events('over')]).toEqual([['silenced', 'silenceEnded'], ['silenced', 'silenceEnded'], ['silenced']]);
    expect(rig.news.findLast(({ alert }) => alert.id === 'told')?.alert.silencedBy).toBeUndefined();
    // They are known to fire: nothing more is said before they are over.
    await rig.clock.advance(HOUR);
    expect(hook.sent).toHaveLength(3);
  });

  it('tells its end once, also where no edge ran then', async () => {
    rig.set('a', 'firing');
    await rig.clock.advance(MINUTE);
    rig.silences.create(users.boss, input());
    rig.clock.die();
    await rig.clock.advance(2 * HOUR);
    rig.restart();
    await rig.clock.advance(MINUTE);
    rig.restart();
    await rig.clock.advance(MINUTE);
    expect(said(rig.notifier('webhook'))).toEqual(['firing a', 'silence-ended a']);
  });

  it('ended by hand says so at once; what another still covers stays silent', async () => {
    rig.set('a', 'firing');
    rig.set('b', 'firing', { key: 'b' });
    const { id } = rig.silences.create(users.boss, input());
    rig.silences.create(users.boss, input({ matchers: [{ name: 'key', value: 'b' }] }));
    await rig.clock.advance(MINUTE);
    rig.silences.end(users.boss, id);
    await rig.clock.advance(1_000);
    expect(said(rig.notifier('webhook'))).toEqual(['silence-ended a']);
  });

  it('that recurs silences in its times alone, in the tenant\'s zone, and each end is told', async () => {
    // It is 11:00 in Berlin.
    rig.silences.create(users.boss, input({ until: iso(72 * HOUR), recurring: [{ times: [{ start: '11:30', end: '12:00' }] }] }));
    expect(await list()).toMatchObject([{ state: 'waiting' }]);
    rig.set('a', 'firing', { cooldown: 0 });
    await rig.clock.advance(29 * MINUTE);
    expect([said(rig.notifier('webhook')), rig.events('a')]).toEqual([['firing a'], []]);
    await rig.clock.advance(2 * MINUTE);
    expect(await list()).toMatchObject([{ state: 'active' }]);
    expect(rig.news.findLast(({ alert }) => alert.id === 'a')?.alert.silencedBy).toBeDefined();
    await rig.clock.advance(30 * MINUTE);
    expect([said(rig.notifier('webhook')), rig.events('a')]).toEqual([['firing a', 'silence-ended a'], ['silenceEnded']]);
    // From noon to the eleven of the next day, thrice; on the fourth it is over.
    for (const ended of [2, 3, 3]) {
      rig.clock.jump(23 * HOUR);
      await rig.clock.advance(HOUR);
      expect(rig.events('a')).toEqual(Array(ended).fill('silenceEnded'));
    }
  });

  it('does not begin before its time, and is gone where it is ended before', async () => {
    const { id } = rig.silences.create(users.boss, input({ from: iso(HOUR), until: iso(2 * HOUR) }));
    rig.set('a', 'firing');
    await rig.clock.advance(MINUTE);
    expect(said(rig.notifier('webhook'))).toEqual(['firing a']);
    rig.silences.end(users.boss, id);
    expect(await list()).toEqual([]);
  });

  it('is dropped where the write fails that would have made or ended it', async () => {
    const fails = { ...users.boss, get subject(): string { throw new Error('no'); } };
    expect(() => rig.silences.create(fails, input())).toThrow();
    const instance = rig.set('a', 'firing');
    expect(rig.silences.silencing(instance, rig.clock.now())).toBeUndefined();
  });
});
