/** An edge that says nothing but hostile strings, and a page that shows what it says; both are run in the page. */

/** Puts tags on the page, within a provider whose client has these strings for every word that an edge may say. */
export async function showFromEdge({ tags, strings }: { tags: string; strings: readonly string[] }): Promise<void> {
  const nothing = () => undefined;
  let at = 0;
  const next = () => strings[(at += 1) % strings.length] ?? '';
  const titled = (id: string) => ({
    id, title: next(), description: next(), icon: next(), category: next(), tags: [next(), next()], author: next(), version: next(), type: 'stat', size: 'medium', refreshInterval: 60,
    dataSource: { type: next() }, statConfig: { primaryValue: 'a', primaryLabel: next() }, params: { region: { type: 'string', default: next(), enum: [next(), next()] } },
    requires: { connector: next(), credential: next(), met: false },
  });
  const definitions = new Map<string, ReturnType<typeof titled>>();
  const definitionOf = (id: string) => {
    if (!definitions.has(id)) definitions.set(id, titled(id));
    return definitions.get(id);
  };
  const CODES = ['upstream_timeout', 'credential_missing', 'internal', 'contract'];
  const snapshots = new Map<string, unknown>();
  /** In one state or another, by its number; with words for everything. */
  const snapshotOf = (id: string) => {
    if (!snapshots.has(id)) {
      const number = Number(id.replace(/\D/g, ''));
      const state = ['fresh', 'stale', 'failed', 'refused', 'loading'][number % 5];
      const error = { code: number % 2 === 0 ? CODES[number % CODES.length] : next(), detail: next() };
      const time = number % 3 === 0 ? next() : new Date().toISOString();
      snapshots.set(id, { state, widget: definitionOf(id), ...(number % 5 < 2 ? { data: { a: next() }, timestamp: time } : {}), ...(state === 'fresh' ? {} : { error }) });
    }
    return snapshots.get(id);
  };
  const layout = (id: string) => ({
    id, name: next(), description: next(), isDefault: id === 'home', shared: false, icon: next(),
    widgets: [0, 1, 5, 10].map((number, index) => ({ itemId: `item-${index}`, widgetId: `widget-${number}`, position: { x: index, y: 0, w: 1, h: 1 }, config: { title: next(), description: next() } })),
  });
  const layouts = [layout('home'), layout('second')];
  const refuse = () => Promise.reject(Object.assign(new Error(next()), { code: next(), detail: next() }));
  const shown = new Set<string>();
  const client = {
    edge: '', tenant: { id: next(), name: next(), timeZone: next(), currency: next(), locale: next() }, connection: { carrier: 'ws', onChange: () => nothing, wake: nothing },
    widgets: {
      list: () => Promise.resolve({ items: Array.from({ length: 60 }, (_, index) => definitionOf(`widget-${index}`)) }),
      get: (id: string) => Promise.resolve({ data: definitionOf(id), status: 200 }),
      explain: () => Promise.resolve({
        source: { type: next(), name: next() }, fetchedAt: next(), checkedAt: next(), nextAt: next(), ms: 5, interval: 60, watchers: 2, tokenEndsAt: next(),
        error: { code: next(), detail: next() }, quota: { used: 1, limit: 2, queued: 1, resetAt: next() },
      }),
    },
    layouts: { list: () => Promise.resolve({ items: layouts }), get: (id: string) => Promise.resolve({ data: layouts.find((one) => one.id === id) ?? layouts[0], etag: '1', status: 200 }), update: refuse, create: refuse, duplicate: refuse, remove: refuse },
    presets: { list: () => Promise.resolve({ items: [0, 1].map(() => ({ role: next(), name: next(), description: next(), layout: layouts[0] })) }), apply: refuse },
    modules: { list: () => Promise.resolve({ items: [] }) },
    alerts: {
      list: () => Promise.resolve({ me: next(), mayManage: true, items: [...shown].map((widgetId, index) => ({
        id: `alert-${index}`, widgetId, rule: next(), ruleId: next(), key: '', name: next(), state: 'firing', severity: 'critical', value: next(), operator: '<', threshold: next(),
        since: new Date().toISOString(), title: next(), text: next(), labels: { [next()]: next() }, runbook: next(), ack: { by: next(), at: next(), comment: next() }, assignee: next(),
      })) }),
      rules: () => Promise.resolve({ items: [] }),
    },
    request: refuse, fetchModuleData: refuse, fetchExternalAPIData: refuse, fetchSystemMetric: refuse,
    subscribe: (id: string, listener: (snapshot: unknown) => void) => (shown.add(id), listener(snapshotOf(id)), nothing), snapshot: snapshotOf,
    refresh: nothing, onTenant: () => nothing, onChanged: () => nothing, onAlert: () => nothing, onFiring: () => nothing, onAuthRequired: () => nothing, setToken: nothing, close: nothing,
  };
  for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'] as const) (globalThis as Record<string, unknown>)[name] = () => ((globalThis as Record<string, unknown>)['ran'] = name);
  await customElements.whenDefined('ccm-provider');
  const provider = Object.assign(document.createElement('ccm-provider'), { client });
  for (const tag of tags.split(' ')) {
    const [name = '', id = ''] = tag.split('#');
    const element = document.createElement(name);
    if (name === 'ccm-widget') element.setAttribute('widget', id);
    if (name === 'ccm-dashboard') {
      element.setAttribute('layout', 'home');
      element.setAttribute('editable', '');
    }
    provider.append(element);
  }
  document.body.append(provider);
}

/** All that is not as it must be, on the whole page: elements that no part of ours is made of, handlers, addresses, scripts that ran. */
export function foreignOnPage(): string[] {
  const FOREIGN = ['script', 'iframe', 'object', 'embed', 'img', 'image', 'video', 'audio', 'source', 'link', 'base', 'meta', 'style', 'marquee', 'animate', 'set', 'foreignobject', 'frame', 'frameset', 'applet', 'body', 'math', 'bgsound', 'isindex', 'keygen', 'xss'];
  const found: string[] = [];
  const ran = (globalThis as Record<string, unknown>)['ran'];
  if (ran !== undefined) found.push(`${JSON.stringify(ran)} was called`);
  const walk = (root: ParentNode, host: string) => {
    for (const element of root.querySelectorAll('*')) {
      if (FOREIGN.includes(element.localName)) found.push(`${host} > ${element.localName}`);
      for (const { name, value } of element.attributes) {
        if (/^on/i.test(name)) found.push(`${host} > ${element.localName} ${name}=${value}`);
        if (/^(?:href|src|action|formaction|xlink:href|srcdoc)$/.test(name) && !/^https?:/.test(value)) found.push(`${host} > ${element.localName} leads to ${value}`);
      }
      if (element.shadowRoot) walk(element.shadowRoot, element.localName);
    }
  };
  walk(document.body, 'page');
  return found;
}
