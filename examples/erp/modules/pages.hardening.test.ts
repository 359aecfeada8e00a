/** What a stranger may send to a module's own pages. */
import { Hono } from 'hono';
import { beforeEach, expect, it } from 'vitest';
import { addModulePages, MAX_SESSIONS } from './pages.js';

let app: Hono;
beforeEach(async () => {
  app = new Hono();
  await addModulePages(
    { app, name: 'sales', widgets: [], changed: () => Promise.resolve() },
    { page: ({ user }) => `page of ${user}`, edgeUrl: () => new URL('http://edge.example') },
  );
});

const login = async (): Promise<string> => {
  const answer = await app.request('/session', { method: 'POST', body: new URLSearchParams({ user: 'admin', tenant: 'atlas' }) });
  expect(answer.status).toBe(303);
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
};
const pageOf = async (cookie: string) => (await app.request('/sales.html', { headers: { cookie } })).text();

it('refuses a body of more than 10 KB', async () => {
  for (const path of ['/session', '/session/end', '/session/ccm-token']) {
    const answer = await app.request(path, { method: 'POST', body: new URLSearchParams({ user: 'x'.repeat(20_000) }) });
    expect([path, answer.status, answer.headers.get('content-type')]).toEqual([path, 413, 'application/problem+json']);
  }
});

it('logins without end: the oldest goes, the newest stay', async () => {
  const first = await login();
  const second = await login();
  expect(await pageOf(first)).toBe('page of admin');
  for (let n = 0; n < MAX_SESSIONS - 1; n += 1) await login();
  expect(await pageOf(first)).not.toBe('page of admin');
  expect(await pageOf(second)).toBe('page of admin');
});
