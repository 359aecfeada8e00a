import { expect, test } from 'vitest';
import { problemOf, type Ask } from './front-door.js';

/** How one resource is made, changed and removed, for the scenario that all of them pass. */
export interface CrudResource {
  /** Of the list; one item stands below it by its id. */
  path: string;
  /** Asks as the owner of the resource. */
  owner(): Ask;
  /** Asks as one who has nothing to do with it: another user, or another tenant. */
  strangers(): Record<string, Ask>;
  make: Record<string, unknown>;
  /** A body that is refused, and the path of the fault. */
  wrong: { body: unknown; path: string };
  /** Name of the property that holds the id. */
  id: string;
  change: Record<string, unknown>;
}

/** Make, list, read, change, lose a race, remove; and that nobody else sees any of it. */
export function crudScenario(name: string, resource: CrudResource): void {
  test(`${name}: the whole life of one`, async () => {
    const ask = resource.owner();
    const made = await ask('POST', resource.path, resource.make);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject(resource.make);
    const id = (made.body as Record<string, string>)[resource.id]!;
    const path = `${resource.path}/${id}`;
    expect(made.headers.get('location')).toBe(`/api/v1${path}`);
    expect(made.headers.get('content-type')).toBe('application/json');

    const read = await ask('GET', path);
    expect([read.status, read.text]).toEqual([200, made.text]);
    const etag = read.headers.get('etag')!;
    expect(etag).toMatch(/^"[^"]+"$/);
    expect(made.headers.get('etag')).toBe(etag);
    const again = await ask('GET', path, undefined, { 'if-none-match': `"other", ${etag}` });
    expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag]);

    const list = await ask('GET', resource.path);
    expect((list.body as { items: unknown[] }).items).toContainEqual(read.body);

    const changed = await ask('PATCH', path, resource.change, { 'if-match': etag });
    expect([changed.status, changed.body]).toEqual([200, expect.objectContaining(resource.change)]);
    expect(changed.headers.get('etag')).not.toBe(etag);
    expect((await ask('GET', path)).text).toBe(changed.text);
    expect((await ask('GET', path, undefined, { 'if-none-match': etag })).status).toBe(200);

    const late = await ask('PATCH', path, resource.change, { 'if-match': etag });
    expect(problemOf(late)).toMatchObject({ status: 412, code: 'stale_etag' });
    const lateDelete = await ask('DELETE', path, undefined, { 'if-match': etag });
    expect(lateDelete.status).toBe(412);
    expect((await ask('GET', path)).text).toBe(changed.text);
    expect((await ask('PATCH', path, resource.change)).status).toBe(200);

    const gone = await ask('DELETE', path, undefined, { 'if-match': changed.headers.get('etag')! });
    expect([gone.status, gone.text]).toEqual([204, '']);
    for (const method of ['GET', 'DELETE']) expect((await ask(method, path)).status).toBe(404);
    expect((await ask('PATCH', path, resource.change)).status).toBe(404);
  });

  test(`${name}: strangers find nothing, with the words of what never was`, async () => {
    const ask = resource.owner();
    const made = await ask('POST', resource.path, resource.make);
    const path = `${resource.path}/${(made.body as Record<string, string>)[resource.id]!}`;
    const missing = problemOf(await ask('GET', `${resource.path}/never-was`));
    expect(missing.status).toBe(404);
    for (const [who, stranger] of Object.entries(resource.strangers())) {
      for (const [method, body] of [['GET', undefined], ['PATCH', resource.change], ['DELETE', undefined]] as const) {
        expect(problemOf(await stranger(method, path, body)), `${who} ${method}`).toEqual(missing);
      }
      expect((await stranger('GET', resource.path)).text, who).not.toContain(path.split('/').at(-1));
    }
    expect((await ask('GET', path)).text).toBe(made.text);
  });

  test(`${name}: a wrong body is refused with the place of the fault`, async () => {
    const ask = resource.owner();
    const refused = problemOf(await ask('POST', resource.path, resource.wrong.body));
    expect(refused).toMatchObject({ status: 422, code: 'invalid' });
    expect(refused.errors!.map((fault) => fault.path)).toContain(resource.wrong.path);
    expect(problemOf(await ask('POST', resource.path, '{"half":'))).toMatchObject({ status: 400, code: 'bad_request' });
    expect(problemOf(await ask('POST', resource.path, 'x=1', { 'content-type': 'text/plain' })).status).toBe(415);
    expect(problemOf(await ask('POST', resource.path, '[]')).status).toBe(422);
    expect(problemOf(await ask('POST', resource.path, 'null')).status).toBe(422);
  });
}
