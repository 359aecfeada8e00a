import { describe, expect, it, vi } from 'vitest';
import { clientOf, startEdge } from '../live/test/page.js';
import { tokenOf } from '../live/test/stand-in-edge.js';

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
