import { describe, expect, it } from 'vitest';
import { createCalendar } from '../data/calendar.js';
import { climateAt } from './climate.js';
import { equipmentAt } from './equipment.js';

const calendar = createCalendar('Europe/Berlin');
const midnight = Date.parse('2026-11-23T23:00:00Z');
const hours = (count: number) => midnight + count * 3_600_000;

describe('the climate', () => {
  it('is the same at every run', () => {
    expect(climateAt('borealis', calendar, hours(9))).toEqual(climateAt('borealis', calendar, hours(9)));
    expect(climateAt('borealis', calendar, hours(9))).not.toEqual(climateAt('atlas', calendar, hours(9)));
  });

  it('is warmer and drier in the afternoon than at night, and in a hall of this world', () => {
    const day = Array.from({ length: 24 * 60 }, (_, minute) => climateAt('borealis', calendar, hours(minute / 60)));
    const mean = (from: number, to: number, name: 'celsius' | 'humidity') => day.slice(from * 60, to * 60).reduce((sum, one) => sum + one[name], 0) / ((to - from) * 60);
    expect(mean(14, 16, 'celsius') - mean(2, 4, 'celsius')).toBeGreaterThan(4);
    expect(mean(2, 4, 'humidity') - mean(14, 16, 'humidity')).toBeGreaterThan(10);
    for (const { celsius, humidity } of day) {
      expect(celsius).toBeGreaterThan(15);
      expect(celsius).toBeLessThan(24);
      expect(humidity).toBeGreaterThan(30);
      expect(humidity).toBeLessThan(70);
    }
  });

  it('does not jump', () => {
    for (let second = 0; second < 3_600; second += 5) {
      const step = climateAt('atlas', calendar, hours(8) + second * 1_000).celsius - climateAt('atlas', calendar, hours(8) + (second + 5) * 1_000).celsius;
      expect(Math.abs(step)).toBeLessThanOrEqual(0.2);
    }
  });
});

describe('the equipment', () => {
  it.each([0, 1, 50, 75, 130, 400])('of each kind moves all of %s pieces', (pieces) => {
    const all = equipmentAt(calendar, hours(12), pieces);
    expect(all).toHaveLength(6);
    for (let kind = 0; kind < 6; kind += 2) expect(all[kind]!.pieces + all[kind + 1]!.pieces).toBe(pieces);
  });

  it('is idle, runs, or has more than it can do', () => {
    const statusOf = (pieces: number, at = hours(12)) => equipmentAt(calendar, at, pieces).slice(0, 2).map(({ status }) => status);
    expect(statusOf(0)).toEqual(['idle', 'idle']);
    expect(statusOf(80)).toEqual(['running', 'idle']);
    expect(statusOf(81)).toEqual(['running', 'running']);
    expect(statusOf(400)).toEqual(['running', 'overloaded']);
    expect(statusOf(10, hours(7.5))).toEqual(['running', 'service']);
    expect(statusOf(10, hours(8))).toEqual(['running', 'idle']);
  });
});
