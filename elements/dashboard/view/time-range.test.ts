import { expect } from '@open-wc/testing';
import { englishView } from '../../core/view-strings.js';
import { isRelative, momentText, QUICK, rangeText, wallText } from './time-range.js';

const NOW = Date.UTC(2026, 2, 1, 12);

describe('a time range', () => {
  it('is in words where it is one of the usual', () => {
    for (const [from, to] of QUICK) expect(rangeText({ from, to }, englishView, 'en', 'UTC'), from).to.match(/^[A-Z][a-z]+( [\w]+)*$/);
    expect(rangeText({ from: '-24h', to: 'now' }, englishView, 'en', 'UTC')).to.equal('Last 24 hours');
  });

  it('names its ends otherwise: words as they are, moments by the clock of its zone', () => {
    expect(rangeText({ from: '-36h', to: '-1h' }, englishView, 'en', 'UTC')).to.equal('-36h – -1h');
    const exact = { from: '2026-03-01T08:00:00.000Z', to: 'now' };
    expect(rangeText(exact, englishView, 'en', 'UTC')).to.contain('Mar 1, 2026, 8:00').and.contain('– now');
    expect(rangeText({ ...exact, timeZone: 'Asia/Tokyo' }, englishView, 'en', 'UTC')).to.contain('5:00');
  });

  it('shows rubbish as it is and never fails on it', () => {
    for (const from of ['', 'garbage', '1e400', '<img src=x onerror="x=1">', 'NaN', '__proto__', '2026-99-99']) {
      expect(rangeText({ from, to: 'now' }, englishView, 'en', 'UTC')).to.equal(`${from} – now`);
      expect(wallText(from, 'UTC', NOW)).to.equal('');
      expect(isRelative(from)).to.equal(false);
    }
  });

  it('is by the clock that is known where it names a zone that nobody knows', () => {
    const exact = { from: '2026-03-01T08:00:00.000Z', to: 'now' };
    for (const timeZone of ['Mars/Base', '', '<b>', 'x'.repeat(60)]) {
      expect(rangeText({ ...exact, timeZone }, englishView, 'en', 'Asia/Tokyo'), timeZone).to.equal(rangeText(exact, englishView, 'en', 'Asia/Tokyo'));
    }
  });

  it('goes from a moment to what a clock shows and back, in any zone', () => {
    for (const zone of ['UTC', 'Europe/Madrid', 'America/St_Johns', 'Asia/Kathmandu']) {
      const wall = wallText('2026-07-14T10:30:00.000Z', zone, NOW);
      expect(momentText(wall, zone), zone).to.equal('2026-07-14T10:30:00.000Z');
    }
    expect(wallText('2026-07-14T10:30:00.000Z', 'Asia/Kathmandu', NOW)).to.equal('2026-07-14T16:15');
    expect(wallText('-24h', 'UTC', NOW)).to.equal('2026-02-28T12:00');
    for (const wrong of ['', 'x', '2026-03-01']) expect(momentText(wrong, 'UTC'), wrong).to.equal(undefined);
  });
});
