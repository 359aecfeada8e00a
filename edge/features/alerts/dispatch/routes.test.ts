import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NotifyFault } from '../../../kernel/alerts.js';
import { frontDoor, principal, problemOf, type FrontDoor } from '../../test/front-door.js';
import { dispatchRig, notifierSettings, type DispatchRig } from './test/rig.js';
import type { OutboxItem } from './outbox.js';

const MINUTE = 60_000;
const users = { boss: principal('acme', 'boss', ['admin'], ['alerts.manage']), ada: principal('acme', 'ada', ['user']), gus: principal('globex', 'gus', ['admin'], ['*']) };

let rig: DispatchRig;
let door: FrontDoor;
beforeEach(async () => {
  rig = await dispatchRig({ notifiers: [notifierSettings('webhook', { tenants: ['acme'] }), notifierSettings('email', { to: [] } as never), notifierSettings('push')] });
  door = frontDoor(users, rig.dispatch.routes());
});
afterEach(() => rig.close());

const outbox = async (query = '', user = 'boss') => (await door.as(user)('GET', `/alerts/outbox${query}`)).body as { items: OutboxItem[]; cursor?: string };

describe('the outbox', () => {
  it('shows what was told, newest first, page by page, and what could not be', async () => {
    for (const [index, id] of ['a', 'b', 'c'].entries()) {
      rig.notifier('webhook').on = () => {
        if (index === 1) throw new NotifyFault('400: no', { retry: false });
      };
      rig.set(id, 'firing', { widgetId: id });
      await rig.clock.advance(MINUTE);
    }
    const first = await outbox('?limit=2');
    expect(first.items.map(({ title, state, fault }) => [title, state, fault])).toEqual([['Stock of c', 'sent', undefined], ['Stock of b', 'dead', '400: no']]);
    expect((await outbox(`?limit=2&cursor=${first.cursor}`)).items.map(({ title }) => title)).toEqual(['Stock of a']);
    expect((await outbox('?state=dead')).items).toHaveLength(1);
    expect(rig.rows.unsent()).toEqual({ waiting: 0, dead: 1 });
    expect((await outbox('', 'gus')).items).toEqual([]);
    expect(problemOf(await door.as('boss')('GET', '/alerts/outbox?cursor=x'))).toMatchObject({ status: 400 });
  });

  it('does not show a user\'s own address, nor what it says', async () => {
    rig.people = [{ user: 'ada', type: 'email', to: 'ada@example.test' }];
    rig.set('a', 'firing', { user: 'ada', notifications: ['email'], title: 'private' });
    await rig.clock.advance(MINUTE);
    const answer = await door.as('boss')('GET', '/alerts/outbox');
    expect(answer.body).toMatchObject({ items: [{ user: 'ada', notifier: 'email', alerts: 1 }] });
    expect(answer.text).not.toMatch(/example\.test|private/);
  });

  it('sends a dead one again, with the same id, and nothing else', async () => {
    rig.notifier('webhook').on = () => { throw new NotifyFault('400', { retry: false }); };
    rig.set('a', 'firing');
    await rig.clock.advance(MINUTE);
    const [{ id, createdAt }] = (await outbox()).items as [OutboxItem];
    rig.ack('a');
    await rig.clock.advance(25 * 60 * MINUTE);
    expect((await door.as('gus')('POST', `/alerts/outbox/${id}/resend`)).status).toBe(404);
    const again = await door.as('boss')('POST', `/alerts/outbox/${id}/resend`);
    expect([again.status, again.body]).toEqual([200, expect.objectContaining({ state: 'waiting', createdAt })]);
    // It is tried for a day from now on, however old it is.
    rig.notifier('webhook').on = () => { throw new NotifyFault('503', { retry: true }); };
    await rig.clock.advance(1_000);
    expect((await outbox()).items).toMatchObject([{ state: 'waiting', fault: '503' }]);
    rig.notifier('webhook').on = () => undefined;
    await rig.clock.advance(MINUTE);
    expect((await outbox()).items).toMatchObject([{ state: 'sent', createdAt }]);
    expect(rig.notifier('webhook').sent.map((sent) => sent.id)).toEqual([id]);
    expect(problemOf(await door.as('boss')('POST', `/alerts/outbox/${id}/resend`))).toMatchObject({ status: 409 });
    expect(rig.trail.map(({ action, target }) => [action, target])).toEqual([['alert.resend', `message ${id}`]]);
  });
});

describe('Test-alert spam', () => {
  it('a test goes out at once, to the notifiers of the tenant alone, five a minute', async () => {
    expect((await door.as('boss')('GET', '/alerts/notifiers')).body).toEqual({ items: [{ name: 'webhook', type: 'webhook' }, { name: 'email', type: 'email' }, { name: 'push', type: 'push' }] });
    expect((await door.as('gus')('POST', '/alerts/notifiers/webhook/test')).status).toBe(404);
    for (let count = 0; count < 5; count += 1) expect((await door.as('boss')('POST', '/alerts/notifiers/webhook/test')).body).toEqual({ ok: true });
    const sixth = await door.as('boss')('POST', '/alerts/notifiers/webhook/test');
    expect([problemOf(sixth).status, Number(sixth.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect([rig.notifier('webhook').sent.length, rig.notifier('webhook').sent[0]]).toEqual([5, expect.objectContaining({ status: 'test', tenant: 'acme' })]);
    expect(rig.trail.filter(({ action }) => action === 'notifier.test')).toHaveLength(5);
    expect((await outbox()).items).toEqual([]);
  });

  it('says why it was not taken', async () => {
    rig.notifier('webhook').on = () => { throw new NotifyFault('the receiver answered 401', { retry: false }); };
    expect((await door.as('boss')('POST', '/alerts/notifiers/webhook/test')).body).toEqual({ ok: false, detail: 'the receiver answered 401' });
    rig.notifier('webhook').on = () => { throw new Error('secret inside'); };
    expect((await door.as('boss')('POST', '/alerts/notifiers/webhook/test')).text).not.toContain('secret');
    expect((await door.as('boss')('POST', '/alerts/notifiers/push/test')).body).toMatchObject({ ok: false });
  });

  it('goes to the caller\'s own address where the notifier has no list', async () => {
    rig.people = [{ user: 'ada', type: 'email', to: 'ada@example.test' }, { user: 'boss', type: 'email', to: 'boss@example.test' }];
    expect((await door.as('boss')('POST', '/alerts/notifiers/email/test')).body).toEqual({ ok: true });
    expect(rig.notifier('email').sent.map(({ to }) => to)).toEqual(['boss@example.test']);
  });

  it('needs alerts.manage, like all of this', async () => {
    for (const [method, path] of [['GET', '/alerts/outbox'], ['POST', '/alerts/outbox/x/resend'], ['GET', '/alerts/notifiers'], ['POST', '/alerts/notifiers/webhook/test']] as const) {
      expect(problemOf(await door.as('ada')(method, path))).toMatchObject({ status: 403, code: 'forbidden' });
    }
  });
});
