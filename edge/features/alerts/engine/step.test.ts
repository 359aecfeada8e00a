import { describe, expect, it } from 'vitest';
import type { AlertCondition, AlertState } from '../../../../sdk/contract/alert.js';
import type { AlertInstance } from '../../../kernel/alerts.js';
import { KEPT_RESOLVED, step, type Seen } from './step.js';
import { ruleOf, START } from './test/watched.js';

const SECOND = 1_000;
/** Shut: it is Thursday. */
const SUNDAYS = [{ weekdays: ['sunday' as const] }];

const seen = {
  met: { key: '', name: 'Bolts', outcome: 'met', value: 3 },
  clear: { key: '', name: 'Bolts', outcome: 'clear', value: 8 },
  noData: { key: '', name: 'Bolts', outcome: 'noData', value: null },
  error: { key: '', name: 'Bolts', outcome: 'error' },
  gone: { key: '', name: 'Bolts', outcome: 'gone' },
} satisfies Record<string, Seen>;

function at(state: AlertState, over: Partial<AlertInstance> = {}): AlertInstance {
  const fired = state === 'firing' || state === 'recovering' || state === 'resolved';
  return {
    tenant: 'acme', id: 'a1', ruleId: 'stock:low', key: '', user: '', widgetId: 'stock', rule: 'Low stock', name: 'Bolts', state, severity: 'critical',
    value: 4, operator: '<', threshold: 5, since: START - 60_000, held: 0, missing: 0, title: 'Bolts: stock 4 is below 5', labels: {}, notifications: ['dashboard'],
    cooldown: 300_000, comments: 0, updatedAt: START - 60_000,
    ...(fired && { firedAt: START - 600_000, ack: { by: 'ada', at: '2026-11-26T08:55:00Z' }, assignee: 'ada' }), ...(state === 'resolved' && { resolvedAt: START - 60_000 }), ...over,
  };
}

interface Case { condition?: Partial<AlertCondition>; elapsed?: number; closed?: boolean; before?: Partial<AlertInstance> }

function after(state: AlertState | 'none', what: keyof typeof seen, { condition, elapsed = 10 * SECOND, closed, before }: Case = {}): string {
  const rule = ruleOf({ for: 60, keepFiring: 60, ...condition }, closed ? { schedule: SUNDAYS } : {});
  const instance = step(state === 'none' ? undefined : at(state, before), seen[what], rule, { user: '', wall: START, elapsed, newId: () => 'new' });
  return instance === undefined ? '-' : instance.held > 0 ? `${instance.state} ${instance.held / SECOND}` : instance.state;
}

const STATES = ['none', 'inactive', 'pending', 'firing', 'recovering', 'resolved', 'noData', 'error'] as const;

/** State by state what becomes of it (with how long it has held so far, in seconds), for a rule with `for` and `keepFiring` of a minute, ten seconds on. */
const TABLE: [event: string, what: keyof typeof seen, about: Case, expected: readonly string[]][] = [
  //                                                              none        inactive    pending        firing        recovering      resolved        noData       error
  ['met', 'met', {},                                             ['pending',  'pending',  'pending 10',  'firing',     'firing',       'pending',      'pending',   'pending']],
  ['met for long enough', 'met', { elapsed: 60 * SECOND },       ['pending',  'pending',  'firing',      'firing',     'firing',       'pending',      'pending',   'pending']],
  ['met, with no for', 'met', { condition: { for: 0 } },         ['firing',   'firing',   'firing',      'firing',     'firing',       'firing',       'firing',    'firing']],
  ['clear', 'clear', {},                                         ['-',        'inactive', 'inactive',    'recovering', 'recovering 10', 'resolved 10', 'inactive',  'inactive']],
  ['clear for long enough', 'clear', { elapsed: 60 * SECOND },   ['-',        'inactive', 'inactive',    'recovering', 'resolved',     'resolved 60',  'inactive',  'inactive']],
  ['clear, no keepFiring', 'clear', { condition: { keepFiring: 0 } }, ['-',   'inactive', 'inactive',    'resolved',   'resolved',     'resolved 10',  'inactive',  'inactive']],
  ['noData', 'noData', {},                                       ['noData',   'noData',   'pending',     'firing',     'recovering',   'resolved 10',  'noData',    'noData']],
  ['noData, alert', 'noData', { condition: { noData: 'alert' } }, ['pending', 'pending',  'pending 10',  'firing',     'firing',       'pending',      'pending',   'pending']],
  ['noData, ok', 'noData', { condition: { noData: 'ok' } },      ['-',        'inactive', 'inactive',    'recovering', 'recovering 10', 'resolved 10', 'inactive',  'inactive']],
  ['error', 'error', {},                                         ['error',    'error',    'pending',     'firing',     'recovering',   'resolved 10',  'error',     'error']],
  ['error, alert', 'error', { condition: { error: 'alert' } },   ['pending',  'pending',  'pending 10',  'firing',     'firing',       'pending',      'pending',   'pending']],
  ['error, ok', 'error', { condition: { error: 'ok' } },         ['-',        'inactive', 'inactive',    'recovering', 'recovering 10', 'resolved 10', 'inactive',  'inactive']],
  ['gone once', 'gone', {},                                      ['-',        'inactive', 'pending',     'firing',     'recovering',   'resolved 10',  'noData',    'error']],
  ['gone twice', 'gone', { before: { missing: 1 } },             ['-',        'inactive', 'inactive',    'resolved',   'resolved',     'resolved 10',  'inactive',  'inactive']],
  ['met, schedule closed', 'met', { closed: true, condition: { for: 0 } }, ['-', 'inactive', 'inactive', 'firing',     'firing',       'resolved 10',  'inactive',  'inactive']],
  ['clear, schedule closed', 'clear', { closed: true },          ['-',        'inactive', 'inactive',    'recovering', 'recovering 10', 'resolved 10', 'inactive',  'inactive']],
  ['noData, alert, closed', 'noData', { closed: true, condition: { noData: 'alert', for: 0 } }, ['-', 'inactive', 'inactive', 'firing', 'firing', 'resolved 10', 'inactive', 'inactive']],
  ['clear for very long', 'clear', { elapsed: KEPT_RESOLVED },   ['-',        'inactive', 'inactive',    'recovering', 'resolved',     '-',            'inactive',  'inactive']],
  ['clear, time stands or is nonsense', 'clear', { elapsed: -5 }, ['-',       'inactive', 'inactive',    'recovering', 'recovering',   'resolved',     'inactive',  'inactive']],
];

describe('states and events', () => {
  describe.each(TABLE)('%s', (_, what, about, expected) => {
    it.each(STATES.map((state, index) => [state, expected[index]]))('%s becomes %s', (state, becomes) => {
      expect(after(state as AlertState, what, about)).toBe(becomes);
    });
  });
});

describe('step', () => {
  const rule = ruleOf();
  const moment = { user: '', wall: START, elapsed: 10 * SECOND, newId: () => 'new' };

  it('keeps who has it while it fires, whatever it goes through', () => {
    for (const state of ['firing', 'recovering'] as const) {
      for (const what of [seen.met, seen.noData, seen.error, seen.gone]) expect(step(at(state), what, rule, moment)).toMatchObject({ id: 'a1', assignee: 'ada', ack: { by: 'ada' }, firedAt: START - 600_000 });
    }
  });

  it('keeps when it fired once it is over, and says when it was over', () => {
    expect(step(at('firing'), seen.clear, rule, moment)).toMatchObject({ state: 'resolved', firedAt: START - 600_000, resolvedAt: START, since: START, value: 8, title: 'Bolts: stock 4 is below 5' });
  });

  it('is another firing of the same alert when it fires anew: nobody has it yet', () => {
    const again = step(at('resolved'), seen.met, rule, moment);
    expect(again).toMatchObject({ id: 'a1', state: 'firing', firedAt: START, since: START });
    for (const field of ['ack', 'assignee', 'resolvedAt']) expect(again).not.toHaveProperty(field);
  });

  it('is over as it was, where it waits to fire anew and does not', () => {
    const waits = step(at('resolved'), seen.met, ruleOf({ for: 60 }), moment);
    expect(waits).toMatchObject({ state: 'pending', resolvedAt: START - 60_000, firedAt: START - 600_000 });
    expect(step(waits, seen.clear, ruleOf({ for: 60 }), { ...moment, wall: START + 10_000 })).toMatchObject({ state: 'resolved', resolvedAt: START - 60_000, since: START - 60_000 });
  });

  it('says why it stands where the value does not', () => {
    expect(step(at('firing'), seen.noData, rule, moment)).toMatchObject({ state: 'firing', reason: 'noData', value: 4 });
    expect(step(at('firing', { reason: 'noData' }), seen.met, rule, moment)).not.toHaveProperty('reason');
    expect(step(at('firing', { missing: 1 }), seen.gone, rule, moment)).toMatchObject({ state: 'resolved', reason: 'gone', value: 4 });
    expect(step(undefined, seen.error, ruleOf({ error: 'alert' }), moment)).toMatchObject({ state: 'firing', reason: 'error', value: null, title: 'Bolts: no answer' });
    expect(step(undefined, { ...seen.noData, value: 'abc' }, rule, moment)).toMatchObject({ state: 'noData', reason: 'noData', value: 'abc', title: 'Bolts: no data for stock' });
  });

  it('does not count a row that is gone twice in one answer', () => {
    const once = step(at('firing'), seen.gone, rule, moment);
    expect(step(once, seen.gone, rule, { ...moment, again: true })?.state).toBe('firing');
    expect(step(once, seen.gone, rule, moment)?.state).toBe('resolved');
  });

  it('forgets that a row was gone once it is back', () => {
    const back = step(step(at('firing'), seen.gone, rule, moment), seen.met, rule, moment);
    expect(step(back, seen.gone, rule, moment)?.state).toBe('firing');
  });

  it('is the very same where nothing became another', () => {
    const fires = step(at('firing'), seen.met, rule, moment);
    expect(step(fires, seen.met, rule, { ...moment, wall: START + 10_000 })).toBe(fires);
  });

  it('takes on what the rule says now', () => {
    expect(step(at('firing'), seen.met, ruleOf({ severity: 'warning', value: 6, labels: { team: 'north' }, runbook: '/help' }, { name: 'Few left' }), moment))
      .toMatchObject({ severity: 'warning', threshold: 6, labels: { team: 'north' }, runbook: '/help', rule: 'Few left', title: 'Bolts: stock 3 is below 6' });
  });
});
