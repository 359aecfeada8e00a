/**
 * Serves the three pages and the JSON that floor and peer fetch, and hands the edge's own frames on to them over one WebSocket:
 * so the machine does the same work beside each contestant, which on two cores weighs on what is measured.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { WebSocket, WebSocketServer } from 'ws';
import { placed } from '../server/definitions.js';

/** The contestants of a whole dashboard. */
export type PageName = 'floor' | 'ours' | 'chartjs' | 'echarts' | 'recharts';

/** The edge as it is shipped. */
export interface Edge {
  url: string;
  token: string;
  /** The module's own, with which it sends events. */
  secret: string;
}

export interface Site {
  url: string;
  /** The peers' scripts, brotli. */
  peerBytes(): { name: string; bytes: number }[];
  close(): void;
}

const SCRIPTS = ['floor', 'chartjs', 'echarts', 'recharts', 'lit-one', 'floor-long', 'ours-long', 'come-and-go'];
const PEERS = { 'chartjs': 'gridstack + Chart.js', 'echarts': 'gridstack + ECharts', 'recharts': 'React + Recharts' };

const STYLE = `body{margin:0;font:14px system-ui;background:#f5f6f8}#grid{padding:6px}
#grid.plain{display:grid;grid-template-columns:repeat(6,1fr);grid-auto-rows:120px;gap:12px}
.card{height:100%;box-sizing:border-box;display:flex;flex-direction:column;background:#fff;border:1px solid #dfe3ea;border-radius:10px;padding:12px;overflow:hidden}
.card h2{margin:0 0 4px;font-size:13px}.body{flex:1;min-height:0;position:relative;display:flex;flex-direction:column}.body strong{font-size:28px}
.body svg{flex:1;min-height:0}.scroller{flex:1;overflow:auto;contain:strict}.spacer{position:relative}
.row{display:grid;grid-template-columns:repeat(5,1fr);height:28px;line-height:28px;gap:8px}.spacer .row{position:absolute;left:0;right:0}.row[hidden]{display:none}
body>.body{height:720px}.below{height:6000px}.body ccm-widget{height:100%}`;

/** `ours` is the page of the product: its own origin stays the site's, as an ERP page would have it. */
export async function startSite(ours: Edge): Promise<Site> {
  const scripts = await build({
    entryPoints: Object.fromEntries(SCRIPTS.map((name) => [name, `bench/browser/${name}.page.ts`])),
    define: { 'process.env.NODE_ENV': '"production"' },
    target: 'es2022',
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    outdir: '/',
    tsconfigRaw: {},
  });
  const script = (page: string) => scripts.outputFiles.find((file) => file.path.endsWith(`${page}.js`))?.contents ?? new Uint8Array();
  const css = (await Promise.all(['uplot/dist/uPlot.min.css', 'gridstack/dist/gridstack.min.css'].map((path) => readFile(`node_modules/${path}`, 'utf8')))).join('\n') + STYLE;
  const tag = `<script type="module" src="${ours.url}/ccm.js" data-token="${ours.token}"></script>`;
  const files = new Map<string, [type: string, body: string | Uint8Array]>([
    ['/cards.json', ['application/json', JSON.stringify(placed())]],
    ['/style.css', ['text/css', css]],
    ...SCRIPTS.map((name): [string, [string, Uint8Array]] => [`/${name}.js`, ['text/javascript', script(name)]]),
    ['/floor', page('<div id="grid" class="plain"></div>', 'floor')],
    ['/chartjs', page('<div id="grid" class="grid-stack"></div>', 'chartjs')],
    ['/echarts', page('<div id="grid" class="grid-stack"></div>', 'echarts')],
    ['/recharts', page('<div id="grid" class="plain"></div>', 'recharts')],
    ['/lit-one', page('<lit-stat></lit-stat>', 'lit-one')],
    ['/floor-long', page('<div id="table" class="body"></div>', 'floor-long')],
    ['/ours', page(`${tag}<ccm-dashboard layout="default" readonly></ccm-dashboard>`)],
    ['/ours-editable', page(`${tag}<ccm-dashboard layout="default" editable></ccm-dashboard>`)],
    ['/ours-below', page(`${tag}<ccm-dashboard layout="default" readonly></ccm-dashboard><div class="below"></div>`)],
    ['/ours-one', page(`${tag}<ccm-widget widget="stat-0"></ccm-widget>`)],
    ['/ours-long', page(`${tag}<div class="body"><ccm-widget></ccm-widget></div>`, 'ours-long')],
    ['/ours-come-and-go', page(tag, 'come-and-go')],
  ]);
  const compressed = new Map([...files].map(([path, [, body]]) => [path, brotliCompressSync(body)]));
  const server: Server = createServer((request, response) => {
    const file = files.get(request.url ?? '');
    if (!file) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': `${file[0]}; charset=utf-8`, 'content-encoding': 'br', 'cache-control': 'no-store' });
    response.end(compressed.get(request.url ?? ''));
  });
  const sockets = new WebSocketServer({ server, path: '/updates' });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const relay = await subscribed(ours, (frame) => {
    for (const socket of sockets.clients) socket.send(frame);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    peerBytes: () => Object.entries(PEERS).map(([file, name]) => ({ name, bytes: compressed.get(`/${file}.js`)?.length ?? 0 })),
    close: () => {
      relay.close();
      sockets.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A viewer of the whole dashboard beside the page's own; hears what the edge pushes. */
async function subscribed({ url, token }: { url: string; token: string }, onFrame: (frame: string) => void): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/ws/dashboard`);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const ready = new Promise<void>((resolve) => {
    socket.on('message', (message: Buffer) => {
      const frame = message.toString();
      const { action, data } = JSON.parse(frame) as { action?: string; data?: unknown };
      if (action === 'subscribed') resolve();
      else if (data !== undefined) onFrame(frame);
    });
  });
  socket.send(JSON.stringify({ action: 'auth', token }));
  socket.send(JSON.stringify({ action: 'subscribe', widgets: placed().map(({ card }) => card.id) }));
  await ready;
  return socket;
}

function page(body: string, script?: string): [type: string, body: string] {
  const own = script ? `<script type="module" src="/${script}.js"></script>` : '';
  return ['text/html', `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Bench</title><link rel="stylesheet" href="/style.css"><body>${body}${own}</body></html>`];
}
