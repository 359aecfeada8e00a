import type { StarterName } from './name.js';

export const settings = ({ tag, version }: StarterName): string => `${JSON.stringify({
  name: tag,
  version: '0.1.0',
  private: true,
  type: 'module',
  scripts: {
    start: `esbuild ${tag}.js --bundle --format=esm --target=es2022 --outdir=dist --servedir=. --watch`,
    test: 'node --test',
    build: `esbuild ${tag}.js --bundle --format=esm --target=es2022 --minify --outfile=dist/${tag}.js`,
    hash: `node -p "'sha384-' + crypto.createHash('sha384').update(fs.readFileSync('dist/${tag}.js')).digest('base64')"`,
  },
  devDependencies: { '@a64core/ccm': `^${version}`, esbuild: '^0.28.0' },
}, undefined, 2)}
`;

export const definition = ({ tag, title }: StarterName): string => `${JSON.stringify({
  id: tag,
  title,
  type: 'custom',
  size: 'medium',
  dataSource: { type: 'static', data: [{ name: 'North', value: 128 }, { name: 'South', value: 96 }, { name: 'East', value: 41 }] },
  customConfig: { element: tag, options: { label: 'name', value: 'value' } },
  permissions: [],
  roles: [],
}, undefined, 2)}
`;

export const page = ({ tag, title }: StarterName): string => `<!doctype html>
<html lang="en" style="color-scheme: light dark">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <script type="module" src="/node_modules/@a64core/ccm/dist/browser/ccm.js"></script>
    <script type="module" src="/dist/${tag}.js"></script>
    <style>
      body { display: grid; gap: 12px; max-width: 640px; margin: 24px auto; padding: 0 16px; font-family: system-ui, sans-serif; background: light-dark(#f5f6f8, #0e1116); }
    </style>
  </head>
  <body>
    <ccm-widget src="/widget.json"></ccm-widget>
    <ccm-widget src="/widget.json" theme="dark"></ccm-widget>
  </body>
</html>
`;

export const readme = ({ tag, title }: StarterName): string => `# ${title}

A widget for CCM dashboards.

| | |
|---|---|
| \`npm install\` | once |
| \`npm start\` | the preview: open the address that it prints; it is built anew at each change (reload the page) |
| \`npm test\` | the tests |
| \`npm run build\` | one file to serve: \`dist/${tag}.js\` |
| \`npm run hash\` | its hash, for \`integrity\` |

- \`${tag}.js\`: what it is (name, options, sample) and how it is drawn
- \`rows.js\`: what it reads from an answer; \`rows.test.js\` tests it
- \`widget.json\`: a definition that shows it

To bring it to a dashboard, serve \`dist/${tag}.js\` from where its pages may load scripts, and make a definition:

\`\`\`json
{ "type": "custom", "customConfig": { "module": "https://static.example/${tag}.js", "integrity": "sha384-…", "options": { "label": "name", "value": "value" } } }
\`\`\`

More: \`docs/widgets-of-your-own.md\` of @a64core/ccm.
`;
