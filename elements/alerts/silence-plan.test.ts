import { expect } from '@open-wc/testing';
import type { Silence } from '../../sdk/contract/alert.js';
import { firing } from '../core/test/stand-in-alerts.js';
import { recurringText } from './recurring-text.js';
import { faultsOfPlan, fits, inputOfPlan, newPlan, planOf, withKind } from './silence-plan.js';
import { intervalsOf, weeklyOf } from './weekly.js';

const ZONE = 'Europe/Berlin';
const NOW = Date.parse('2026-03-27T12:00:00Z');
const named = { ...newPlan(NOW, ZONE), matchers: [{ name: 'widgetId', value: 'stock' }] };
const standing: Silence = {
  id: 's1', createdBy: 'anna', state: 'active', why: 'Stocktaking', from: '2026-03-27T11:00:30.500Z', until: '2026-03-29T10:00:00.000Z', matchers: [{ name: 'rule', value: 'Low.*', isRegex: true }],
};

describe('a planned silence', () => {
  it('is typed in the tenant’s zone, also over the night in which its clocks are put forward', () => {
    const { from, until } = inputOfPlan({ ...named, from: '2026-03-28T12:00', until: '2026-03-29T12:00' }, undefined, 'No reason', ZONE);
    expect([from, until]).to.deep.equal(['2026-03-28T11:00:00.000Z', '2026-03-29T10:00:00.000Z']);
  });

  it('says what is wrong with it, part by part', () => {
    expect(faultsOfPlan(named, NOW, ZONE)).to.deep.equal({});
    expect(faultsOfPlan(newPlan(NOW, ZONE), NOW, ZONE), 'it would silence everything').to.deep.equal({ matchers: 'whatNeeded' });
    expect(faultsOfPlan({ ...named, from: '', until: 'soon' }, NOW, ZONE)).to.deep.equal({ from: 'momentNeeded', until: 'momentNeeded' });
    expect(faultsOfPlan({ ...named, from: '2026-03-28T12:00', until: '2026-03-28T12:00' }, NOW, ZONE)).to.deep.equal({ until: 'endsTooEarly' });
    expect(faultsOfPlan({ ...named, from: '2026-03-01T12:00', until: '2026-03-02T12:00' }, NOW, ZONE)).to.deep.equal({ until: 'inPast' });
    const weekly = { ...withKind(named, 'weekly', ZONE), weekly: { weekdays: [], start: '08:00', end: '08:00', timeZone: 'Mars/Base' } };
    expect(faultsOfPlan(weekly, NOW, ZONE)).to.deep.equal({ weekdays: 'dayNeeded', times: 'sameTimes', zone: 'noZone' });
    expect(faultsOfPlan({ ...weekly, kind: 'once' }, NOW, ZONE), 'what is not shown is not asked for').to.deep.equal({});
  });

  it('recurs over midnight as two intervals, which are read as one again', () => {
    const weekly = { weekdays: ['saturday', 'sunday'] as const, start: '22:00', end: '06:00' };
    const intervals = intervalsOf(weekly);
    expect(intervals).to.deep.equal([
      { weekdays: ['saturday', 'sunday'], times: [{ start: '22:00', end: '24:00' }] }, { weekdays: ['monday', 'sunday'], times: [{ start: '00:00', end: '06:00' }] },
    ]);
    expect(weeklyOf(intervals)).to.include({ start: '22:00', end: '06:00' });
    expect(weeklyOf(intervals)?.weekdays).to.deep.equal(['saturday', 'sunday']);
    expect(recurringText(intervals, { locale: 'en-GB' })).to.equal('Sat, Sun 22:00–06:00');
    expect(recurringText(intervalsOf({ ...weekly, timeZone: 'Asia/Tokyo' }), { locale: 'en-GB', timeZone: ZONE })).to.equal('Sat, Sun 22:00–06:00 (Asia/Tokyo)');
    expect(intervalsOf({ weekdays: ['monday'], start: '20:00', end: '00:00' })).to.deep.equal([{ weekdays: ['monday'], times: [{ start: '20:00', end: '24:00' }] }]);
    expect(weeklyOf([{ months: [{ from: 1, to: 2 }], times: [{ start: '20:00', end: '21:00' }] }]), 'more than that').to.equal(undefined);
    expect(weeklyOf([...intervals].reverse())).to.equal(undefined);
  });

  it('keeps of one that stands what was not touched: its seconds, its patterns, times that cannot be typed here', () => {
    const kept = [{ daysOfMonth: [{ from: 1, to: 1 }] }];
    const plan = planOf({ ...standing, recurring: kept }, ZONE);
    expect(plan.kind).to.equal('kept');
    const before = { ...standing, recurring: kept };
    expect(inputOfPlan({ ...plan, why: ' Longer ' }, before, 'No reason', ZONE)).to.deep.equal({
      matchers: standing.matchers, from: standing.from, until: standing.until, why: 'Longer', recurring: kept,
    });
    expect(inputOfPlan({ ...plan, kind: 'once', until: '2026-04-01T08:00' }, before, 'No reason', ZONE)).to.include({ from: standing.from, until: '2026-04-01T06:00:00.000Z' }).and.not.to.have.property('recurring');
  });

  it('fits as the edge has it: all of them, patterns for the whole value, a missing label is empty', () => {
    const alert = firing('Lamp', { rule: 'Low stock', labels: { team: 'warehouse' } });
    const one = (name: string, value: string, more = {}) => fits(alert, [{ name, value, ...more }]);
    expect([one('rule', 'Low stock'), one('rule', 'Low'), one('rule', 'Low.*', { isRegex: true }), one('rule', 'Low', { isRegex: true })]).to.deep.equal([true, false, true, false]);
    expect([one('team', 'warehouse'), one('team', 'sales', { isEqual: false }), one('site', ''), one('site', 'x')]).to.deep.equal([true, true, true, false]);
    expect(one('rule', '(', { isRegex: true }), 'no pattern').to.equal(false);
    expect(fits(alert, [{ name: 'rule', value: 'Low stock' }, { name: 'team', value: 'sales' }])).to.equal(false);
  });
});
