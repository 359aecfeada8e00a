/** HAZARDS 4: a token that counts no more while pages listen with it. */
import { afterEach, describe, expect, it } from 'vitest';
import { entry, principal } from '../../feeds/test/fixture.js';
import { openPage, pushRig, until, type PushRig } from './test/rig.js';

const sales = entry();

let rig: PushRig;
afterEach(() => rig.close());

async function ticket(): Promise<string> {
  const response = await fetch(`${rig.url}/api/v1/stream/tickets`, { method: 'POST', headers: { authorization: 'Bearer ann' } });
  return ((await response.json()) as { ticket: string }).ticket;
}

describe('Logout/revoke', () => {
  it('all sockets of a revoked user close with 4401, and those of others go on', async () => {
    rig = await pushRig([sales]);
    const tabs = await Promise.all([openPage(rig, 'ann'), openPage(rig, 'ann'), openPage(rig, 'bob'), openPage(rig, 'gus')]);
    for (const tab of tabs) tab.send({ action: 'subscribe', widgets: ['sales'] });
    await Promise.all(tabs.map((tab) => tab.got(2)));
    rig.revoke(({ subject }) => subject === 'ann');
    expect(await Promise.all([tabs[0].closed(), tabs[1].closed()])).toEqual([4401, 4401]);
    rig.feeds.supply('acme', {}, { value: 2 });
    expect((await tabs[2].got(3))[2]).toMatchObject({ data: { value: 2 } });
    expect(tabs[3].socket.readyState).toBe(tabs[3].socket.OPEN);
    expect(rig.push.counts()).toMatchObject({ connections: 2, subscriptions: 2 });
  });

  it('of one token: the user\'s other session goes on', async () => {
    rig = await pushRig([sales]);
    rig.tokens.set('ann-phone', principal('acme', 'ann', { tokenId: 'phone' }));
    const [desk, phone] = await Promise.all([openPage(rig, 'ann'), openPage(rig, 'ann-phone')]);
    for (const page of [desk, phone]) page.send({ action: 'subscribe', widgets: ['sales'] });
    await Promise.all([desk.got(2), phone.got(2)]);
    rig.revoke(({ tokenId }) => tokenId === 'phone');
    expect(await phone.closed()).toBe(4401);
    desk.send({ action: 'ping' });
    expect((await desk.got(3))[2]).toEqual({ action: 'pong' });
  });

  it('an event stream ends, and no new one begins, also by a ticket from before', async () => {
    rig = await pushRig([sales]);
    const [first, second] = [await ticket(), await ticket()];
    const stream = await fetch(`${rig.url}/api/v1/stream?widgets=sales&ticket=${first}`);
    expect(stream.status).toBe(200);
    await until('the subscription', () => rig.push.counts().subscriptions === 1);
    rig.revoke(({ subject }) => subject === 'ann');
    expect(await stream.text()).toContain('subscribed');
    expect(rig.push.counts().connections).toBe(0);
    const late = await fetch(`${rig.url}/api/v1/stream?widgets=sales&ticket=${second}`);
    expect(late.status).toBe(401);
  });
});

describe('Subscribe is not authorized', () => {
  it('revoked while subscribed: what waits to be written is not, nor anything after it', async () => {
    rig = await pushRig([sales]);
    const page = await openPage(rig, 'ann');
    page.send({ action: 'subscribe', widgets: ['sales'] });
    await page.got(2);
    // In one turn: the frame is queued when the revocation comes.
    rig.feeds.supply('acme', {}, { value: 'secret' });
    rig.revoke(({ subject }) => subject === 'ann');
    rig.feeds.supply('acme', {}, { value: 'secret too' });
    expect(await page.closed()).toBe(4401);
    expect(JSON.stringify(page.frames)).not.toContain('secret');
    expect(rig.push.counts()).toMatchObject({ connections: 0, subscriptions: 0, feeds: 0 });
  });

  it('revoked between the check of the token and the connection: closed with 4401, nothing is sent', async () => {
    rig = await pushRig([sales]);
    const page = await openPage(rig);
    rig.revoke(({ subject }) => subject === 'ann');
    page.send({ action: 'auth', token: 'ann' });
    page.send({ action: 'subscribe', widgets: ['sales'] });
    expect(await page.closed()).toBe(4401);
    expect(page.frames).toEqual([]);
  });
});
