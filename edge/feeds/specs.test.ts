import { describe, expect, it } from 'vitest';
import type { CredentialRef } from '../kernel/credentials.js';
import { createSpecs } from './specs.js';
import { entry, principal } from './test/fixture.js';

const STRIPE = { type: 'external_api', apiName: 'stripe', endpoint: '/v1/charges' } as const;

/** Stored credentials that a test may change. */
function stored(...refs: CredentialRef[]) {
  const kept = [...refs];
  return {
    kept,
    find: ({ tenant, subject }: { tenant: string; subject: string }, { apiName, name }: { apiName: string; name?: string }) =>
      [subject, ''].flatMap((owner) => kept.filter((ref) => ref.tenant === tenant && ref.owner === owner && ref.apiName === apiName && (name === undefined || ref.name === name)))[0],
  };
}
const ref = (id: string, owner: string, more: Partial<CredentialRef> = {}): CredentialRef => ({ id, tenant: 'acme', owner, name: 'main', apiName: 'stripe', authType: 'bearer', ...more });

describe('which credential a feed carries', () => {
  it('a shared one serves the whole tenant by one feed', () => {
    const specs = createSpecs({ credentials: stored(ref('s1', '')) });
    const widget = entry({ dataSource: STRIPE });
    const spec = specs.of(widget, principal('acme', 'ann'));
    expect(spec).toMatchObject({ credential: { id: 's1' } });
    expect(spec).not.toHaveProperty('viewer');
    expect(specs.of(widget, principal('acme', 'bob'))).toBe(spec);
    expect(specs.of(widget, principal('globex', 'gus'))).not.toHaveProperty('credential');
  });

  it('a user\'s own is theirs alone: their feed, their rows, nothing kept of its history', () => {
    const specs = createSpecs({ credentials: stored(ref('s1', ''), ref('a1', 'ann')) });
    const widget = entry({ dataSource: STRIPE });
    const anns = specs.of(widget, principal('acme', 'ann'));
    const bobs = specs.of(widget, principal('acme', 'bob'));
    expect(anns).toMatchObject({ credential: { id: 'a1' }, viewer: { subject: 'ann' } });
    expect(anns).not.toHaveProperty('sampled');
    expect(bobs).toMatchObject({ credential: { id: 's1' } });
    expect(anns.key).not.toBe(bobs.key);
    expect(anns.key).toContain('a1');
  });

  it('another one is another feed at once, and its absence too', () => {
    const credentials = stored(ref('s1', ''));
    const specs = createSpecs({ credentials });
    const widget = entry({ dataSource: STRIPE });
    const ann = principal('acme', 'ann');
    const keys = [specs.of(widget, ann).key];
    credentials.kept[0] = ref('s2', '');
    keys.push(specs.of(widget, ann).key);
    credentials.kept.unshift(ref('a1', 'ann'));
    keys.push(specs.of(widget, ann).key);
    credentials.kept.length = 0;
    keys.push(specs.of(widget, ann).key);
    expect(new Set(keys).size).toBe(4);
    expect(specs.of(widget, ann)).not.toHaveProperty('viewer');
    credentials.kept.push(ref('s1', ''));
    expect(specs.of(widget, ann).key).toBe(keys[0]);
  });

  it('by name where the definition names one, for its own API alone', () => {
    const specs = createSpecs({ credentials: stored(ref('s1', '', { name: 'one' }), ref('s2', '', { name: 'two' }), ref('x', '', { apiName: 'sendgrid', name: 'three' })) });
    const of = (credentials: string) => specs.of(entry({ dataSource: { ...STRIPE, credentials } }), principal('acme', 'ann')).credential?.id;
    expect([of('one'), of('two'), of('three')]).toEqual(['s1', 's2', undefined]);
    const other = specs.of(entry(), principal());
    expect(other).not.toHaveProperty('credential');
  });

  it('of a viewer\'s params and of free questions too', () => {
    const specs = createSpecs({ credentials: stored(ref('a1', 'ann')) });
    const widget = entry({ dataSource: STRIPE, params: { limit: { type: 'number' } } });
    expect(specs.of(widget, principal('acme', 'ann'), { params: { limit: 5 } })).toMatchObject({ credential: { id: 'a1' }, viewer: { subject: 'ann' } });
    const free = (subject: string) => specs.adhoc(principal('acme', subject), { label: 'external/stripe', dataSource: STRIPE, interval: 1 });
    expect(free('ann')).toMatchObject({ credential: { id: 'a1' }, viewer: { subject: 'ann' } });
    expect(free('bob')).not.toHaveProperty('viewer');
    expect(free('ann').key).not.toBe(free('bob').key);
  });

  it('a query of PromQL is asked with that of prometheus, and only its range is the viewer\'s choice', () => {
    const specs = createSpecs({ credentials: stored(ref('p', '', { apiName: 'prometheus' })) });
    const widget = entry({ dataSource: { type: 'prometheus', query: 'up', range: '1h' }, params: { range: { type: 'string', enum: ['1h', '7d'] }, query: { type: 'string' } } });
    const spec = specs.of(widget, principal(), { params: { range: '7d', query: 'secret_metric' } });
    expect(spec).toMatchObject({ credential: { id: 'p' }, dataSource: { query: 'up', range: '7d' } });
    expect(spec.key).not.toBe(specs.of(widget, principal()).key);
  });
});
