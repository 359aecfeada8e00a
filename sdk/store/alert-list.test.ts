import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AlertQuery, Carrier, CcmClient } from '../client/client.js';
import { CcmError } from '../client/errors.js';
import { createListeners } from '../client/listeners.js';
import type { Alert, AlertPage } from '../contract/alert.js';
import { alertListOf } from './alert-list.js';

const alert = (id: string, more: Partial<Alert> = {}): Alert => ({
  id, widgetId: 'stock', rule: 'Low', ruleId: 'r', key: id, name: id, state: 'firing', severity: 'warning', value: 1, threshold: 5, title: id, labels: {},
  since: '2026-01-01T00:00:00.000Z', firedAt: '2026-01-01T00:00:00.000Z', ...more,
});

/** A client as far as the list knows it. */
function standIn(list: (query: AlertQuery) => AlertPage | Promise<AlertPage>) {
  const alerts = createListeners<Alert>();
  const carriers = createListeners<Carrier>();
  const state = { carrier: 'ws' as Carrier, asked: 0, woken: 0, refreshed: new Set<string>() };
  const client = {
    connection: { get carrier() { return state.carrier; }, onChange: carriers.add, wake: () => void (state.woken += 1) },
    onAlert: alerts.add,
    refresh: (id: string) => void state.refreshed.add(id),
    alerts: { list: async (query: AlertQuery) => { state.asked += 1; return list(query); } },
  } as unknown as CcmClient;
  return {
    client, state, alerts,
    push: (one: Alert) => alerts.tell(one),
    carry(carrier: Carrier) {
      state.carrier = carrier;
      carriers.tell(carrier);
    },
  };
}

const ids = (client: CcmClient) => alertListOf(client).alerts.map(({ id }) => id);
const settle = () => vi.advanceTimersByTimeAsync(100);

describe('the list of alerts', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is loaded once for all who look, the worst and newest first, without what is over', async () => {
    const { client, state } = standIn(() => ({
      items: [alert('old'), alert('new', { firedAt: '2026-02-01T00:00:00.000Z' }), alert('bad', { severity: 'critical' }), alert('over', { state: 'resolved' })], me: 'anna', mayManage: false,
    }));
    const told = vi.fn();
    alertListOf(client).subscribe(told);
    alertListOf(client).subscribe(told);
    expect(alertListOf(client).state).toBe('loading');
    await settle();
    expect(ids(client)).toEqual(['bad', 'new', 'old']);
    expect(alertListOf(client)).toMatchObject({ state: 'ready', me: 'anna', mayManage: false, isCut: false });
    expect(state.asked).toBe(1);
    expect(told).toHaveBeenCalledTimes(2);
    expect(alertListOf(client).of('stock').length).toBe(3);
    expect(alertListOf(client).of('other')).toEqual([]);
  });

  it('follows what is pushed, told as one change', async () => {
    const { client, push } = standIn(() => ({ items: [alert('a')] }));
    const told = vi.fn();
    alertListOf(client).subscribe(told);
    await settle();
    told.mockClear();
    push(alert('b'));
    push(alert('a', { value: 2 }));
    push(alert('b', { state: 'resolved' }));
    push(null as never);
    await settle();
    expect(told).toHaveBeenCalledTimes(1);
    expect(alertListOf(client).alerts).toEqual([alert('a', { value: 2 })]);
  });

  it('what is pushed while it is read is newer than what is read', async () => {
    let answer: (page: AlertPage) => void = () => {};
    const { client, push } = standIn(() => new Promise((resolve) => (answer = resolve)));
    alertListOf(client).subscribe(() => {});
    push(alert('a', { state: 'resolved' }));
    push(alert('b', { value: 7 }));
    answer({ items: [alert('a'), alert('b')] });
    await settle();
    expect(alertListOf(client).alerts).toEqual([alert('b', { value: 7 })]);
  });

  it('is read again when news come again, also where a reading was under way that may be older', async () => {
    let answers: ((page: AlertPage) => void)[] = [];
    const { client, state, carry } = standIn(() => new Promise((resolve) => answers.push(resolve)));
    state.carrier = 'off';
    alertListOf(client).subscribe(() => {});
    carry('ws');
    expect(answers.length).toBe(1);
    answers[0]!({ items: [] });
    await settle();
    expect(answers.length).toBe(2);
    answers[1]!({ items: [alert('a')] });
    await settle();
    expect(ids(client)).toEqual(['a']);
    carry('off');
    answers = [];
    carry('sse');
    await settle();
    expect(answers.length).toBe(1);
  });

  it('wakes a connection that waits for its next try once the edge answers, and asks for the widgets: they would be older than their alerts', async () => {
    let fault: CcmError | undefined;
    const { client, state, carry } = standIn(() => {
      if (fault) throw fault;
      return { items: [alert('a')] };
    });
    alertListOf(client).subscribe(() => {});
    await settle();
    fault = new CcmError('network', 'Gone.');
    carry('off');
    await vi.advanceTimersByTimeAsync(60_000);
    expect([alertListOf(client).fault?.code, state.woken, state.refreshed.size]).toEqual(['network', 0, 0]);
    fault = undefined;
    await vi.advanceTimersByTimeAsync(45_000);
    expect(alertListOf(client).fault).toBeUndefined();
    expect(state.woken).toBeGreaterThan(0);
    expect([...state.refreshed]).toEqual(['stock']);
  });

  it('is read every 30 seconds where nothing is pushed, while somebody looks at a page that is seen', async () => {
    const { client, state } = standIn(() => ({ items: [] }));
    state.carrier = 'poll';
    const signals = createListeners<void>();
    const page = { hidden: false, onChange: signals.add };
    const off = alertListOf(client, page).subscribe(() => {});
    await settle();
    expect(state.asked).toBe(1);
    await vi.advanceTimersByTimeAsync(61_000);
    expect(state.asked).toBe(3);
    page.hidden = true;
    signals.tell();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(state.asked).toBe(3);
    page.hidden = false;
    signals.tell();
    await settle();
    expect(state.asked).toBe(4);
    off();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(state.asked).toBe(4);
  });

  it('keeps at most a thousand, reads no further, and says so', async () => {
    const { client, state, push } = standIn(({ cursor = '0', limit = 50 }) => ({ items: Array.from({ length: limit }, (_, index) => alert(`n${cursor}-${index}`)), cursor: String(Number(cursor) + 1) }));
    alertListOf(client).subscribe(() => {});
    await settle();
    expect(alertListOf(client)).toMatchObject({ isCut: true });
    expect(alertListOf(client).alerts.length).toBe(1000);
    expect(state.asked).toBe(5);
    push(alert('worst', { severity: 'critical' }));
    await settle();
    expect(alertListOf(client).alerts.length).toBe(1000);
    expect(ids(client)[0]).toBe('worst');
  });

  it('goes on over pages with nothing to see, but not for ever', async () => {
    const { client, state } = standIn(({ cursor = '0' }) => (cursor === '2' ? { items: [alert('a')] } : { items: [], cursor: String(Number(cursor) + 1) }));
    alertListOf(client).subscribe(() => {});
    await settle();
    expect(ids(client)).toEqual(['a']);
    expect(state.asked).toBe(3);
    const endless = standIn(() => ({ items: [], cursor: 'same' }));
    alertListOf(endless.client).subscribe(() => {});
    await settle();
    expect(endless.state.asked).toBe(20);
    expect(alertListOf(endless.client).state).toBe('ready');
  });

  it('keeps what it has where a reading fails, tries again, and forgets all where it may not be seen', async () => {
    let fault: CcmError | undefined;
    const { client, carry } = standIn(() => {
      if (fault) throw fault;
      return { items: [alert('a')] };
    });
    alertListOf(client).subscribe(() => {});
    await settle();
    fault = new CcmError('network', 'Gone.');
    carry('off');
    carry('ws');
    await settle();
    expect(ids(client)).toEqual(['a']);
    expect(alertListOf(client)).toMatchObject({ state: 'ready', fault: { code: 'network' } });
    fault = undefined;
    await vi.advanceTimersByTimeAsync(31_000);
    expect(alertListOf(client).fault).toBeUndefined();
    fault = new CcmError('forbidden', 'No.');
    await alertListOf(client).reload();
    expect(ids(client)).toEqual([]);
    expect(alertListOf(client).state).toBe('failed');
  });

  it('hears nothing any more once nobody looks', async () => {
    const { client, alerts } = standIn(() => ({ items: [] }));
    const off = alertListOf(client).subscribe(() => {});
    const other = alertListOf(client).subscribe(() => {});
    off();
    off();
    expect(alerts.size).toBe(1);
    other();
    expect(alerts.size).toBe(0);
  });
});
