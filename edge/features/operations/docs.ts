import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createRoute, z } from '@hono/zod-openapi';
import { MissingPeerError } from '../../drivers/optional.js';
import { newRouter, problemResponses } from '../../gate/openapi.js';
import { ProblemError, notFound } from '../../kernel/problems.js';
import { answerAsset, assetOf, readAsset, type Asset } from './asset.js';

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>CCM edge: HTTP interface</title>
<link rel="icon" type="image/png" href="docs/favicon-32x32.png">
<link rel="stylesheet" href="docs/swagger-ui.css">
<link rel="stylesheet" href="docs/page.css">
<script src="docs/theme.js"></script>
</head>
<body>
<div id="docs"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/init.js"></script>
</body>
</html>
`;
/** Before the first picture: the look that the viewer's system has. */
const THEME = `const dark = matchMedia('(prefers-color-scheme: dark)');
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', follow);
follow();
`;
/** On a narrow screen what is wide scrolls by itself, and the page does not. */
const STYLE = `html { color-scheme: light; background: #fff; }
html.dark-mode { color-scheme: dark; background: #1c2022; }
body { margin: 0; }
.swagger-ui { overflow-wrap: anywhere; }
.swagger-ui .wrapper { box-sizing: border-box; min-width: 0; }
@media (max-width: 640px) {
  .swagger-ui .wrapper { padding: 0 12px; }
  .swagger-ui .info .title { font-size: 24px; }
  .swagger-ui .scheme-container .schemes { flex-wrap: wrap; gap: 12px; }
  .swagger-ui .opblock-summary { flex-wrap: wrap; }
  .swagger-ui .opblock .opblock-summary-path { max-width: 100%; }
  .swagger-ui .opblock-body, .swagger-ui .models { overflow-x: auto; }
  .swagger-ui table { display: block; overflow-x: auto; }
}
`;
const INIT = `SwaggerUIBundle({
  url: new URL('../openapi.json', document.currentScript.src).href,
  domNode: document.getElementById('docs'),
  deepLinking: true,
  persistAuthorization: false,
  validatorUrl: null,
});
`;
const FROM_PEER = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

/** Only what the edge itself serves, and nothing inline. */
const POLICY = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'",
  "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
].join('; ');
const HEADERS = { 'Cache-Control': 'no-cache', 'Content-Security-Policy': POLICY, 'Referrer-Policy': 'no-referrer' };

const page = createRoute({
  method: 'get', path: '/docs', tags: ['operations'], security: [], summary: 'This description as a page',
  responses: {
    200: { description: 'The page.', content: { 'text/html': { schema: z.string() } } },
    304: { description: 'The caller has it (`If-None-Match`).' },
    ...problemResponses('not_found'),
  },
});

/** The interface's description as a page that loads nothing from elsewhere. */
export function docsRoutes() {
  // Read when first asked for: 2 MB that most edges never serve.
  let files: ReadonlyMap<string, Asset> | undefined;
  const router = newRouter().openapi(page, (c) => {
    files ??= readFiles();
    const html = files.get('/docs');
    if (html === undefined) throw notFound();
    return answerAsset(c, html, HEADERS);
  });
  router.get('/docs/:file', (c) => {
    files ??= readFiles();
    const asset = files.get(c.req.path);
    if (asset === undefined) throw notFound();
    return answerAsset(c, asset, HEADERS);
  });
  return router;
}

function readFiles(): ReadonlyMap<string, Asset> {
  const text = (content: string, extension: string): Asset => assetOf(new TextEncoder().encode(content), extension);
  const folder = peerFolder();
  return new Map([
    ['/docs', text(PAGE, '.html')],
    ['/docs/init.js', text(INIT, '.js')],
    ['/docs/theme.js', text(THEME, '.js')],
    ['/docs/page.css', text(STYLE, '.css')],
    ...FROM_PEER.map((name): [string, Asset] => [`/docs/${name}`, readAsset(join(folder, name))]),
  ]);
}

/** Whether the page is there: the package that draws it need not be. */
export function hasDocsPage(): boolean {
  try {
    return peerFolder() !== '';
  } catch {
    return false;
  }
}

function peerFolder(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  } catch (cause) {
    throw new ProblemError('not_found', new MissingPeerError('swagger-ui-dist', 'This page').message, { cause });
  }
}
