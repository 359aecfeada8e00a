import { expect } from '@open-wc/testing';
import { relativeOf } from './relative-input.js';
import { stepped } from './time-step.js';

const NOW = Date.UTC(2026, 2, 1, 12);
const DAY = { from: '2026-02-26T00:00:00.000Z', to: '2026-02-27T00:00:00.000Z' };

describe('a step from a time range', () => {
  it('goes back and forward by its length', () => {
    expect(stepped(DAY, 'back', 'UTC', NOW)).to.deep.equal({ from: '2026-02-25T00:00:00.000Z', to: '2026-02-26T00:00:00.000Z' });
    expect(stepped(DAY, 'forward', 'UTC', NOW)).to.deep.equal({ from: '2026-02-27T00:00:00.000Z', to: '2026-02-28T00:00:00.000Z' });
    expect(stepped({ from: '-6h', to: 'now' }, 'back', 'UTC', NOW)).to.deep.equal({ from: '2026-03-01T00:00:00.000Z', to: '2026-03-01T06:00:00.000Z' });
  });

  it('out is twice as long, and not into the future where the range is not', () => {
    expect(stepped(DAY, 'out', 'UTC', NOW)).to.deep.equal({ from: '2026-02-25T12:00:00.000Z', to: '2026-02-27T12:00:00.000Z' });
    expect(stepped({ from: '-6h', to: 'now' }, 'out', 'UTC', NOW)).to.deep.equal({ from: '2026-03-01T00:00:00.000Z', to: '2026-03-01T12:00:00.000Z' });
    expect(stepped({ from: 'now', to: '+2h' }, 'out', 'UTC', NOW)).to.deep.equal({ from: '2026-03-01T11:00:00.000Z', to: '2026-03-01T15:00:00.000Z' });
  });

  it('is by the clock of its zone, and keeps that', () => {
    expect(stepped({ from: 'today', to: 'now', timeZone: 'Asia/Tokyo' }, 'back', 'UTC', NOW)).to.deep.equal({ from: '2026-02-27T18:00:00.000Z', to: '2026-02-28T15:00:00.000Z', timeZone: 'Asia/Tokyo' });
  });

  it('is none from what is no time, is backwards or leaves the calendar', () => {
    for (const [from, to] of [['banana', 'now'], ['now', '-1h'], ['now', 'now'], ['', '']] as const) expect(stepped({ from, to }, 'back', 'UTC', NOW), from).to.equal(undefined);
    let range: ReturnType<typeof stepped> = { from: '-90000y', to: 'now' };
    for (let step = 0; step < 5 && range; step += 1) range = stepped(range, 'out', 'UTC', NOW);
    expect(range).to.equal(undefined);
  });
});

describe('a relative time that somebody writes', () => {
  for (const [written, meant] of [
    ['-6h', '-6h'], [' today ', 'today'], ['now-6h', '-6h'], ['now - 6h', '-6h'], ['now-3M', '-3mo'], ['now-5m', '-5m'], ['now+1d', '+1d'], ['now/d', 'today'], ['now-1d/d', 'yesterday'], ['now/M', 'startOfMonth'],
    ['now-6', undefined], ['now-1d/w', undefined], ['6h', undefined], ['banana', undefined], ['constructor', undefined], ['', undefined],
  ] as const) it(`may be ${JSON.stringify(written)}`, () => expect(relativeOf(written)).to.equal(meant));
});
