import type { Calendar } from '../data/calendar.js';
import { fraction } from '../data/fraction.js';

/** What the two sensors of a company's warehouse would say. */
export interface Climate {
  celsius: number;
  /** Relative humidity in per cent. */
  humidity: number;
}

const HOUR = 3_600_000;
/** Mean of the day and half of its swing, in °C. */
const DAY = { mean: 19.5, swing: 2.5 };
/** Hour of the day at which it is warmest. */
const WARMEST = 15;
/** Milliseconds from one turn of the draught to the next, and its most in °C. */
const DRAUGHT = { step: 300_000, most: 0.5 };

/**
 * Rule "climate": the temperature follows the day of the company's own zone, warmest at 15 o'clock; draughts, which are
 * the same at every run, move it by half a degree; the air is the drier the warmer it is.
 */
export function climateAt(tenant: string, calendar: Calendar, at: number): Climate {
  const hour = (at - calendar.dayStart(at)) / HOUR;
  const sun = Math.cos(((hour - WARMEST) / 24) * 2 * Math.PI);
  const celsius = DAY.mean + DAY.swing * sun + wave(`${tenant}:draught`, at, DRAUGHT.step) * DRAUGHT.most;
  const humidity = 48 - (celsius - DAY.mean) * 3.2 + wave(`${tenant}:damp`, at, DRAUGHT.step) * 1.5;
  return { celsius: round(celsius), humidity: round(humidity) };
}

/** A smooth curve in [-1, 1] through one point of `fraction` each step. */
function wave(name: string, at: number, step: number): number {
  const index = Math.floor(at / step);
  const point = (place: number) => fraction(`${name}:${place}`) * 2 - 1;
  const way = (1 - Math.cos(((at / step) - index) * Math.PI)) / 2;
  return point(index) * (1 - way) + point(index + 1) * way;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
