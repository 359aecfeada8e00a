import { describe, expect, it, vi } from 'vitest';
import { clientOf, look, startEdge } from '../live/test/page.js';
import { tokenOf } from '../live/test/stand-in-edge.js';
import { sleep, until } from '../live/test/until.js';

/** An edge that answers each asking for a layout with whose it is and how many were asked for. */
async function startLayouts() {
  const edge = await startEdge();
  let asked = 0;
  edge.other = ({ token }, response) => {
    asked += 1;
    const { sub } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sub: string };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ name: `${sub} ${String(asked)}` }));
  };
  return { edge, asked: () => asked };
}

describe('a layout that was asked for ahead', () => {
  it('answers the next get of it, once, and no get of another', async () => {
    const { edge, asked } = await startLayouts();
    const { layouts } = clientOf(edge, { token: tokenOf({ sub: 'u1' }) });
    layouts.ahead('default');
    expect((await layouts.get('default')).data.name).toBe('u1 1');
    expect(asked()).toBe(1);
    expect((await layouts.get('default')).data.name).toBe('u1 2');
    layouts.ahead('default');
    expect((await layouts.get('mine')).data.name).toMatch(/^u1 [34]$/);
    await layouts.get('default');
    expect(asked()).toBe(4);
  });

  it('is asked for again where it may be old', async () => {
    const { edge, asked } = await startLayouts();
    const { layouts } = clientOf(edge, { token: tokenOf({ sub: 'u1' }) });
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      layouts.ahead('default');
      vi.setSystemTime(Date.now() + 16_000);
      await layouts.get('default');
      expect(asked()).toBe(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it('opens the connection that its widgets will need, and keeps it only for them', async () => {
    const { edge } = await startLayouts();
    edge.add('a', 1);
    const client = clientOf(edge);
    client.layouts.ahead('default');
    await until('it stands before anybody looks at anything', () => client.connection.carrier === 'ws');
    await client.layouts.get('default');
    const a = look(client, 'a');
    await until('news come by it', () => [...edge.peers].some(({ wanted }) => wanted.has('a')));
    expect(edge.upgrades).toBe(1);
    a.off();
    await until('it is closed', () => edge.sockets.size === 0);
    client.layouts.ahead('empty');
    await until('it stands again', () => edge.upgrades === 2);
    await client.layouts.get('empty');
    await until('no widget followed', () => edge.sockets.size === 0);
  });

  it('opens none where the page wants no live news', async () => {
    const { edge } = await startLayouts();
    const client = clientOf(edge, { live: false });
    client.layouts.ahead('default');
    await sleep(100);
    await client.layouts.get('default');
    expect(edge.upgrades).toBe(0);
  });

  it('is not given to another person', async () => {
    const { edge } = await startLayouts();
    const client = clientOf(edge, { token: tokenOf({ sub: 'u1' }) });
    client.layouts.ahead('default');
    client.setToken(tokenOf({ sub: 'u2' }));
    expect((await client.layouts.get('default')).data.name).toMatch(/^u2 /);
  });

  it('fails for who gets it, and for nobody else', async () => {
    const edge = await startEdge();
    edge.other = (_, response) => {
      response.statusCode = 404;
      response.setHeader('content-type', 'application/problem+json');
      response.end(JSON.stringify({ type: 'https://ccm/errors/not_found', title: 'Not found', status: 404, code: 'not_found', detail: 'No such layout.' }));
    };
    const { layouts } = clientOf(edge, { token: tokenOf({ sub: 'u1' }) });
    layouts.ahead('gone');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await expect(layouts.get('gone')).rejects.toMatchObject({ code: 'not_found' });
  });
});
