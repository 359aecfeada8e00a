import { describe, expect, it } from 'vitest';
import type { Notification } from '../../kernel/alerts.js';
import { oneLine, severalLines } from './clean.js';
import { fitted, segmentsOf } from './gsm.js';
import { createLinks } from './links.js';
import { createMessages, type MessageItem } from './message.js';
import { alert, notification, PAGE, TENANTS } from './test/notification.js';

const messageOf = (more: Partial<Notification>) => createMessages({ tenants: TENANTS, pageUrl: PAGE })(notification(more));
/** Of a pair: with the flag a whole pair is no match. */
const HALF = /\p{Cs}/u;
const over = alert({ id: 'a-9', name: 'Nuts', title: 'Nuts: stock 1 is below 5', state: 'resolved', value: 9, resolvedAt: '2026-03-02T13:40:00Z' });
const warning = alert({ id: 'a-2', severity: 'warning', title: 'Oven: temperature 231 is above 220', value: 231, operator: '>', threshold: 220 });

describe('the subject', () => {
  it.each<[Partial<Notification>, string]>([
    [{}, 'Critical: Bolts: stock 3 is below 5'],
    [{ alerts: [alert(), alert({ id: 'a-3', title: 'Nuts: stock 1 is below 5', value: 1 })] }, '2 critical: Bolts: stock 3 is below 5, Nuts: stock 1 is below 5'],
    [{ alerts: [over, warning, alert()] }, '1 critical, 1 warning, 1 resolved: Bolts: stock 3 is below 5, Oven: temperature 231 is above 220, Nuts: stock 1 is below 5'],
    [{ status: 'resolved', alerts: [over] }, 'Resolved: Nuts: stock 1 is below 5'],
    [{ reason: 'escalated' }, 'Not acknowledged, critical: Bolts: stock 3 is below 5'],
    [{ reason: 'escalated', status: 'resolved', alerts: [over] }, 'Resolved: Nuts: stock 1 is below 5'],
    [{ reason: 'repeated', alerts: [alert(), warning] }, 'Still firing, 1 critical, 1 warning: Bolts: stock 3 is below 5, Oven: temperature 231 is above 220'],
    [{ status: 'silence-ended' }, 'Silence ended, critical: Bolts: stock 3 is below 5'],
    [{ status: 'silence-ended', alerts: [] }, 'Silence ended'],
    [{ status: 'test', alerts: [] }, 'Test message of ops'],
    [{ alerts: [alert({ title: 'Bolts are low', value: 3 })] }, 'Critical: Bolts are low (3)'],
  ])('%j', (given, subject) => {
    expect(messageOf(given).subject).toBe(subject);
  });

  it('is one line of at most 180 characters, cut between characters', () => {
    const { subject } = messageOf({ alerts: [alert({ title: '🧨\r\n'.repeat(500) })] });
    expect([...subject].length).toBeLessThanOrEqual(180);
    expect(subject).not.toMatch(/[\r\n\ufffd]/);
    expect(subject).not.toMatch(HALF);
  });
});

describe('an alert in words', () => {
  const itemOf = (more: Parameters<typeof alert>[0]) => messageOf({ alerts: [alert(more)] }).items[0] as MessageItem;

  it('has value and threshold with their unit, and since when, in the zone of the tenant', () => {
    expect(itemOf({ value: 3.14159, threshold: 5, labels: { unit: 'kg', team: 'warehouse' } })).toMatchObject({
      value: '3.14 kg', comparison: 'below 5 kg', when: 'Firing since 2 Mar, 14:31 CET (12m)', details: [['Rule', 'Low stock'], ['team', 'warehouse']],
      link: 'https://erp.example/dashboard?layout=default&alert=a-1', runbook: 'https://wiki.example/low-stock',
    });
  });

  it('that is over says how long it was', () => {
    expect(messageOf({ alerts: [over] }).items[0]).toMatchObject({ status: 'Resolved', value: '9', comparison: 'was below 5', when: 'Resolved 2 Mar, 14:40 CET, after 9m' });
    expect(itemOf({ state: 'resolved', reason: 'gone' })).toMatchObject({ comparison: 'not there any more' });
    expect(itemOf({ state: 'recovering', value: 6 })).toMatchObject({ status: 'Critical', comparison: 'was below 5' });
  });

  it.each([null, undefined, '', Number.NaN, Number.POSITIVE_INFINITY, {}, [], [1], new Date(Number.NaN), 1e400])('hazard: bad shapes: the value %o is words or a dash', (value) => {
    const item = itemOf({ value, threshold: value, operator: '>' });
    expect(JSON.stringify(item)).not.toMatch(/NaN|undefined|\[object|Invalid|null/);
    expect(item.value).toMatch(/^(no data|–)$/);
  });

  it('that came from outside has no value, and nothing is said of one', () => {
    const [item] = messageOf({ alerts: [alert({ operator: undefined, value: null, threshold: null, title: 'Disk full', text: '' })] }).items as [MessageItem];
    expect([item.value, item.comparison, item.measure]).toEqual(['', '', '']);
    expect(itemOf({ value: null, reason: 'noData' })).toMatchObject({ value: 'no data', measure: 'no data' });
  });

  it('of a test leads to the page, not to an alert that is none', () => {
    const { link, items, severity } = messageOf({ status: 'test', alerts: [alert({ id: 'test' })] });
    expect({ link, item: items[0]?.link, status: items[0]?.status, severity }).toEqual({ link: PAGE.href, item: undefined, status: 'Test', severity: undefined });
  });

  it('links to http and https alone', () => {
    const { runbook } = createLinks(PAGE);
    expect(runbook('/wiki/low-stock')).toBe('https://erp.example/wiki/low-stock');
    for (const given of ['javascript:alert(1)', ' javascript:alert(1)', 'java\nscript:alert(1)', 'data:text/html,x', 'vbscript:x', 'https://erp.example@evil.example/', 'file:///etc/passwd', `https://x.example/${'a'.repeat(3_000)}`]) {
      expect(runbook(given), given).toBeUndefined();
    }
    expect(createLinks(undefined).runbook('/wiki')).toBeUndefined();
    expect(createLinks(undefined).page('a')).toBeUndefined();
    expect(createLinks(PAGE).page('a&b=c#d')).toBe('https://erp.example/dashboard?layout=default&alert=a%26b%3Dc%23d');
  });
});

describe('cleaning', () => {
  it.each([
    ['a\r\nBcc: b', 'a Bcc: b'], ['a\u2028b\u2029c', 'a b c'], ['a\u0000b\u0007', 'ab'], ['\u202egpj\u202c.exe', 'gpj.exe'], ['  a \t b  ', 'a b'], ['\ud800x', 'x'], ['👩‍👩‍👧', '👩‍👩‍👧'], ['ت\u200cن', 'ت\u200cن'],
  ])('%j becomes %j', (given, expected) => {
    expect(oneLine(given, 50)).toBe(expected);
  });

  it('keeps the lines of a text', () => {
    expect(severalLines('a\r\n\r\n\r\n\r\nb\rc\u0000\n', 50)).toBe('a\n\nb\nc');
  });

  it('looks at no more of a text than it keeps', () => {
    const long = Buffer.alloc(20_000_000, '\u202e').toString('utf8');
    const started = process.cpuUsage();
    expect(oneLine(long, 50)).toBe('');
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(50);
  });
});

describe('a short message', () => {
  it('counts parts as phones do', () => {
    expect(segmentsOf('a'.repeat(160))).toBe(1);
    expect(segmentsOf('a'.repeat(161))).toBe(2);
    expect(segmentsOf('€'.repeat(81))).toBe(2);
    expect(segmentsOf('ż'.repeat(70))).toBe(1);
    expect(segmentsOf('ż'.repeat(135))).toBe(3);
  });

  it('is cut to three, with its link whole', () => {
    const link = 'https://erp.example/dashboard?alert=6f1b2c3d-aaaa-bbbb-cccc-1234567890ab';
    for (const text of ['a'.repeat(2_000), 'ż'.repeat(2_000), '🧨'.repeat(2_000), '€'.repeat(2_000)]) {
      const whole = fitted(text, link);
      expect(segmentsOf(whole), text.slice(0, 2)).toBe(3);
      expect(whole.endsWith(` ${link}`)).toBe(true);
      expect(whole).not.toMatch(HALF);
    }
    expect(fitted('a', `https://erp.example/${'x'.repeat(2_000)}`)).toBe('a');
  });

  it('writes in the small alphabet where only dashes and quotes are typographic', () => {
    expect(fitted('Bolts – “low” … 3 × 5')).toBe('Bolts - "low" ... 3 x 5');
  });
});
