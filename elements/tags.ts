import { ensure, provideTags } from './core/ensure.js';
import type { TagLoader } from './core/ensure.js';
import { provideLanguages } from './core/languages.js';
import { askLayoutsAhead } from './core/layout-ahead.js';
import { provideKinds } from './core/provide-kinds.js';
import { LANGUAGES } from './languages.js';
import { CcmProvider } from './provider/ccm-provider.js';
import { CcmWidget } from './widget/ccm-widget.js';
import { CcmStat } from './widgets/stat/stat.js';

/** What is loaded when it is needed first: each its own chunk. */
const LAZY: Readonly<Record<string, TagLoader>> = {
  'ccm-chart': () => import('./widgets/chart/chart.js').then(({ CcmChart }) => CcmChart),
  'ccm-table': () => import('./widgets/table/table.js').then(({ CcmTable }) => CcmTable),
  'ccm-gauge': () => import('./widgets/gauge/gauge.js').then(({ CcmGauge }) => CcmGauge),
  'ccm-list': () => import('./widgets/list/list.js').then(({ CcmList }) => CcmList),
  'ccm-text': () => import('./widgets/text/text.js').then(({ CcmText }) => CcmText),
  'ccm-custom': () => import('./widgets/custom/custom.js').then(({ CcmCustom }) => CcmCustom),
  'ccm-map': () => import('./widgets/map/map.js').then(({ CcmMap }) => CcmMap),
  'ccm-connections': () => import('./connections/ccm-connections.js').then(({ CcmConnections }) => CcmConnections),
  'ccm-widget-settings': () => import('./settings/ccm-widget-settings.js').then(({ CcmWidgetSettings }) => CcmWidgetSettings),
  'ccm-definition-editor': () => import('./settings/ccm-definition-editor.js').then(({ CcmDefinitionEditor }) => CcmDefinitionEditor),
  'ccm-marketplace': () => import('./marketplace/ccm-marketplace.js').then(({ CcmMarketplace }) => CcmMarketplace),
  'ccm-alerts': () => import('./alerts/ccm-alerts.js').then(({ CcmAlerts }) => CcmAlerts),
  'ccm-gallery': () => import('./gallery/ccm-gallery.js').then(({ CcmGallery }) => CcmGallery),
  'ccm-dashboard': () => {
    const came = askLayoutsAhead();
    const loading = import('./dashboard/ccm-dashboard.js').then(({ CcmDashboard }) => CcmDashboard).finally(came);
    void Promise.allSettled(BESIDE_DASHBOARD.map(ensure));
    return loading;
  },
};

/** A dashboard without any of them is rare: they load beside its own code, not after it. Where that fails, the widget asks again. */
const BESIDE_DASHBOARD = ['ccm-chart', 'ccm-table', 'ccm-gauge'];

/** Tags that a page writes itself, besides those that are defined at once. */
const ON_PAGES = ['ccm-dashboard', 'ccm-marketplace', 'ccm-connections', 'ccm-alerts', 'ccm-gallery'];

/** Milliseconds until code that did not come is asked for again: until it is here, its tag is blank. */
const AGAIN = 5_000;

let started = false;

/**
 * Defines `<ccm-provider>` and `<ccm-widget>` now and loads the code of every other CCM tag when one is on the page or is
 * needed inside another. Calling it again does nothing.
 */
export function define(): void {
  provideTags(LAZY);
  provideLanguages(LANGUAGES);
  provideKinds(() => import('./kinds.js').then(({ builtInKinds }) => builtInKinds()));
  // The provider first: what is inside it finds it ready.
  CcmProvider.define('ccm-provider');
  CcmWidget.define('ccm-widget');
  CcmStat.define('ccm-stat');
  if (started) return;
  started = true;
  watchPage();
}

/** Loads tags that are on the page, now or later. (Inside a shadow root of the page's own, call `ensure(tag)`.) */
function watchPage(): void {
  const wanted = new Set(ON_PAGES);
  const load = (tag: string) => {
    wanted.delete(tag);
    if (wanted.size === 0) observer.disconnect();
    ensure(tag).catch((error: unknown) => {
      console.warn(error);
      setTimeout(load, AGAIN, tag);
    });
  };
  const look = (root: Element) => {
    for (const tag of [...wanted]) if (root.localName === tag || root.querySelector(tag) !== null) load(tag);
  };
  const observer = new MutationObserver((records) => {
    for (const { addedNodes } of records) for (const node of addedNodes) if (node instanceof Element) look(node);
  });
  observer.observe(document.documentElement, { childList: true, subtree: true });
  look(document.documentElement);
}
