import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { compose } from '@a64core/ccm/edge';
import { type Books, openBooks } from './books.js';
import { readSuperstore } from './data/superstore.js';
import { type Broker, startBroker } from './devices/broker.js';
import { startGateway } from './devices/gateway.js';
import { httpUplink, mqttUplink } from './devices/uplink.js';
import { DEVICE_WIDGETS } from './devices/widgets.js';
import { paymentsOf } from './ledger/money.js';
import type { Order } from './ledger/orders.js';
import { accountingEndpoints } from './modules/accounting/endpoints.js';
import { ACCOUNTING_CONTRIBUTED, ACCOUNTING_WIDGETS } from './modules/accounting/widgets.js';
import { crmEndpoints } from './modules/crm/endpoints.js';
import { CRM_CONTRIBUTED, CRM_WIDGETS } from './modules/crm/widgets.js';
import { createEdgeLink } from './modules/edge-link.js';
import { inventoryEndpoints } from './modules/inventory/endpoints.js';
import { inventoryPage } from './modules/inventory/page.js';
import { INVENTORY_CONTRIBUTED, INVENTORY_WIDGETS } from './modules/inventory/widgets.js';
import { addModulePages } from './modules/pages.js';
import { salesEndpoints } from './modules/sales/endpoints.js';
import { salesPage } from './modules/sales/page.js';
import { SALES_CONTRIBUTED, SALES_WIDGETS } from './modules/sales/widgets.js';
import { type ModuleService, createModuleService } from './modules/service.js';
import { startPace } from './pace.js';
import { createPlatform } from './platform/app.js';
import { type Listening, listenOnFreePort } from './platform/listen.js';
import { type Login, createLogin } from './platform/login.js';
import { DEMO_MODULES, type DemoModule, type DemoSecrets, demoSettings, makeSecrets } from './platform/settings.js';
import { createStripeStandIn } from './stripe/service.js';
import { DEMO_TENANTS } from './tenants.js';
import { STRIPE_WIDGETS } from './widgets/stripe.js';
import { SYSTEM_WIDGETS } from './widgets/system.js';

/** A payment within this time is told of when it comes; for later ones the widgets' own interval will do. */
const SOON_MS = 10 * 60_000;

/** Seconds between two readings of the devices: while orders arrive, and where nothing is to move by itself. */
const LIVELY_DEVICES = 5;
const CALM_DEVICES = 60;

export interface DemoOptions {
  /** Of the platform (default 8787; 0 takes a free one). Modules always take free ones. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** Whether to open the browser. */
  open?: boolean;
  /** Seconds between two orders of a tenant in the first quarter of an hour (default `CCM_DEMO_ORDER_SECONDS`, else 10); 0 = none. */
  orderSeconds?: number;
  /** How the warehouse's gateway sends its readings (default: by MQTT where there is a mosquitto, else by HTTP). */
  devices?: 'mqtt' | 'http';
  /** Seconds between two readings (default 5; 60 where no orders arrive by themselves). */
  deviceSeconds?: number;
  /** Where the databases lie (default `.ccm-demo`); `:memory:` for none. Layouts in it outlive a restart, orders do not. */
  dataDir?: string;
  /** Default `CCM_LOG_LEVEL`, else `warn`. */
  logLevel?: string;
  /** What tokens are signed with (default `CCM_JWT_SECRET`, else one of this run). */
  jwtSecret?: string;
  /** Origins of pages elsewhere that show its widgets, with commas between (default `CCM_ALLOWED_ORIGINS`, else none). */
  allowedOrigins?: string;
}

export interface Demo {
  /** The platform's. */
  url: string;
  modules: Record<DemoModule, string>;
  /** Where the payment stand-in listens. */
  stripe: string;
  /** How the gateway's readings come. */
  devices: 'mqtt' | 'http';
  /** Where what is, one line each, for people. */
  about: readonly string[];
  /** A token of a demo user; `subject` for several people of one kind. */
  login: Login;
  /** The next order of the data set arrives now. */
  arrive(tenant: string): void;
  /** Pieces of a product come to the warehouse now. */
  deliver(tenant: string, sku: string, quantity: number): void;
  close(): Promise<void>;
}

/** Starts the whole demo platform: four modules, the payment stand-in, the edge and the pages around it. */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const host = options.host ?? '127.0.0.1';
  const seconds = orderSeconds(options.orderSeconds ?? process.env['CCM_DEMO_ORDER_SECONDS'] ?? 10);
  const folder = options.dataDir === ':memory:' ? ':memory:' : resolve(options.dataDir ?? '.ccm-demo');
  if (folder !== ':memory:') mkdirSync(folder, { recursive: true });

  const secrets = makeSecrets(options.jwtSecret ?? process.env['CCM_JWT_SECRET']);
  const books = openBooks({ superstore: await readSuperstore(), folder, now: Date.now });
  const ends: (() => unknown)[] = [() => books.close()];
  const close = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };

  try {
    // Modules start before the edge, which must know their ports.
    const known: { edge?: URL } = {};
    let listens: (edge: URL) => void = () => undefined;
    const edgeListens = new Promise<URL>((resolve) => (listens = resolve));
    const services = createServices(books, secrets, () => edgeListens);
    const timers = new Set<NodeJS.Timeout>();
    ends.push(() => timers.forEach((timer) => clearTimeout(timer)));
    const announce = (order: Order) => {
      void Promise.all(Object.values(services).map((service) => service.changed(order.tenant)));
      // Its card payment comes a little later, and changes the accounts again.
      for (const { at } of paymentsOf(order)) {
        if (at - order.at > SOON_MS) continue;
        const timer = setTimeout(() => {
          timers.delete(timer);
          void services.accounting.changed(order.tenant);
        }, at - order.at + 1);
        timers.add(timer);
      }
    };
    const place = (tenant: string, sku: string, quantity: number) => {
      const order = books.place(tenant, sku, quantity);
      if (order !== undefined) announce(order);
      return order;
    };
    const arrive = (tenant: string) => announce(books.arrive(tenant));
    const receive = (tenant: string, sku: string, quantity: number): boolean => {
      if (!books.deliver(tenant, sku, quantity)) return false;
      for (const service of [services.inventory, services.accounting]) void service.changed(tenant);
      return true;
    };
    const deliver = (tenant: string, sku: string, quantity: number) => {
      if (!receive(tenant, sku, quantity)) throw new Error(`${tenant} keeps no product "${sku}".`);
    };
    const login = createLogin(secrets.jwt, Date.now);

    await addModulePages(services.sales, { edgeUrl: () => known.edge, page: salesPage(books.sales), place });
    await addModulePages(services.inventory, { edgeUrl: () => known.edge, page: inventoryPage(books.inventory), receive });

    const listening: Partial<Record<DemoModule, Listening>> = {};
    for (const name of DEMO_MODULES) ends.push((listening[name] = await listenOnFreePort(services[name].app, host)).close);
    const moduleUrls = mapModules((name) => urlOf(listening[name], name));
    const stripe = await listenOnFreePort(createStripe(books, secrets), host);
    ends.push(stripe.close);

    const broker = options.devices === 'http' ? undefined : await startBroker();
    if (broker) ends.push(broker.close);
    const uplink = await uplinkTo(broker, () => known.edge, secrets);
    ends.push(uplink.close);
    const devices = uplink.carrier;
    if (options.devices === 'mqtt' && devices !== 'mqtt') throw new Error('There is no mosquitto that starts, or the package mqtt is not installed.');

    const settings = await demoSettings({
      secrets, moduleUrls, folder, host,
      ...(broker && devices === 'mqtt' && { broker }),
      stripeUrl: stripe.url,
      widgets: [...Object.values(services).flatMap((service) => service.widgets), ...STRIPE_WIDGETS, ...SYSTEM_WIDGETS, ...DEVICE_WIDGETS],
      port: options.port ?? 8787,
      logLevel: options.logLevel ?? process.env['CCM_LOG_LEVEL'] ?? 'warn',
      origins: options.allowedOrigins ?? process.env['CCM_ALLOWED_ORIGINS'],
    });
    const edge = await compose(settings);
    ends.push(() => edge.close());
    edge.app.route('/', await createPlatform({ login, place, moduleUrls }));
    const { url } = await edge.listen({ port: settings.environment.port, host });
    known.edge = new URL(url);
    listens(known.edge);
    await ready(edge.app);

    const deviceSeconds = options.deviceSeconds ?? (seconds === 0 ? CALM_DEVICES : LIVELY_DEVICES);
    ends.push(startGateway({ inventory: books.inventory, uplink, seconds: deviceSeconds, now: Date.now }));
    for (const tenant of DEMO_TENANTS) {
      ends.push(startPace({ seconds, historyLength: books.historyLength(tenant.id), arrive: () => arrive(tenant.id) }));
    }
    if (options.open === true) await openBrowser(url);
    return {
      url, login, arrive, deliver, close, devices,
      modules: mapModules((name) => moduleUrls[name].origin),
      stripe: stripe.url.origin,
      about: [
        `  dashboard   ${url}/`,
        `  sales       ${url}/modules/sales.html`,
        `  inventory   ${url}/modules/inventory.html`,
        `  alerts      ${url}/alerts.html`,
        `  connections ${url}/connections.html`,
        `  keys that the Stripe stand-in knows, for the page of connections: ${DEMO_TENANTS.map(({ id }) => `${id} ${secrets.stripe[id] ?? ''}`).join(', ')}`,
        `  what is data and what is derived: ${url}/about.html`,
        `  A simulated gateway in each warehouse sends its readings every ${deviceSeconds} s, ${devices === 'mqtt' ? `through mosquitto at ${broker?.url}` : 'by POST: there is no mosquitto here'}.`,
        seconds === 0 ? '  No orders arrive by themselves.' : `  A new order of each company every ${seconds} s for a quarter of an hour, then calmly.`,
      ],
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Until the edge has seen every module run, so that the first visitor finds nothing missing. */
async function ready(app: { request(path: string): Response | Promise<Response> }): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await app.request('/readyz')).ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function createServices(books: Books, secrets: DemoSecrets, edgeUrl: () => Promise<URL>): Record<DemoModule, ModuleService> {
  const parts = {
    sales: { endpoints: salesEndpoints(books.sales), widgets: SALES_WIDGETS, contributed: SALES_CONTRIBUTED },
    inventory: { endpoints: inventoryEndpoints(books.inventory), widgets: INVENTORY_WIDGETS, contributed: INVENTORY_CONTRIBUTED },
    crm: { endpoints: crmEndpoints(books.crm), widgets: CRM_WIDGETS, contributed: CRM_CONTRIBUTED },
    accounting: { endpoints: accountingEndpoints(books.accounting), widgets: ACCOUNTING_WIDGETS, contributed: ACCOUNTING_CONTRIBUTED },
  };
  return mapModules((name) => createModuleService({
    name,
    ...parts[name],
    link: createEdgeLink({ name, secret: secrets.modules[name] ?? '', edgeUrl }),
    now: Date.now,
    catchUp: (now) => books.catchUp(now),
  }));
}

/** By the broker where there is one, else to the edge itself. */
async function uplinkTo(broker: Broker | undefined, edgeUrl: () => URL | undefined, secrets: DemoSecrets) {
  const mqtt = broker && await mqttUplink(broker);
  return mqtt ? { ...mqtt, carrier: 'mqtt' as const } : { ...httpUplink({ edgeUrl, secrets: secrets.channels }), carrier: 'http' as const };
}

function createStripe(books: Books, secrets: DemoSecrets) {
  return createStripeStandIn({
    accounts: DEMO_TENANTS.map(({ id, currency }) => ({ tenant: id, currency, key: secrets.stripe[id] ?? '' })),
    cardPayments: (tenant, from, to) => books.accounting.cardPayments(tenant, from, to),
    now: Date.now,
  });
}

function mapModules<T>(make: (name: DemoModule) => T): Record<DemoModule, T> {
  return { sales: make('sales'), inventory: make('inventory'), crm: make('crm'), accounting: make('accounting') };
}

function urlOf(listening: Listening | undefined, name: string): URL {
  if (listening === undefined) throw new Error(`The module ${name} does not listen.`);
  return listening.url;
}

function orderSeconds(given: number | string): number {
  const seconds = Number(given);
  if (Number.isFinite(seconds) && seconds >= 0) return seconds;
  throw new Error(`CCM_DEMO_ORDER_SECONDS: ${JSON.stringify(given)} is no number of seconds from 0.`);
}

/** A machine without a browser is no fault: the address is printed anyway. */
async function openBrowser(url: string): Promise<void> {
  try {
    const { default: open } = await import('open');
    const child = await open(url);
    child.on('error', () => {});
  } catch {
    return;
  }
}
