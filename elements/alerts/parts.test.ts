import { expect } from '@open-wc/testing';
import type { Alert } from '../../sdk/contract/alert.js';
import { englishAlerts } from '../core/alerts-strings.js';
import { firing } from '../core/test/stand-in-alerts.js';
import { AlertSpeech } from '../widget/alert-speech.js';
import { valueText } from '../widget/compared-text.js';
import { fitting, grouped, inOrder, NO_FILTER } from './filter.js';
import { firingKey, NewsWatch } from './news.js';
import { recurringText } from './recurring-text.js';
import { endOf, matchersFor, scopesOf } from './silence-input.js';
import { dayText, rangeText } from './times.js';

const DISPLAY = { locale: 'en', timeZone: 'UTC' };
const SPEECH = new AlertSpeech({ words: englishAlerts, display: DISPLAY, ruleOf: () => undefined, definitionOf: () => undefined });

describe('values of alerts', () => {
  for (const [value, text] of [
    [0, '0'], [3, '3'], [5412, '5,412'], [12.345, '12.35'], [0.0734, '0.0734'], [-0.00012345, '-0.000123'], [0.5, '0.5'], [1e-9, '0.000000001'], [null, '–'], [undefined, '–'],
    [Number.NaN, '–'], [Number.POSITIVE_INFINITY, '–'], ['', '–'], ['open', 'open'], [true, 'true'], [{}, '–'], [[], '–'], [[1, 2], '1, 2'], ['x'.repeat(200), `${'x'.repeat(80)}…`],
  ] as [unknown, string][]) {
    it(`writes ${typeof value === 'number' ? String(value) : JSON.stringify(value)} as ${text.slice(0, 12)}`, () => expect(valueText(value, DISPLAY)).to.equal(text));
  }

  it('says in words how a value stands to the limit, and nothing where there is none', () => {
    const said = (operator: unknown, threshold: unknown) => SPEECH.crossed(firing('x', { operator: operator as Alert['operator'], threshold }));
    expect(said('<', 5)).to.equal('below 5');
    expect(said('>=', 0.05)).to.equal('at least 0.05');
    expect(said('contains', 'fail')).to.equal('contains fail');
    expect(said(undefined, null)).to.equal('');
    expect(said('constructor', 5)).to.equal('');
  });

  it('says once what value and limit both say', () => {
    const failed = firing('x', { value: 'failed', operator: '=', threshold: 'failed' });
    expect([SPEECH.crossing(failed), SPEECH.signs(failed)]).to.deep.equal(['failed', 'failed']);
    const none = firing('x', { value: null, operator: '=', threshold: 'failed' });
    expect(SPEECH.crossed(none)).to.equal('equals failed');
  });
});

describe('lists of alerts', () => {
  const alerts = [
    firing('A', { id: 'a', widgetId: 'one', severity: 'critical' }), firing('B', { id: 'b', widgetId: 'two' }), firing('C', { id: 'c', widgetId: 'one' }), firing('D', { id: 'd', widgetId: 'two', silencedBy: 's' }),
    firing('E', { id: 'e', widgetId: 'three', severity: 'odd' as never }), firing('F', { id: 'f', state: 'error' }),
  ];

  it('are grouped by severity, then by widget, what is quiet last', () => {
    const groups = grouped(alerts.slice(0, 5));
    expect(groups.map(({ severity, count }) => [severity, count])).to.deep.equal([['critical', 1], ['warning', 3], ['info', 1]]);
    expect(inOrder(groups).map(({ id }) => id)).to.deep.equal(['a', 'b', 'd', 'c', 'e']);
  });

  it('fit by state, and by words in any field', () => {
    expect(fitting(alerts, { ...NO_FILTER, state: 'missing' }, undefined).map(({ id }) => id)).to.deep.equal(['f']);
    expect(fitting(alerts, { ...NO_FILTER, words: ' fur-C  LOW ' }, undefined).map(({ id }) => id)).to.deep.equal(['c']);
    expect(fitting(alerts, { ...NO_FILTER, mine: true }, undefined)).to.deep.equal([]);
  });
});

describe('news of alerts', () => {
  const a = firing('A', { id: 'a' });
  const keys = (alerts: readonly Alert[]) => alerts.map(firingKey);

  it('is what was not there when one looked last; each firing of an alert is another', () => {
    const watch = new NewsWatch();
    expect(watch.look([a], false)).to.deep.equal({ started: [], ended: [], isFirst: true });
    expect(watch.look([{ ...a, value: 1, state: 'recovering' }], false)).to.deep.equal({ started: [], ended: [], isFirst: false });
    expect(keys(watch.look([], false).ended)).to.deep.equal(keys([a]));
    const again = { ...a, firedAt: '2030-01-01T00:00:00.000Z' };
    expect(keys(watch.look([again], false).started)).to.deep.equal(keys([again]));
  });

  it('is not what is acknowledged already, nor what is only missing because the list is cut', () => {
    const watch = new NewsWatch();
    watch.look([a], false);
    const acked = firing('B', { id: 'b', ack: { by: 'x', at: '' } });
    expect(watch.look([acked], true)).to.deep.equal({ started: [], ended: [], isFirst: false });
    expect(watch.look([a, acked], true).started).to.deep.equal([]);
  });
});

describe('what a silence is made of', () => {
  it('this alert, its rule, its widget; what came from outside is told apart by its labels', () => {
    const inner = firing('A', { id: 'a', key: 'FUR-1' });
    expect(matchersFor(inner, 'widget')).to.deep.equal([{ name: 'widgetId', value: 'stock' }]);
    expect(matchersFor(inner, 'alert').at(-1)).to.deep.equal({ name: 'key', value: 'FUR-1' });
    const outer = firing('B', { id: 'b', widgetId: undefined, key: '', labels: { instance: 'i:1' } });
    expect(scopesOf(outer)).to.deep.equal(['alert', 'rule']);
    expect(matchersFor(outer, 'alert')).to.deep.equal([{ name: 'widgetId', value: '' }, { name: 'rule', value: 'Low stock' }, { name: 'key', value: '' }, { name: 'instance', value: 'i:1' }]);
  });

  it('says on which days it comes again, between which times, and that there is more to it', () => {
    const said = (...intervals: Parameters<typeof recurringText>[0]) => recurringText(intervals, { locale: 'en-GB', timeZone: 'Asia/Tokyo' });
    expect(said({ weekdays: ['sunday', 'saturday'], times: [{ start: '06:00', end: '09:30' }] })).to.equal('Sat, Sun 06:00–09:30');
    expect(said({ times: [{ start: '22:00', end: '24:00' }] }, { daysOfMonth: [{ from: 1, to: 3 }] })).to.equal('22:00–00:00; …');
    expect(said({})).to.equal('');
    expect(said({ times: [{ start: 'soon', end: '' }] })).not.to.contain('NaN');
  });

  it('says from when to when, and nothing of what are no moments', () => {
    expect(rangeText('2026-03-01T08:00:00Z', '2026-03-02T10:30:00Z', DISPLAY).replaceAll(/\s/g, ' ')).to.equal('Mar 1, 2026, 8:00 AM – Mar 2, 2026, 10:30 AM');
    expect(rangeText('2026-03-02T08:00:00Z', '2026-03-01T08:00:00Z', DISPLAY)).to.equal('');
    expect(rangeText('', 'never', DISPLAY)).to.equal('');
  });

  it('says today and yesterday by the calendar of the tenant, also where a day has 23 hours or 25', () => {
    const real = Date.now;
    const said = (now: string, moment: string, timeZone: string) => {
      Date.now = () => Date.parse(now);
      try {
        return dayText(moment, { today: 'Today', yesterday: 'Yesterday' }, { locale: 'en', timeZone });
      } finally {
        Date.now = real;
      }
    };
    // Berlin puts its clock forward on March 29, 2026 and back on October 25; it is the Monday's first half hour, and the Sunday's last.
    expect(said('2026-03-29T22:30:00Z', '2026-03-29T10:00:00Z', 'Europe/Berlin')).to.equal('Yesterday');
    expect(said('2026-03-29T22:30:00Z', '2026-03-28T10:00:00Z', 'Europe/Berlin')).to.equal('Saturday, March 28, 2026');
    expect(said('2026-10-25T22:30:00Z', '2026-10-24T10:00:00Z', 'Europe/Berlin')).to.equal('Yesterday');
    expect(said('2026-10-25T22:30:00Z', '2026-10-25T10:00:00Z', 'Europe/Berlin')).to.equal('Today');
    // Yesterday was in the last month, and is today elsewhere.
    expect(said('2026-02-28T15:30:00Z', '2026-02-28T14:00:00Z', 'Asia/Tokyo')).to.equal('Yesterday');
    expect(said('2026-02-28T15:30:00Z', '2026-02-28T14:00:00Z', 'UTC')).to.equal('Today');
  });

  it('ends after hours, in the morning of the tenant, or when it is said there', () => {
    const zone = 'Asia/Tokyo';
    const now = Date.parse('2026-02-28T16:30:00Z');
    expect(endOf(4, '', now, zone) - now).to.equal(4 * 3_600_000);
    expect(new Date(endOf('tomorrow', '', now, zone)).toISOString(), 'there it is the first of March').to.equal('2026-03-01T23:00:00.000Z');
    expect(new Date(endOf('custom', '2026-03-05T10:00', now, zone)).toISOString()).to.equal('2026-03-05T01:00:00.000Z');
    expect(endOf('custom', '', now, zone)).to.be.NaN;
    expect(endOf('custom', 'soon', now, zone)).to.be.NaN;
  });
});
