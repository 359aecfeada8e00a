/** Hundreds of alerts at once for many people: what is kept and sent stays within bounds, and says what it leaves out. */
import { afterEach, describe, expect, it } from 'vitest';
import type { AlertRoute } from '../../../kernel/alert-settings.js';
import type { Notification } from '../../../kernel/alerts.js';
import { NotifyFault } from '../../../kernel/alerts.js';
import { MOST_ALERTS } from './message.js';
import { MOST_WAITING } from './overflow.js';
import { dispatchRig, notifierSettings, type DispatchRig } from './test/rig.js';

const SECOND = 1_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Messages to one address in an hour: see dispatch. */
const AN_HOUR = 60;
const ALERTS = 300;
const USERS = 10;

let rig: DispatchRig;
afterEach(() => rig.close());

const open = async (groupBy: readonly string[]): Promise<void> => {
  const route: AlertRoute = { matchers: [], notifiers: ['email'], groupBy, groupWait: 30 * SECOND, groupInterval: 5 * MINUTE, repeatInterval: 4 * HOUR, mute: [], continue: false, escalate: [] };
  rig = await dispatchRig({ notifiers: [notifierSettings('email')], settings: { routes: [route] } });
  rig.people = Array.from({ length: USERS }, (_, n) => ({ user: `u${n}`, type: 'email' as const, to: `u${n}@acme.example` }));
};
const fire = (state: 'firing' | 'resolved' = 'firing'): void => {
  for (let n = 0; n < ALERTS; n += 1) rig.set(`a${n}`, state, { notifications: ['email'], key: `a${n}`, severity: n % 100 === 99 ? 'critical' : 'warning' });
};
const rowsOf = (user: string) => rig.rows.messages({ tenant: 'acme', limit: 100_000 }).filter(({ receiver }) => receiver.includes(`"${user}"`));
const saidIn = (rows: readonly { body: string }[]): Notification[] => rows.map(({ body }) => JSON.parse(body) as Notification);
const counted = (said: readonly Notification[]): number => said.reduce((sum, { alerts, truncated }) => sum + alerts.length + truncated, 0);

describe('A storm for many people', () => {
  it('in groups: one message a group and user, which says how many it leaves out', async () => {
    await open(['widgetId']);
    fire();
    await rig.clock.advance(MINUTE);
    for (let n = 0; n < USERS; n += 1) expect(saidIn(rowsOf(`u${n}`)).map(({ alerts, truncated }) => [alerts.length, truncated])).toEqual([[MOST_ALERTS, ALERTS - MOST_ALERTS]]);
    expect(rig.rows.messages({ tenant: 'acme', limit: 100_000 })).toHaveLength(USERS + 1);
  });

  it('each alert for itself: an address has so many messages, and one of the rest with their number, the critical ones by name', async () => {
    await open(['...']);
    fire();
    await rig.clock.advance(2 * MINUTE);
    for (let n = 0; n < USERS; n += 1) {
      const said = saidIn(rowsOf(`u${n}`));
      expect(said.length).toBeLessThanOrEqual(AN_HOUR + MOST_WAITING + 2);
      expect(counted(said)).toBe(ALERTS);
      const named = new Set(said.flatMap(({ alerts }) => alerts.map(({ id }) => id)));
      expect([99, 199, 299].filter((id) => !named.has(`a${id}`))).toEqual([]);
    }
    // The notifier's own list is not a user's: a machine may read it, and each is told for itself.
    expect(rig.rows.messages({ tenant: 'acme', limit: 100_000 }).filter(({ receiver }) => receiver === '["email"]')).toHaveLength(ALERTS);
    // All of it arrives, as the address may have it.
    await rig.clock.advance(4 * HOUR);
    const sent = rig.notifier('email').sent.filter(({ to }) => to === 'u0@acme.example');
    expect(sent.length).toBeLessThanOrEqual(5 * AN_HOUR);
    expect(rowsOf('u0').filter(({ state }) => state === 'waiting').length).toBeLessThanOrEqual(MOST_WAITING + 1);
    expect(counted(sent)).toBeGreaterThanOrEqual(ALERTS);
  });

  it('with a mail server that takes nothing for a day: what waits does not grow', async () => {
    await open(['...']);
    rig.notifier('email').on = () => {
      throw new NotifyFault('503', { retry: true });
    };
    let most = 0;
    for (let round = 0; round < 12; round += 1) {
      fire(round % 2 === 0 ? 'firing' : 'resolved');
      await rig.clock.advance(5 * MINUTE);
      most = Math.max(most, rowsOf('u1').filter(({ state }) => state === 'waiting').length);
    }
    // One of the rest a minute at most, while those before it are being tried.
    expect(most).toBeLessThanOrEqual(MOST_WAITING + 60);
  }, 60_000);

  it('the message of the rest is one, and is not changed any more once somebody tried to send it', async () => {
    await open(['...']);
    fire();
    await rig.clock.advance(40 * SECOND);
    const rest = () => rowsOf('u0').filter(({ body }) => body.includes('"groupKey":"rest"'));
    expect(rest()).toHaveLength(1);
    const [first] = rest();
    rig.notifier('email').on = ({ id }) => {
      if (id === first!.id) throw new NotifyFault('503', { retry: true });
    };
    await rig.clock.advance(2 * HOUR);
    fire('resolved');
    await rig.clock.advance(HOUR);
    const after = rest().find(({ id }) => id === first!.id);
    expect(after?.body).toBe(first!.body);
  });
});
