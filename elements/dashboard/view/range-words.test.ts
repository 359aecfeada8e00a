import { expect } from '@open-wc/testing';
import { isRelative } from '../../../sdk/data/range-end.js';
import { bringTranslation, wordsOf } from '../../core/localize.js';
import { englishView } from '../../core/view-strings.js';
import { LANGUAGES } from '../../languages.js';
import { rangeText } from './range-words.js';
import { QUICK } from './time-range.js';

const say = (from: string, to: string, timeZone?: string) => rangeText({ from, to, ...(timeZone !== undefined && { timeZone }) }, englishView, 'en', 'UTC');

describe('a time range in words', () => {
  it('is one of the usual', () => {
    for (const [from, to] of QUICK) expect(say(from, to), from).to.match(/^[A-Z][a-z]+( [\w]+)*$/);
    expect(say('-24h', 'now')).to.equal('Last 24 hours');
  });

  for (const [from, to, words] of [
    ['-2d', 'now', 'Last 2 days'], ['-36h', 'now', 'Last 36 hours'], ['-90m', 'now', 'Last 90 minutes'], ['-3mo', 'now', 'Last 3 months'], ['-1d', 'now', '1 day ago – now'],
    ['-36h', '-1h', '36 hours ago – 1 hour ago'], ['yesterday', 'now', 'Yesterday – now'], ['startOfDay', 'tomorrow', 'Today – tomorrow'], ['now', '+2w', 'Now – in 2 weeks'],
    ['startOfMonth', 'startOfWeek', 'This month – this week'], ['startOfHour', '+0h', 'This hour – in 0 hours'],
  ] as const) it(`says ${from} to ${to}`, () => expect(say(from, to)).to.equal(words));

  for (const [language, last, single, ago] of [
    ['de', 'Letzte 2 Tage', 'vor 1 Tag – jetzt', 'vor 36 Stunden'], ['fr', '2 derniers jours', 'il y a 1 jour – maintenant', 'il y a 36 heures'], ['es', 'Últimos 2 días', 'hace 1 día – ahora', 'hace 36 horas'],
    ['zh', '最近 2 天', '1天前 – 现在', '36小时前'], ['ar', 'آخر يومين', '', 'قبل 36 ساعة'],
  ] as const) {
    it(`is in the words of ${language}`, async () => {
      bringTranslation(language, (await LANGUAGES[language]!()).translation);
      const strings = wordsOf('view', englishView, language);
      const own = (from: string, to: string) => rangeText({ from, to }, strings, language, 'UTC').replace(/\s/gu, ' ');
      expect(own('-2d', 'now')).to.equal(last);
      if (single) expect(own('-1d', 'now').toLowerCase()).to.equal(single.toLowerCase());
      expect(own('-36h', '-1h').toLowerCase()).to.contain(ago.toLowerCase());
    });
  }

  it('names its zone where that is not the one of everybody', () => {
    expect(say('-1h', 'now', 'Asia/Tokyo')).to.equal('Last hour · Asia/Tokyo');
    expect(say('-1h', 'now', 'UTC')).to.equal('Last hour');
    expect(say('2026-03-01T08:00:00.000Z', 'now', 'Asia/Tokyo')).to.contain('Mar 1, 2026, 5:00').and.contain('– now · Asia/Tokyo');
    expect(say('2026-03-01T08:00:00.000Z', 'now')).to.contain('Mar 1, 2026, 8:00').and.match(/– now$/);
  });

  it('shows rubbish as it is and never fails on it', () => {
    for (const from of ['', 'garbage', '1e400', '<img src=x onerror="x=1">', 'NaN', '__proto__', 'constructor', '2026-99-99', '-999999d']) {
      expect(say(from, 'now')).to.equal(`${from} – now`);
      expect(isRelative(from)).to.equal(false);
    }
  });

  it('is by the clock that is known where it names a zone that nobody knows', () => {
    const exact = { from: '2026-03-01T08:00:00.000Z', to: 'now' };
    for (const timeZone of ['Mars/Base', '', '<b>', 'x'.repeat(60)]) {
      expect(rangeText({ ...exact, timeZone }, englishView, 'en', 'Asia/Tokyo'), timeZone).to.equal(rangeText(exact, englishView, 'en', 'Asia/Tokyo'));
    }
  });
});
