import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it, vi } from 'vitest';
import { UsageError } from './command.js';
import { RULES } from './lint/rules.js';
import { layout, lint, settings, widget } from './lint/test/files.js';
import { lintCommand } from './lint.js';

const OPEN = widget({ permissions: [] });

describe('ccm lint', () => {
  it('has nothing to say of files that are right, and knows each kind', async () => {
    const { code, out, err } = await lint({
      'orders.json': widget({ $schema: './widget.schema.json' }),
      'floor.json': { $schema: './layout.schema.json', ...layout({}) },
      'ccm.json': { widgets: [widget({ id: 'sales-late' })], schemas: { '/api/orders': { type: 'object' } } },
      'ccm.config.json': settings({ widgets: [widget({ id: 'other' })], presets: { user: { name: 'Start', layout: [{ widgetId: 'other', position: { x: 0, y: 0, w: 1, h: 1 } }] } } }),
    });
    expect({ code, out, err }).toEqual({ code: 0, out: '4 files: 0 faults, 0 warnings.', err: '' });
  });

  it('looks at the widgets that the settings name by their files, once where they are given too', async () => {
    const files = {
      'ccm.config.json': settings({ widgets: ['stock.json', 'gone.json', 'none.json'] }),
      'stock.json': widget({ id: 'stock', statConfig: {}, tableConfig: { columns: [{ key: 'a', label: 5 }] } }),
      'gone.json': widget({ id: 'gone', dataSource: { type: 'module', moduleName: 'gone', endpoint: '/x' } }),
    };
    const { faults } = await lint(files, '--json');
    expect(faults.map(({ file, path }) => [file, path])).toEqual([
      ['ccm.config.json', 'widgets[2]'], ['stock.json', 'statConfig.primaryValue'], ['stock.json', 'tableConfig.columns.0.label'],
    ]);
    const right = { ...files, 'ccm.config.json': settings({ widgets: ['stock.json', 'gone.json'] }), 'stock.json': widget({ id: 'stock', permissions: [] }) };
    const linted = await lint(right, '--json');
    expect(linted.faults.map(({ file, path }) => [file, path])).toEqual([['gone.json', 'dataSource.moduleName']]);
    expect(linted.warnings.map(({ rule, file }) => [rule, file])).toEqual([['open-to-all', 'stock.json']]);
  });

  it('tells each fault with its file and place, and ends with 1', async () => {
    const { code, faults } = await lint({
      'a.json': widget({ statConfig: {}, titel: 'x' }),
      'b.json': { ...layout({ position: { x: 0, y: 0, w: 'wide', h: 1 } }) },
      'ccm.json': { widgets: [widget({ id: 'sales-late', dataSource: { type: 'module', moduleName: 'stock', endpoint: '/x' } }), widget({ id: 'stock-x' })], schemas: { '/api/orders': { $ref: 'https://evil.example' } } },
      'ccm.config.json': settings({ widgets: [widget({ id: 'no', dataSource: { type: 'module', moduleName: 'gone', endpoint: '/x' } })], presets: { user: { name: 'x', layout: [{ widgetId: 'none', position: { x: 0, y: 0, w: 1, h: 1 } }] } } }),
      'mine.json': { tenants: { 'acme.eu': { timezone: 'UTC' } } },
      'cut.json': '{"id": "x",\n  "title": }',
      'list.json': [],
      'other.json': { hello: 'there' },
    }, '--json');
    expect(code).toBe(1);
    expect(faults.map(({ file, path, message }) => `${file} | ${path} | ${message}`)).toEqual([
      'a.json | statConfig.primaryValue | is required',
      'a.json | titel | is not a known field; did you mean title?',
      'b.json | widgets.0.position.w | must be a whole number',
      'ccm.json | widgets.0.id | must begin with "stock-" or "stock."',
      'ccm.json | widgets.1.dataSource.moduleName | must be stock: a module brings widgets of its own data only',
      expect.stringMatching(/^ccm\.json \| schemas\.\/api\/orders\.\$ref \| must lead to a place in this schema/),
      'ccm.config.json | widgets[0].dataSource.moduleName | gone is not under modules',
      'ccm.config.json | presets.user.layout[0].widgetId | none is not the id of a widget of this file',
      'mine.json | tenants["acme.eu"].timezone | is not a known field; did you mean timeZone?',
      expect.stringMatching(/^cut\.json \| {2}\| is not JSON: line 2, column 12: /),
      'list.json |  | must be an object: a widget, a layout, a module\'s manifest or the settings',
      expect.stringMatching(/^other\.json \| {2}\| is no widget /),
    ]);
  });

  it('says what it cannot read', async () => {
    const lines: string[] = [];
    const io = { env: {}, out: (line: string) => void lines.push(line), err: () => undefined, stopped: () => Promise.resolve() };
    expect(await lintCommand.run([tmpdir(), '/nowhere/w.json'], io)).toBe(1);
    expect(lines.slice(0, 2)).toEqual([`${tmpdir()}: is a folder; name the files in it, such as widgets/*.json`, '/nowhere/w.json: there is no such file']);
  });

  it('looks at the endpoints and connectors of the settings, and needs no secret for it', async () => {
    const asking = (apiName: string, endpoint: string) => widget({ id: apiName, dataSource: { type: 'external_api', apiName, endpoint } });
    const { faults } = await lint({
      'ccm.config.json': settings({ connectors: { crm: { baseUrl: 'https://crm.example', paths: ['/v1/*'], auth: { kind: 'bearer', secret: { env: 'UNSET_KEY' } } }, bad: {} }, widgets: [asking('crm', '/v2/x'), asking('stripe', '/v1/none')] }),
    }, '--json');
    expect(faults.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      'connectors.bad.baseUrl: is required',
      expect.stringMatching(/^widgets\[0\]\.dataSource\.endpoint: \/v2\/x is not allowed by paths or post of the connector crm/),
      expect.stringMatching(/^widgets\[1\]\.dataSource\.endpoint: \/v1\/none is not allowed/),
    ]);
  });

  it('ends with 0 where there are only warnings, and with 1 where that is asked for', async () => {
    expect(await lint({ 'a.json': OPEN })).toMatchObject({ code: 0, out: expect.stringMatching(/^\nopen-to-all: A widget .*\n {2}a\.json: permissions: .*\n\n1 file: 0 faults, 1 warning\.$/) });
    expect((await lint({ 'a.json': OPEN }, '--strict')).code).toBe(1);
    expect((await lint({ 'a.json': widget() }, '--strict')).code).toBe(0);
  });

  it('gives programs the same, with a sentence for each rule that found something', async () => {
    const { warnings, rules } = await lint({ 'a.json': OPEN }, '--json');
    expect(warnings).toEqual([{ rule: 'open-to-all', file: 'a.json', path: 'permissions', message: expect.any(String) }]);
    expect(Object.keys(rules)).toEqual(['open-to-all']);
  });

  it('still warns of the widgets that are right where others are not', async () => {
    const { faults, warnings } = await lint({ 'ccm.config.json': settings({ widgets: [widget({ size: 'huge' }), { ...OPEN, id: 'b' }] }) }, '--json');
    expect([faults.map(({ path }) => path), warnings.map(({ path }) => path)]).toEqual([['widgets[0].size'], ['widgets[1].permissions']]);
  });

  it('prints no control character of a file', async () => {
    const { out } = await lint({ 'a.json': widget({ 'x\u001b[2J\r': 1 }) });
    expect(out).toContain('a.json: x\\u001b[2J\\u000d: is not a known field');
  });

  it('shows how far it is, beside the report', async () => {
    let now = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 400));
    const { out, err } = await lint(Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`${index}.json`, widget({ id: `w${index}` })])));
    clock.mockRestore();
    expect(err).toMatch(/^\d of 9 files$/m);
    expect(out).toBe('9 files: 0 faults, 0 warnings.');
  });

  it('needs a file', async () => {
    await expect(lint({})).rejects.toBeInstanceOf(UsageError);
  });

  it('has its rules told in docs/operating.md, and no others', () => {
    const section = readFileSync('docs/operating.md', 'utf8').split('## Before it runs')[1]?.split('\n## ')[0] ?? '';
    const told = [...section.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name);
    expect(told.sort()).toEqual(RULES.map(({ name }) => name).sort());
  });
});
