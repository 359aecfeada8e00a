import { describe, expect, it } from 'vitest';
import type { Format } from '../contract/display.js';
import { createFormatter } from './format.js';

// Intl's own spaces, so that the tables below can be read.
const write = (value: unknown, format?: Format, options = {}) =>
  createFormatter({ locale: 'en-US', timeZone: 'Europe/Berlin', currency: 'EUR', now: () => Date.parse('2025-10-19T12:00:00Z'), ...options })
    .format(value, format).replace(/[\u00a0\u202f]/g, ' ');

describe('createFormatter', () => {
  it.each<[unknown, Format | undefined, string]>([
    [1234.567, undefined, '1,234.57'],
    ['1234.567', undefined, '1234.567'],
    ['1234.567', 'number', '1,234.57'],
    [1234.5, { style: 'number', digits: 0 }, '1,235'],
    [1234.5, { style: 'number', digits: 2 }, '1,234.50'],
    [12345, { style: 'number', compact: true }, '12.3K'],
    [999e12, { style: 'number', compact: true }, '999T'],
    [1.5e18, { style: 'number', compact: true, unit: 'W' }, '1.5E18 W'],
    [-1e300, { style: 'currency', compact: true }, '-1E300'],
    [47, { style: 'number', unit: 'orders' }, '47 orders'],
    [21.5, { style: 'number', unit: '°C', digits: 1 }, '21.5 °C'],
    [15234.5, 'currency', '€15,234.50'],
    [15234.5, { style: 'currency', currency: 'USD' }, '$15,234.50'],
    [15234.5, { style: 'currency', digits: 0 }, '€15,235'],
    [15234.5, { style: 'currency', compact: true }, '€15.2K'],
    [1999, { style: 'currency', minorUnits: true }, '€19.99'],
    [1999, { style: 'currency', currency: 'JPY', minorUnits: true }, '¥1,999'],
    [12.5, 'percent', '12.5%'],
    [-3, 'percent', '-3%'],
    [0, 'percent', '0%'],
    [99.954, { style: 'percent', digits: 2 }, '99.95%'],
    [512, 'bytes', '512 byte'],
    [1_500_000, 'bytes', '1.5 MB'],
    [999_999, 'bytes', '1 MB'],
    [0, 'duration', '0s'],
    [45, 'duration', '45s'],
    [0.32, 'duration', '320ms'],
    [320, { style: 'duration', unit: 'ms' }, '320ms'],
    [4980, 'duration', '1h 23m'],
    [3600, 'duration', '1h'],
    [3599.7, 'duration', '1h'],
    [86_399, 'duration', '1d'],
    [200_000, 'duration', '2d 8h'],
    [-90, 'duration', '-1m 30s'],
    ['2025-10-19T23:30:00Z', 'date', 'Oct 20, 2025'],
    ['2025-10-19', 'date', 'Oct 19, 2025'],
    ['2025-10-19T14:30:00Z', 'datetime', 'Oct 19, 2025, 4:30 PM'],
    ['2025-10-19T14:30', 'datetime', 'Oct 19, 2025, 2:30 PM'],
    [1760884200, 'date', 'Oct 19, 2025'],
    ['2025-10-19T11:55:00Z', 'relative', '5 min. ago'],
    ['2025-10-18T11:00:00Z', 'relative', 'yesterday'],
    ['2025-10-19T12:00:00Z', 'relative', 'now'],
    ['2025-10-21T12:00:00Z', 'relative', 'in 2 days'],
    ['<b>', 'text', '<b>'],
    [7, 'text', '7'],
    [true, undefined, 'true'],
    [['a', 'b', 3], undefined, 'a, b, 3'],
  ])('writes %j as %j: %s', (value, format, expected) => {
    expect(write(value, format)).toBe(expected);
  });

  it('writes in the locale', () => {
    expect(write(1234.5, 'currency', { locale: 'de' })).toBe('1.234,50 €');
    expect(write('2025-10-19', 'date', { locale: 'de' })).toBe('19.10.2025');
    expect(write(12.5, 'percent', { locale: 'de' })).toBe('12,5 %');
  });

  it('keeps sign and currency of an amount together where words run from right to left', () => {
    expect(write(1234.5, { style: 'currency', currency: 'USD' }, { locale: 'ar' })).toBe('\u200f1,234.50 US$\u200e');
    expect(write(-1234.5, { style: 'currency', currency: 'USD' }, { locale: 'ar' })).toBe('\u200f\u200e-1,234.50\u200f US$\u200e');
    expect(write(1234.5, { style: 'currency', currency: 'SAR' }, { locale: 'ar' })).toMatch(/^\u200f1,234\.50 \D+$/);
    expect(write(-1234.5, { style: 'currency', currency: 'USD' })).toBe('-$1,234.50');
  });

  it('writes a compact amount below zero as a whole one, sign and currency where they are', () => {
    const compact = (currency: string, locale: string, value = -1_234_567) => write(value, { style: 'currency', currency, compact: true }, { locale });
    for (const currency of ['SAR', 'EGP', 'EUR']) expect(compact(currency, 'ar')).toMatch(/^\u200f\u200e-1\.2\u200f مليون \D+$/);
    expect(compact('USD', 'ar')).toBe('\u200f\u200e-1.2\u200f مليون US$\u200e');
    expect(compact('USD', 'ar', -12)).toBe('\u200f\u200e-12\u200f US$\u200e');
    expect(compact('ILS', 'he')).toMatch(/^\u200f\u200e-1\.2M/);
    expect(write(-1234.5, { style: 'currency', currency: 'USD' }, { locale: 'ar-EG' })).toMatch(/-١٬٢٣٤٫٥٠ US\$\u200e$/);
    expect(compact('USD', 'ar', 1_234_567)).toBe('\u200f1.2 مليون US$\u200e');
    expect(compact('SAR', 'en')).toBe('-SAR 1.2M');
  });

  it('guesses no currency', () => {
    expect(write(1234.5, 'currency', { currency: undefined })).toBe('1,234.50');
  });

  it.each(['number', 'currency', 'percent', 'bytes', 'duration', 'date', 'datetime', 'relative', 'text'] as const)(
    'hazard: bad shapes: writes what is no value as – (%s)', (style) => {
      for (const value of [null, undefined, '', NaN, Infinity, {}, [], () => 1]) {
        if (style === 'text' && typeof value === 'function') continue;
        expect(write(value, style)).toBe('–');
      }
      if (style !== 'text') {
        for (const value of ['n/a', 'NaN', true, ['x']]) expect(write(value, style)).toBe('–');
      }
    });

  it('hazard: bad shapes: survives settings that Intl refuses', () => {
    const wrong = { locale: 'not_a_locale!', timeZone: 'Mars/Olympus', currency: '<b>' };
    expect(() => write(1.5, 'currency', wrong)).not.toThrow();
    expect(() => write('2025-10-19T14:30:00Z', 'datetime', wrong)).not.toThrow();
    expect(write(1.5, { style: 'number', digits: 400 })).toHaveLength('1.'.length + 20);
    expect(write(1.5, { style: 'number', digits: -3 })).toBe('2');
    expect(write(1.5, { style: 'currency', currency: 'toolong' })).toBe('1.50');
    expect(write(1.5, { style: 'unheard-of' } as unknown as Format)).toBe('1.5');
  });
});
