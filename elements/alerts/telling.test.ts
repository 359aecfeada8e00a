import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { details, justNow, key, lines, listen, mountAlerts, press, reconnect, root, startAlerts, text, toasts, untilLines, untilLive } from '../core/test/alerts-on-page.js';
import { firing, type StandInAlerts } from '../core/test/stand-in-alerts.js';
import { ownClock } from '../core/test/own-clock.js';
import { until, type StandIn } from '../core/test/stand-in-edge.js';
import type { CcmAlerts } from './ccm-alerts.js';

const bell = (element: CcmAlerts) => root(element).querySelector<HTMLButtonElement>('.bell')!;
const panel = (element: CcmAlerts) => root(element).querySelector<HTMLElement>('.panel')!;
const isOpen = (element: CcmAlerts) => panel(element).matches(':popover-open');
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const critical = (title: string, id: string) => firing(title, { id, severity: 'critical', ...justNow() });

describe('what is told of alerts', () => {
  let edge: StandIn;
  let api: StandInAlerts;

  const clock = ownClock();
  before(async () => {
    ({ edge, api } = await startAlerts());
  });
  after(() => edge.close());
  beforeEach(() => {
    edge.cut(false);
    api.reset(firing('Lamp is low', { id: 'lamp' }), firing('Desk is out', { id: 'desk', severity: 'critical' }));
  });

  async function mount(given: Parameters<typeof mountAlerts>[0] = { compact: true }): Promise<CcmAlerts> {
    const before = edge.sockets;
    const element = await mountAlerts(given);
    await until('it is read', () => (given.compact ? /\d/.test(text(bell(element))) || api.alerts.length === 0 : lines(element).length > 0) && api.count('LIST') > 0);
    await untilLive(edge, before);
    // Read once more, since it is connected.
    await until('it is read again', () => api.count('LIST') >= 2);
    await pause(100);
    return element;
  }

  describe('compact', () => {
    it('is a bell that counts what fires, in the tone of the worst that nobody has acknowledged', async () => {
      const element = await mount();
      expect(text(bell(element))).to.equal('2');
      expect(bell(element).title).to.equal('Alerts: 2 – 1 critical, 1 warning');
      expect(bell(element).classList.contains('critical')).to.equal(true);
      edge.send(api.change('desk', { ack: { by: 'ben', at: new Date().toISOString() } }));
      await until('the warning is the worst', () => bell(element).classList.contains('warning'));
      expect(text(bell(element))).to.equal('2');
      edge.send(api.change('lamp', { silencedBy: 's1' }));
      await until('one is left', () => text(bell(element)) === '1');
      await expect(element).to.be.accessible();
    });

    it('shows no number where nothing fires', async () => {
      api.reset();
      const element = await mount();
      await until('it knows', () => bell(element).title === 'Alerts: Nothing fires');
      expect(text(bell(element))).to.equal('');
    });

    it('opens a panel inside the window, and gives the focus back', async () => {
      const element = await mount();
      element.style.cssText = 'position: fixed; inset-block-start: 8px; inset-inline-end: 8px';
      bell(element).focus();
      bell(element).click();
      await until('it is open', () => isOpen(element) && lines(element).length === 2);
      expect(bell(element).ariaExpanded).to.equal('true');
      const box = panel(element).getBoundingClientRect();
      expect(box.left).to.be.at.least(0);
      expect(box.right).to.be.at.most(innerWidth);
      expect(box.bottom).to.be.at.most(innerHeight);
      await expect(element).to.be.accessible();
      bell(element).click();
      await until('it is closed', () => !isOpen(element));
      await until('it is said', () => bell(element).ariaExpanded === 'false');
      await until('the focus is back', () => root(element).activeElement === bell(element));
      expect(root(element).querySelector('.alert'), 'nothing is drawn that nobody sees').to.equal(null);
    });

    it('Escape closes the details first', async () => {
      const element = await mount();
      await element.open('lamp');
      await until('it is open', () => isOpen(element) && details(element) !== null);
      key(details(element)!.querySelector('h3'), 'Escape');
      await until('the details are closed', () => details(element) === null);
      expect(isOpen(element)).to.equal(true);
    });

    it('the form for a silence opens over the panel, which stays', async () => {
      const element = await mount();
      bell(element).click();
      await untilLines(element, 2);
      press(root(element), 'Silence Lamp is low');
      const dialog = () => root(element).querySelector('ccm-silence-form')!.shadowRoot!.querySelector('dialog')!;
      await until('the form is open', () => dialog().open);
      expect(isOpen(element)).to.equal(true);
      dialog().close();
    });
  });

  describe('toasts', () => {
    it('tell what begins to fire, not what fired before', async () => {
      const element = await mount();
      expect(toasts(element)).to.deep.equal([]);
      edge.send(api.add(critical('Chair is out', 'chair')));
      await until('it is told', () => toasts(element).includes('Chair is out'));
      expect(root(element).querySelector('.toasts')!.matches(':popover-open')).to.equal(true);
      expect(text(root(element).querySelector('.toast'))).to.contain('Critical').and.contain('3 · below 5');
      // It has come in.
      await Promise.all(root(element).querySelector('.toast')!.getAnimations().map(({ finished }) => finished));
      await expect(element).to.be.accessible();
    });

    it('a critical goes when somebody acknowledges it, anywhere', async () => {
      const element = await mount();
      edge.send(api.add(critical('Chair is out', 'chair')));
      await until('it is told', () => toasts(element).length === 1);
      press(root(element), 'Acknowledge Chair is out');
      await until('it is gone', () => toasts(element).length === 0);
      expect(api.count('ack chair')).to.equal(1);
      edge.send(api.add(critical('Shelf is out', 'shelf')));
      await until('it is told', () => toasts(element).length === 1);
      edge.send(api.change('shelf', { ack: { by: 'ben', at: new Date().toISOString() } }));
      await until('it is gone', () => toasts(element).length === 0);
    });

    it('at most three are shown; the others wait, and lead to the list', async () => {
      const element = await mount();
      for (const index of [1, 2, 3, 4, 5]) edge.send(api.add(critical(`Critical ${index}`, `c${index}`)));
      edge.send(api.add(firing('A warning', { id: 'w', ...justNow() })));
      await until('three are shown', () => toasts(element).length === 3);
      expect(toasts(element)).not.to.include('A warning');
      expect(text(root(element).querySelector('.rest'))).to.equal('and 2 more');
      const first = toasts(element)[0]!;
      press(root(element), `Dismiss ${first}`);
      await until('the next one is shown', () => toasts(element).length === 3 && !toasts(element).includes(first));
      root(element).querySelector<HTMLButtonElement>('.rest')!.click();
      await until('the list is open', () => isOpen(element));
      await until('they are not over the panel', () => !root(element).querySelector('.toasts')!.matches(':popover-open'));
    });

    it('wait while a modal dialog makes them inert, in whatever shadow root it is', async () => {
      const element = await mount();
      const box = await fixture<HTMLElement>(html`<div></div>`);
      box.attachShadow({ mode: 'open' }).innerHTML = '<dialog><button>In it</button></dialog>';
      const dialog = box.shadowRoot!.querySelector('dialog')!;
      const areShown = () => root(element).querySelector('.toasts')!.matches(':popover-open');
      edge.send(api.add(critical('Chair is out', 'chair')));
      await until('it is told', areShown);
      dialog.showModal();
      await until('it is out of the way', () => !areShown());
      edge.send(api.add(firing('Shelf is low', { id: 'shelf', ...justNow() })));
      await until('another one is known', () => toasts(element).length === 2);
      expect(areShown()).to.equal(false);
      // Nothing had the focus before: they come with its end alone, not with what is said next.
      const end = new Promise((resolve) => dialog.addEventListener('close', resolve));
      dialog.close();
      await end;
      await element.updateComplete;
      expect([areShown(), toasts(element).length]).to.deep.equal([true, 2]);
    });

    it('wait for the end of all modal dialogs, one upon another', async () => {
      const element = await mount();
      const box = await fixture<HTMLElement>(html`<div><dialog><button>Below</button></dialog><dialog><button>Above</button></dialog></div>`);
      const [below, above] = [...box.querySelectorAll('dialog')] as [HTMLDialogElement, HTMLDialogElement];
      const areShown = () => root(element).querySelector('.toasts')!.matches(':popover-open');
      const ended = async (dialog: HTMLDialogElement) => {
        const end = new Promise((resolve) => dialog.addEventListener('close', resolve));
        dialog.close();
        await end;
        await element.updateComplete;
      };
      below.showModal();
      above.showModal();
      edge.send(api.add(critical('Chair is out', 'chair')));
      await until('it is known', () => toasts(element).length === 1);
      await ended(above);
      expect(areShown()).to.equal(false);
      await ended(below);
      expect(areShown()).to.equal(true);
    });

    it('one that is not critical goes by itself after eight seconds, not while one points at it', async () => {
      const element = await mount();
      const began = performance.now();
      edge.send(api.add(firing('Chair is low', { id: 'chair', ...justNow() })));
      await until('it is told', () => toasts(element).length === 1);
      const stack = root(element).querySelector<HTMLElement>('.toasts')!;
      stack.dispatchEvent(new PointerEvent('pointerenter'));
      await clock.pass(8600);
      expect(toasts(element).length, 'it waits').to.equal(1);
      stack.dispatchEvent(new PointerEvent('pointerleave'));
      await clock.pass(7000);
      expect(toasts(element).length, 'it has most of its time left').to.equal(1);
      for (let steps = 0; steps < 30 && toasts(element).length > 0; steps += 1) await clock.pass(50);
      expect(toasts(element)).to.deep.equal([]);
      expect(performance.now() - began).to.be.above(16_000);
    });

    it('opens the alert in the panel', async () => {
      const element = await mount();
      edge.send(api.add(critical('Chair is out', 'chair')));
      await until('it is told', () => toasts(element).length === 1);
      press(root(element), 'Open Chair is out');
      await until('its details are open', () => isOpen(element) && text(details(element)?.querySelector('h3')) === 'Chair is out');
      expect(toasts(element)).to.deep.equal([]);
    });

    it('are off where the page says so, and on for the whole centre only where it says so', async () => {
      const off = await mount({ compact: true, toasts: 'off' });
      api.asked = [];
      const whole = await mount({});
      api.asked = [];
      const on = await mount({ toasts: 'on' });
      edge.send(api.add(critical('Chair is out', 'chair')));
      await until('it is told', () => toasts(on).length === 1);
      expect(toasts(off)).to.deep.equal([]);
      expect(toasts(whole)).to.deep.equal([]);
    });
  });

  describe('to screen readers', () => {
    it('says at first only how many fire', async () => {
      const element = await mountAlerts({ compact: true });
      const polite = listen(element, 'status');
      const urgent = listen(element, 'alert');
      await until('it is said', () => polite.length > 0);
      expect(polite).to.deep.equal(['1 critical, 1 warning']);
      expect(urgent).to.deep.equal([]);
    });

    it('says a critical at once and once, the rest together, and nothing twice after a reconnect', async () => {
      const element = await mount();
      const polite = listen(element, 'status');
      const urgent = listen(element, 'alert');
      edge.send(api.add(critical('Chair is out', 'chair')));
      for (const index of [1, 2, 3, 4]) edge.send(api.add(firing(`Warning ${index}`, { id: `w${index}`, ...justNow() })));
      await until('the critical is said', () => urgent.includes('Critical: Chair is out'));
      edge.send(api.change('lamp', { state: 'resolved' }));
      // Two fired, five began to, one is over.
      await until('all of it is known', () => text(bell(element)) === '6');
      await clock.pass(1000);
      await until('the rest is said', () => polite.length > 0);
      expect(polite).to.deep.equal(['4 new alerts. Resolved: Lamp is low']);
      edge.send(api.change('chair', { value: 1 }));
      await reconnect(edge, () => api.add(critical('Came meanwhile', 'meanwhile')));
      await until('what came meanwhile is said', () => urgent.includes('Critical: Came meanwhile'));
      await pause(200);
      await clock.pass(1000);
      expect(urgent).to.deep.equal(['Critical: Chair is out', 'Critical: Came meanwhile']);
      expect(polite).to.have.length(1);
    });

    it('says it once, however many elements show the alerts', async () => {
      const token = `token-${Math.random()}`;
      const first = await mount({ compact: true, token });
      const second = await mountAlerts({ token });
      await untilLines(second, 2);
      const said = [...[first, second].map((one) => listen(one, 'alert'))];
      edge.send(api.add(critical('Chair is out', 'chair')));
      await until('it is said', () => said.flat().length > 0);
      await pause(200);
      expect(said.flat()).to.deep.equal(['Critical: Chair is out']);
    });

    it('says nothing of what is silenced, until it is not any more', async () => {
      const element = await mount();
      const urgent = listen(element, 'alert');
      edge.send(api.add(firing('Chair is out', { id: 'chair', severity: 'critical', silencedBy: 's1', ...justNow() })));
      await pause(300);
      expect(urgent).to.deep.equal([]);
      expect(toasts(element)).to.deep.equal([]);
      edge.send(api.change('chair', { silencedBy: undefined }));
      await until('it is said', () => urgent.includes('Critical: Chair is out'));
    });
  });

  it('makes a sound only where it is asked for, for a critical, and once the viewer has pressed something', async () => {
    const made: unknown[] = [];
    const Original = globalThis.AudioContext;
    globalThis.AudioContext = class extends Original {
      constructor() {
        super();
        made.push(this);
      }
    };
    try {
      await mount();
      edge.send(api.add(critical('Chair is out', 'chair')));
      await pause(300);
      api.asked = [];
      const loud = await mount({ compact: true, sound: true });
      edge.send(api.add(critical('Shelf is out', 'shelf')));
      await until('it is told', () => toasts(loud).length > 0);
      expect(made).to.deep.equal([]);
      await sendKeys({ press: 'Shift' });
      await sendKeys({ press: 'x' });
      edge.send(api.add(firing('Lamp is lower', { id: 'lower', ...justNow() })));
      await pause(200);
      expect(made, 'not for a warning').to.deep.equal([]);
      edge.send(api.add(critical('Bench is out', 'bench')));
      await until('it is heard', () => made.length === 1);
    } finally {
      globalThis.AudioContext = Original;
    }
  });
});
