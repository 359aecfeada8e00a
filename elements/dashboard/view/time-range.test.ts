import { expect } from '@open-wc/testing';
import { momentText, wallText } from './time-range.js';

const NOW = Date.UTC(2026, 2, 1, 12);

describe('a time range', () => {
  it('goes from a moment to what a clock shows and back, in any zone', () => {
    for (const zone of ['UTC', 'Europe/Madrid', 'America/St_Johns', 'Asia/Kathmandu']) {
      const wall = wallText('2026-07-14T10:30:00.000Z', zone, NOW);
      expect(momentText(wall, zone), zone).to.equal('2026-07-14T10:30:00.000Z');
    }
    expect(wallText('2026-07-14T10:30:00.000Z', 'Asia/Kathmandu', NOW)).to.equal('2026-07-14T16:15');
    expect(wallText('-24h', 'UTC', NOW)).to.equal('2026-02-28T12:00');
    for (const wrong of ['', 'x', '2026-03-01']) expect(momentText(wrong, 'UTC'), wrong).to.equal(undefined);
    for (const wrong of ['', 'garbage', '1e400', 'NaN', '__proto__', '2026-99-99', '2026-03-01 (x)']) expect(wallText(wrong, 'UTC', NOW), wrong).to.equal('');
  });
});
