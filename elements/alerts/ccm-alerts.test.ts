import { expect } from '@open-wc/testing';
import { details, justNow, line, lines, mountAlerts, press, reconnect, root, startAlerts, text, titles, untilLines, untilLive } from '../core/test/alerts-on-page.js';
import { HOSTILE } from '../core/test/samples.js';
import { firing, type StandInAlerts } from '../core/test/stand-in-alerts.js';
import { until, type StandIn } from '../core/test/stand-in-edge.js';
import type { CcmAlerts } from './ccm-alerts.js';

const message = (element: CcmAlerts) => text(root(element).querySelector('.message'));
const chip = (element: CcmAlerts, words: string) => [...root(element).querySelectorAll<HTMLButtonElement>('.filters .chip')].find((one) => text(one).startsWith(words))!;

describe('ccm-alerts', () => {
  let edge: StandIn;
  let api: StandInAlerts;

  before(async () => {
    ({ edge, api } = await startAlerts());
  });
  after(() => edge.close());
  beforeEach(() => {
    edge.cut(false);
    api.reset(
      firing('Lamp is low', { id: 'lamp', value: 3, labels: { team: 'warehouse' } }),
      firing('Desk is out', { id: 'desk', severity: 'critical', value: 0, threshold: 1, runbook: 'https://wiki.test/desk', assignee: 'ben' }),
      firing('Backup took long', { id: 'backup', severity: 'info', widgetId: 'backup', rule: 'Slow backup', operator: '>', value: 0.0734, threshold: 0.05 }),
      firing('Forklift is silent', { id: 'fork', widgetId: undefined, rule: 'InstanceDown', operator: undefined, threshold: null, value: null }),
      firing('Shelf waits', { id: 'shelf', state: 'pending' }),
    );
  });

  async function shown(given: Parameters<typeof mountAlerts>[0] = {}): Promise<CcmAlerts> {
    const element = await mountAlerts(given);
    await until('it is read', () => lines(element).length > 0 || root(element).querySelector('.message') !== null);
    return element;
  }

  it('shows an outline after a moment, then what fires: the worst first, by widget', async () => {
    const letGo = api.hold();
    const element = await mountAlerts();
    expect(root(element).querySelector('.ghost')).to.equal(null);
    await until('the outline is shown', () => root(element).querySelector('.ghost') !== null);
    letGo();
    await untilLines(element, 4);
    expect(titles(element)).to.deep.equal(['Desk is out', 'Lamp is low', 'Forklift is silent', 'Backup took long']);
    expect([...root(element).querySelectorAll('.group > h3')].map(text)).to.deep.equal(['Critical 1', 'Warning 2', 'Info 1']);
    await until('widgets are named', () => [...root(element).querySelectorAll('h4')].map(text).includes('Stock levels'));
    expect([...root(element).querySelectorAll('h4')].map(text)).to.deep.equal(['Stock levels', 'Stock levels', 'Other systems', 'backup']);
    expect(text(root(element).querySelector('.sum'))).to.equal('1 critical, 2 warnings, 1 info');
  });

  it('says of each the value and the limit that it crossed, since when, and who has it', async () => {
    const element = await shown();
    expect(text(line(element, 'desk'))).to.contain('0below 1').and.contain('Low stock').and.contain('3 min ago').and.contain('Assigned to ben').and.contain('Critical');
    expect(line(element, 'desk')!.querySelector('time')!.title).to.match(/\d{4}/);
    expect(text(line(element, 'backup'))).to.contain('0.0734above 0.05');
    expect(line(element, 'fork')!.querySelector('.number'), 'nothing was compared').to.equal(null);
    expect(text(line(element, 'lamp'))).to.contain('team: warehouse');
  });

  it('scrolls in itself where details fit beside the list: who opens one keeps their place', async () => {
    api.reset(...Array.from({ length: 40 }, (_, index) => firing(`Alert ${index}`, { id: `a${index}` })));
    const element = await mountAlerts();
    await untilLines(element, 40);
    expect(element.offsetHeight).to.be.at.most(Math.max(480, innerHeight));
    const list = root(element).querySelector<HTMLElement>('.scroll')!;
    expect(list.scrollHeight).to.be.greaterThan(list.clientHeight + 500);
    list.scrollTop = 1000;
    await new Promise(requestAnimationFrame);
    const before = list.scrollTop;
    const seen = lines(element).find((one) => one.getBoundingClientRect().top > list.getBoundingClientRect().top + 40)!;
    seen.querySelector<HTMLElement>('.what')!.click();
    await until('its details are shown', () => details(element) !== null);
    await until('they have the focus', () => root(element).activeElement?.id === 'chosen');
    expect(list.scrollTop).to.be.closeTo(before, 200);
    const { top, bottom } = list.getBoundingClientRect();
    expect(seen.getBoundingClientRect().top).to.be.within(top - 200, bottom + 200);
    const frame = element.getBoundingClientRect();
    expect(details(element)!.querySelector('h3')!.getBoundingClientRect().top).to.be.within(frame.top, frame.bottom);
  });

  it('is calm where nothing fires, and says what went wrong where the list cannot be read, until it can', async () => {
    api.reset();
    expect(message(await shown())).to.contain('Nothing needs you');
    api.refuse = { LIST: 'store_unavailable' };
    const element = await mountAlerts();
    await until('it failed', () => message(element).includes('could not be loaded'));
    api.reset(firing('Lamp is low'));
    root(element).querySelector<HTMLButtonElement>('.message-action')!.click();
    await untilLines(element, 1);
  });

  it('says neutrally that it is not for this viewer', async () => {
    api.refuse = { LIST: 'forbidden' };
    expect(message(await shown())).to.contain('Not available to you');
  });

  it('names the missing edge', async () => {
    const element = await mountAlerts({ edge: 'javascript:alert(1)' });
    await until('it says so', () => message(element).includes('No edge'));
  });

  it('follows what is pushed: another value, who has it, one that is new, one that is over', async () => {
    const before = edge.sockets;
    const element = await shown();
    await untilLive(edge, before);
    edge.send(api.change('lamp', { value: 1, assignee: 'cara' }));
    await until('it changed', () => text(line(element, 'lamp')).includes('1below 5') && text(line(element, 'lamp')).includes('Assigned to cara'));
    edge.send(api.add(firing('Chair is out', { id: 'chair', severity: 'critical', ...justNow() })));
    await until('it is there, first', () => titles(element)[0] === 'Chair is out');
    edge.send(api.change('chair', { state: 'resolved' }));
    await until('it is gone', () => line(element, 'chair') === undefined);
  });

  it('reads again after a gap in what is pushed', async () => {
    const before = edge.sockets;
    const element = await shown();
    await untilLive(edge, before);
    await reconnect(edge, () => {
      api.change('lamp', { state: 'resolved' });
      api.add(firing('Came meanwhile', { id: 'meanwhile', ...justNow() }));
    });
    await until('it knows', () => line(element, 'meanwhile') !== undefined && line(element, 'lamp') === undefined);
  });

  it('narrows down by words, severity, state, and what is mine', async () => {
    api.alerts = api.alerts.map((one) => (one.id === 'lamp' ? { ...one, ack: { by: 'anna', at: new Date().toISOString() } } : one));
    const element = await shown();
    const search = root(element).querySelector<HTMLInputElement>('.search')!;
    const write = async (words: string) => {
      search.value = words;
      search.dispatchEvent(new Event('input'));
      await element.updateComplete;
    };
    await write('WAREHOUSE low');
    expect(titles(element)).to.deep.equal(['Lamp is low']);
    await write('nowhere');
    expect(message(element)).to.contain('No alert fits');
    root(element).querySelector<HTMLButtonElement>('.message-action')!.click();
    await element.updateComplete;
    chip(element, 'Critical').click();
    await element.updateComplete;
    expect(titles(element)).to.deep.equal(['Desk is out']);
    expect(chip(element, 'Critical').ariaPressed).to.equal('true');
    chip(element, 'All').click();
    chip(element, 'Mine').click();
    await element.updateComplete;
    expect(titles(element)).to.deep.equal(['Lamp is low']);
    chip(element, 'Mine').click();
    await element.updateComplete;
    chip(element, 'Waiting').click();
    await element.updateComplete;
    expect(titles(element)).to.deep.equal(['Shelf waits']);
  });

  it('shows from the severity on that it is given', async () => {
    const element = await shown({ severity: 'warning' });
    expect(titles(element)).to.deep.equal(['Desk is out', 'Lamp is low', 'Forklift is silent']);
    expect(text(root(element).querySelector('.sum'))).to.equal('1 critical, 2 warnings');
  });

  it('mutes what nobody is told of, last of its kind, and says why', async () => {
    api.silences = [{ id: 's1', matchers: [{ name: 'key', value: 'x' }], from: '2026-01-01T00:00:00Z', until: '2036-01-01T08:00:00Z', why: 'Stocktaking', createdBy: 'ben', state: 'active' }];
    api.alerts = api.alerts.map((one) => (one.id === 'lamp' ? { ...one, silencedBy: 's1' } : one.id === 'fork' ? { ...one, widgetId: 'stock' } : one.id === 'backup' ? { ...one, inhibitedBy: 'desk' } : one));
    const element = await shown();
    expect(titles(element).slice(1, 3)).to.deep.equal(['Forklift is silent', 'Lamp is low']);
    await until('it says until when', () => /Silenced until .*2036.*: Stocktaking/.test(text(line(element, 'lamp'))));
    expect(text(line(element, 'backup'))).to.contain('Said already by “Desk is out”');
    expect(text(root(element).querySelector('.sum'))).to.equal('1 critical, 1 warning');
  });

  it('shows every string as it was typed, and follows no link but a web address', async () => {
    Object.assign(globalThis, { pwned: undefined });
    api.reset(...HOSTILE.map((hostile, index) => firing(hostile, {
      id: `h${index}`, name: hostile, rule: hostile, key: hostile, text: hostile, value: hostile, threshold: hostile, runbook: hostile, assignee: hostile, labels: { [hostile]: hostile },
      ack: { by: hostile, at: hostile, comment: hostile }, since: hostile, firedAt: hostile, widgetId: hostile,
    })));
    const element = await shown();
    expect(titles(element).sort()).to.deep.equal([...HOSTILE].sort());
    for (const index of HOSTILE.keys()) {
      await element.open(`h${index}`);
      await element.updateComplete;
      expect(text(details(element)!.querySelector('h3'))).to.equal(HOSTILE[index]);
    }
    for (const link of root(element).querySelectorAll<HTMLAnchorElement>('a')) {
      expect(link.protocol).to.match(/^https?:$/);
      expect(link.rel).to.contain('noopener');
    }
    expect(root(element).querySelectorAll('img, script, iframe').length).to.equal(0);
    expect((globalThis as { pwned?: unknown }).pwned).to.equal(undefined);
    expect(text(root(element).querySelector('.center'))).not.to.match(/NaN|undefined|\[object/);
  });

  for (const runbook of ['javascript:window.pwned=1', 'data:text/html,x', 'vbscript:x', '//evil.test/x', 'java\nscript:alert(1)', 'https://bank.test@evil.test/']) {
    it(`leads nowhere from ${JSON.stringify(runbook)}`, async () => {
      api.reset(firing('Lamp is low', { id: 'lamp', runbook }));
      const element = await shown();
      await element.open('lamp');
      expect(root(element).querySelector('a')).to.equal(null);
    });
  }

  it('survives alerts of any shape', async () => {
    const bad = [null, 7, {}, { id: 5 }, { id: 'a' }, { id: 'b', severity: 'odd', state: 'odd', title: null, labels: null, value: { x: 1 }, operator: 'like', threshold: [] },
      { id: 'c', severity: 'critical', state: 'firing', title: 'Fires', value: Number.NaN, since: 'never', ack: { by: 'x', at: null } }];
    api.reset(...(bad as never[]));
    const element = await shown();
    await until('the one that fires is shown', () => titles(element).includes('Fires'));
    await element.open('c');
    expect(text(root(element).querySelector('.center'))).not.to.match(/NaN|undefined|\[object|Invalid/);
  });

  it('a thousand are there at once: fifty lines, and more on demand', async () => {
    api.reset(...Array.from({ length: 1200 }, (_, index) => firing(`Alert ${index}`, { id: `n${index}`, firedAt: new Date(Date.now() - index * 1000).toISOString() })));
    const element = await mountAlerts();
    await untilLines(element, 50);
    const began = performance.now();
    press(root(element), 'Show more (950)');
    await element.updateComplete;
    expect(performance.now() - began).to.be.below(400);
    expect(lines(element).length).to.equal(100);
    await until('the focus is on the first that is new', () => (root(element).activeElement?.closest<HTMLElement>('.alert')?.dataset['id'] ?? '') === 'n50');
    expect(text(root(element).querySelector('.scroll > .note'))).to.equal('The worst 1000 are shown.');
  });

  it('tells the page that it is ready, or that it could not be loaded', async () => {
    const heard: string[] = [];
    const hear = (event: Event) => heard.push(event.type);
    for (const name of ['ccm-ready', 'ccm-error']) document.addEventListener(name, hear);
    await shown();
    api.refuse = { LIST: 'internal' };
    const element = await mountAlerts();
    await until('it failed', () => message(element) !== '');
    for (const name of ['ccm-ready', 'ccm-error']) document.removeEventListener(name, hear);
    expect(heard).to.deep.equal(['ccm-ready', 'ccm-error']);
  });

  it('speaks other languages, from the right too', async () => {
    const german = await shown({ locale: 'de' });
    await until('it is in German', () => text(root(german).querySelector('.center')).includes('unter 5') && text(line(german, 'lamp')).includes('Bestätigen'));
    const arabic = await shown({ locale: 'ar' });
    await until('it is in Arabic', () => text(line(arabic, 'lamp')).includes('إقرار'));
  });

  it('comes back with what it had after it was moved', async () => {
    const element = await shown();
    const box = element.parentElement!;
    element.remove();
    await new Promise((resolve) => setTimeout(resolve, 20));
    box.append(element);
    await untilLines(element, 4);
    const before = edge.sockets;
    edge.send(api.change('lamp', { value: 2 }));
    await until('it is followed', () => text(line(element, 'lamp')).includes('2below 5') || edge.sockets > before);
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`is accessible (${theme}): list, details, nothing, failed, narrow`, async () => {
      api.alerts = [...api.alerts, firing('Muted', { id: 'muted', silencedBy: 's1', ack: { by: 'ben', at: new Date().toISOString(), comment: 'Seen' }, comments: 2 })];
      const element = await shown({ theme });
      await expect(element).to.be.accessible();
      await element.open('desk');
      await until('its details are there', () => details(element) !== null);
      await expect(element).to.be.accessible();
      await expect(await shown({ theme, width: 320 })).to.be.accessible();
      api.reset();
      await expect(await shown({ theme })).to.be.accessible();
      api.refuse = { LIST: 'internal' };
      await expect(await shown({ theme })).to.be.accessible();
    });
  }
});
