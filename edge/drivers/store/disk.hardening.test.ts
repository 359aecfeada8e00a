import { execFileSync } from 'node:child_process';
import { chmodSync, closeSync, copyFileSync, mkdirSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Client from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PROBLEM_STATUS, type Problem } from '../../../sdk/contract/problem.js';
import type { Edge } from '../../compose.js';
import { tokenOf, wholeEdge } from '../../test/whole-edge.js';
import { openStore } from './open-store.js';

const PATH = '/api/v1/dashboards/layouts';

let folder: string;
let file: string;
/** Undone after each test, the last first. */
const undo: (() => void | Promise<void>)[] = [];

beforeEach(() => {
  const made = mkdtempSync(join(tmpdir(), 'ccm-disk-'));
  folder = made;
  file = join(folder, 'ccm.db');
  undo.push(() => rmSync(made, { recursive: true, force: true }));
});
afterEach(async () => {
  const faults: unknown[] = [];
  // All of them, whatever one says: else a fault would leave a mounted file system, or this process without its rights.
  for (const step of undo.splice(0).reverse()) {
    try {
      await step();
    } catch (error) {
      faults.push(error);
    }
  }
  expect(faults).toEqual([]);
});

async function start(): Promise<Edge> {
  const edge = await wholeEdge({ module: 'http://127.0.0.1:9', env: { CCM_DATABASE_URL: `sqlite:${file}` } });
  undo.push(() => edge.close());
  return edge;
}

/** Asks the edge as this user of the tenant acme. */
async function as(edge: Edge, user: string) {
  const headers = { authorization: `Bearer ${await tokenOf({ sub: user })}`, 'content-type': 'application/json' };
  return (method: string, path: string, body?: unknown): Promise<Response> =>
    Promise.resolve(edge.app.request(path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }));
}
type Ask = Awaited<ReturnType<typeof as>>;

interface Layout {
  layoutId: string;
  name: string;
  isDefault: boolean;
}
const layout = (name: string, kilobytes = 1) => ({
  name,
  widgets: Array.from({ length: kilobytes }, (_, at) => ({ itemId: String(at), widgetId: 'w', position: { x: 0, y: at, w: 1, h: 1 }, config: { textConfig: { content: name.padEnd(900, 'x') } } })),
});
async function make(ask: Ask, body: object): Promise<Layout> {
  const made = await ask('POST', PATH, body);
  expect(made.status).toBe(201);
  return await made.json() as Layout;
}
async function names(ask: Ask): Promise<string[]> {
  const answer = await ask('GET', PATH);
  expect(answer.status).toBe(200);
  return (await answer.json() as { items: Layout[] }).items.map((item) => item.name);
}

/** What a user is told of a fault that is ours: a problem in our words, and nothing of what is below. */
async function expectPlain(answer: Response): Promise<void> {
  const text = await answer.text();
  expect(answer.status, text).toBe(503);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  const problem = JSON.parse(text) as Problem;
  expect(PROBLEM_STATUS[problem.code], text).toBe(answer.status);
  expect(Object.keys(problem).sort()).toEqual(['code', 'detail', 'requestId', 'status', 'title', 'type']);
  expect(`${text}${JSON.stringify([...answer.headers])}`)
    .not.toMatch(/sqlite|drizzle|sql\b|select |insert |update |malformed|read-?only|disk|\.db|\.[jt]s\b|node_modules|\/tmp|\n\s*at /i);
}

/** All rows, as another process sees them. */
function rows(path = file): unknown[] {
  const client = new Client(path);
  try {
    return client.prepare('SELECT * FROM layouts ORDER BY user, id').all();
  } finally {
    client.close();
  }
}
/** What somebody who watches the edge sees of changes that were refused. */
async function refusedWrites(edge: Edge): Promise<number> {
  return Number(/^ccm_store_failures_total (\d+)$/m.exec(await (await edge.app.request('/metrics')).text())?.[1]);
}
const clientOf = (edge: Edge) => (edge.store.db as Edge['store']['db'] & { $client: Client.Database }).$client;

/** A file system of 2 MB of its own; false where this user may not mount one. */
function mountSmall(at: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', at], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
const unmount = (at: string) => execFileSync('umount', [at]);
const maysMount = ((): boolean => {
  const probe = mkdtempSync(join(tmpdir(), 'ccm-mount-'));
  const may = mountSmall(probe);
  if (may) unmount(probe);
  rmSync(probe, { recursive: true });
  return may;
})();

describe('Disk full / read-only / corrupt page: full', () => {
  /** Each makes the disk full and gives back how to make room. */
  const ways: Record<string, { possible: boolean; prepare(): void; fill(edge: Edge): () => void }> = {
    'SQLite\'s own limit of pages': {
      possible: true,
      prepare() {},
      fill(edge) {
        const client = clientOf(edge);
        const before = client.pragma('max_page_count', { simple: true }) as number;
        client.pragma(`max_page_count = ${client.pragma('page_count', { simple: true }) as number}`);
        return () => void client.pragma(`max_page_count = ${before}`);
      },
    },
    'a file system without room (needs the right to mount one)': {
      possible: maysMount,
      prepare() {
        const disk = join(folder, 'disk');
        mkdirSync(disk);
        expect(mountSmall(disk)).toBe(true);
        undo.push(() => void unmount(disk));
        file = join(disk, 'ccm.db');
      },
      fill() {
        const filler = join(folder, 'disk/filler');
        const descriptor = openSync(filler, 'w');
        try {
          for (;;) writeSync(descriptor, Buffer.alloc(4096, 1));
        } catch (error) {
          expect(error).toMatchObject({ code: 'ENOSPC' });
        } finally {
          closeSync(descriptor);
        }
        return () => rmSync(filler);
      },
    },
  };

  test.for(Object.keys(ways))('%s: clear errors, reads go on, no half row, and all is well when there is room', async (name, { skip }) => {
    const { possible, prepare, fill } = ways[name]!;
    skip(!possible, name);
    prepare();
    const edge = await start();
    const [ann, bob] = [await as(edge, 'ann'), await as(edge, 'bob')];
    const first = await make(ann, { ...layout('first'), isDefault: true });
    const second = await make(ann, layout('second'));
    await make(bob, layout('of bob'));
    const before = rows();
    expect(await refusedWrites(edge)).toBe(0);

    const makeRoom = fill(edge);
    await expectPlain(await ann('POST', PATH, layout('third', 100)));
    expect(await refusedWrites(edge)).toBeGreaterThan(0);
    await expectPlain(await ann('PATCH', `${PATH}/${second.layoutId}`, layout('second, changed', 100)));
    // Two rows in one write: the first one has lost its mark when there is no room for the second one.
    await expectPlain(await ann('PATCH', `${PATH}/${second.layoutId}`, { ...layout('second, changed', 100), isDefault: true }));
    expect(clientOf(edge).inTransaction).toBe(false);
    expect(await names(bob)).toEqual(['of bob']);
    expect(await names(ann)).toEqual(['first', 'second']);
    expect(await (await ann('GET', `${PATH}/default`)).json()).toMatchObject({ layoutId: first.layoutId });
    expect((await edge.app.request('/healthz')).status).toBe(200);
    expect(rows()).toEqual(before);

    makeRoom();
    expect((await ann('PATCH', `${PATH}/${second.layoutId}`, { ...layout('second, changed', 100), isDefault: true })).status).toBe(200);
    expect(await names(ann)).toEqual(['first', 'second, changed']);
    expect(clientOf(edge).pragma('integrity_check', { simple: true })).toBe('ok');
  });

  test.skipIf(!maysMount)('an edge on a full disk stops, and the next one has all that was acknowledged (needs the right to mount)', async () => {
    const way = ways['a file system without room (needs the right to mount one)']!;
    way.prepare();
    const edge = await start();
    const ann = await as(edge, 'ann');
    for (let at = 0; at < 20; at += 1) await make(ann, layout(`layout ${at}`, 10));
    const before = rows();
    way.fill(edge);
    await edge.close();
    const next = await start();
    expect(await names(await as(next, 'ann'))).toHaveLength(20);
    expect(rows()).toEqual(before);
  });

  test.skipIf(!maysMount)('a start without room for the tables is refused, names the file, and shows no statement (needs the right to mount)', async () => {
    ways['a file system without room (needs the right to mount one)']!.prepare();
    const filler = join(folder, 'disk/filler');
    const said: unknown[] = [];
    // From no room at all to nearly enough: each step of the start meets the end of the disk once.
    for (let left = 0; left < 400; left += 10) {
      writeFileSync(filler, Buffer.alloc((2048 - left) * 1024));
      said.push(await openStore(`sqlite:${file}`).then((store) => store.close(), (error: unknown) => String(error)));
      for (const name of readdirSync(join(folder, 'disk'))) rmSync(join(folder, 'disk', name));
    }
    const refused = said.filter((one) => one !== undefined);
    expect(refused.length).toBeGreaterThan(10);
    expect(refused.length).toBeLessThan(said.length);
    const words = ['database or disk is full', 'disk I/O error'].map((why) => `Error: CCM_DATABASE_URL: cannot open ${file}: ${why}`);
    expect(refused.filter((one) => !words.includes(String(one)))).toEqual([]);
  });
});

describe('Disk full / read-only / corrupt page: read-only', () => {
  /** Takes the right to write from this process, also from root, for whom the mode of a file is nothing. */
  function makeReadOnly(): void {
    for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o444);
    chmodSync(folder, 0o555);
    undo.push(() => chmodSync(folder, 0o755));
    if (process.geteuid?.() !== 0) return;
    process.seteuid!(65_534);
    undo.push(() => process.seteuid!(0));
  }

  test('a database that was left by a crash on a disk that is read-only since: reads go on, writes say plainly that they fail', async () => {
    const writing = await start();
    await make(await as(writing, 'ann'), { ...layout('first'), isDefault: true });
    await make(await as(writing, 'ann'), layout('second'));
    await make(await as(writing, 'bob'), layout('of bob'));
    // As they lie when a process is killed: with the log, which a close would have taken away.
    const left = mkdtempSync(join(folder, 'left-'));
    for (const name of readdirSync(folder).filter((entry) => entry.startsWith('ccm.db'))) copyFileSync(join(folder, name), join(left, name));
    chmodSync(folder, 0o755);
    [folder, file] = [left, join(left, 'ccm.db')];
    makeReadOnly();

    const edge = await start();
    const [ann, bob] = [await as(edge, 'ann'), await as(edge, 'bob')];
    const { items } = await (await ann('GET', PATH)).json() as { items: Layout[] };
    expect(items.map((item) => item.name)).toEqual(['first', 'second']);
    const id = items[1]!.layoutId;
    for (const [method, path, body] of [
      ['POST', PATH, layout('third')], ['PATCH', `${PATH}/${id}`, { ...layout('changed'), isDefault: true }], ['DELETE', `${PATH}/${id}`], ['POST', `${PATH}/${id}/duplicate`],
      ['POST', '/api/v1/widgets', { id: 'own', title: 'Own', type: 'stat', size: 'small', dataSource: { type: 'system', metric: 'cpu_usage' }, statConfig: { primaryValue: 'percentage' }, permissions: [], roles: [] }],
    ] as [string, string, object?][]) {
      await expectPlain(await ann(method, path, body));
    }
    expect(await refusedWrites(edge)).toBeGreaterThanOrEqual(5);
    expect(await names(ann)).toEqual(['first', 'second']);
    expect(await names(bob)).toEqual(['of bob']);
    expect((await ann('GET', '/api/v1/widgets')).status).toBe(200);
    // It also stops, though there is nothing that it could tidy up.
    await expect(edge.close()).resolves.toBeUndefined();
  });

  test('a start that cannot do without writing is refused and names the file', async () => {
    (await openStore(`sqlite:${file}`)).close();
    makeReadOnly();
    await expect(openStore(`sqlite:${file}`)).rejects.toThrow(`CCM_DATABASE_URL: cannot open ${file}: attempt to write a readonly database`);
  });
});

describe('Disk full / read-only / corrupt page: corrupt page', () => {
  /** Overwrites the pages for which `choose` says so; the edge must be down. */
  function corrupt(choose: (page: { pageno: number; pagetype: string; name: string; text: string }) => boolean): number {
    const client = new Client(file);
    const size = client.pragma('page_size', { simple: true }) as number;
    const pages = client.prepare<[], { pageno: number; pagetype: string; name: string }>('SELECT pageno, pagetype, name FROM dbstat').all();
    client.close();
    const bytes = readFileSync(file);
    const chosen = pages.filter((page) => choose({ ...page, text: bytes.toString('latin1', (page.pageno - 1) * size, page.pageno * size) }));
    for (const { pageno } of chosen) bytes.fill(0xa5, (pageno - 1) * size, pageno * size);
    writeFileSync(file, bytes);
    return chosen.length;
  }

  async function twoUsers(): Promise<{ ids: string[] }> {
    const edge = await start();
    const [ann, bob] = [await as(edge, 'ann'), await as(edge, 'bob')];
    const ids: string[] = [];
    for (let at = 0; at < 8; at += 1) ids.push((await make(ann, layout(`ann ${at}`, 2))).layoutId);
    for (let at = 0; at < 8; at += 1) await make(bob, layout(`bob ${at}`, 2));
    await edge.close();
    return { ids };
  }

  test('one user\'s rows are gone: that user hears a plain problem, the others go on reading and writing', async () => {
    const { ids } = await twoUsers();
    expect(corrupt(({ name, pagetype, text }) => name === 'layouts' && pagetype === 'leaf' && text.includes(ids[0]!) && !text.includes('bob '))).toBe(1);

    const edge = await start();
    const [ann, bob] = [await as(edge, 'ann'), await as(edge, 'bob')];
    await expectPlain(await ann('GET', PATH));
    await expectPlain(await ann('GET', `${PATH}/${ids[0]}`));
    for (const [method, body] of [['PATCH', layout('changed')], ['PATCH', { isDefault: true }], ['DELETE']] as [string, object?][]) {
      await expectPlain(await ann(method, `${PATH}/${ids[0]}`, body));
      expect(clientOf(edge).inTransaction).toBe(false);
    }
    expect(await names(bob)).toEqual(Array.from({ length: 8 }, (_, at) => `bob ${at}`));
    const more = await make(bob, layout('bob more'));
    expect((await bob('PATCH', `${PATH}/${more.layoutId}`, { ...layout('bob changed'), isDefault: true })).status).toBe(200);
    expect((await bob('GET', `${PATH}/default`)).status).toBe(200);
    expect((await ann('GET', '/api/v1/widgets')).status).toBe(200);
    await expect(edge.close()).resolves.toBeUndefined();
  });

  test('an index is broken: a write that meets it leaves nothing behind', async () => {
    await twoUsers();
    const before = tableAlone();
    expect(corrupt(({ name }) => name === 'layouts_by_user')).toBeGreaterThan(0);
    const edge = await start();
    await expectPlain(await (await as(edge, 'ann'))('POST', PATH, layout('new')));
    expect(clientOf(edge).inTransaction).toBe(false);
    await edge.close();
    expect(tableAlone()).toEqual(before);
  });

  /** The rows by the table itself, whatever its indexes say. */
  function tableAlone(): unknown[] {
    const client = new Client(file);
    try {
      return client.prepare('SELECT * FROM layouts NOT INDEXED').all();
    } finally {
      client.close();
    }
  }

  test('the first page is gone: the start is refused and names the file', async () => {
    await twoUsers();
    expect(corrupt(({ pageno }) => pageno === 1)).toBe(1);
    await expect(start()).rejects.toThrow(`CCM_DATABASE_URL: cannot open ${file}: file is not a database`);
  });
});
