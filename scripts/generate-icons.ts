/**
 * Writes the icons of the elements, from lucide-static (ISC), each as one path: those of every widget's frame
 * (elements/core/icons.data.ts), those of its menu (icons-menu.data.ts), those of alerts (icons-alerts.data.ts), of a dashboard's time (icons-time.data.ts), names that definitions use often (icons-named.data.ts), and all of them in small buckets
 * (elements/core/generated/icons, not committed). Their names alone are for `ccm lint` too (sdk/contract/generated).
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const FRAME = ['Lock', 'TriangleAlert', 'Inbox', 'X', 'Box', 'CloudOff'];
const MENU = ['RefreshCw', 'Maximize2', 'Minimize2', 'Table', 'ChartColumn', 'Settings', 'Copy', 'FileText', 'Image', 'Info', 'Trash2'];
const ALERTS = ['Bell', 'BellOff', 'OctagonAlert', 'Info', 'Check', 'UserPlus', 'User', 'MessageSquare', 'BookOpen', 'ArrowLeft', 'CircleCheck', 'Hourglass', 'CircleQuestionMark', 'Unplug', 'Layers', 'RotateCcw', 'SearchX', 'Settings', 'Plus'];
const TIME = ['Clock', 'ChevronLeft', 'ChevronRight', 'ZoomOut'];
const NAMED = [
  'Activity', 'AlertTriangle', 'ArrowDown', 'ArrowUp', 'BadgePercent', 'Banknote', 'BarChart3', 'Bell', 'Boxes', 'Briefcase', 'Building2', 'Calendar', 'ChartColumn', 'ChartLine',
  'ChartPie', 'Check', 'CircleAlert', 'CircleCheck', 'CircleDollarSign', 'Clipboard', 'Clock', 'Coins', 'Cpu', 'CreditCard', 'Database', 'DollarSign', 'Droplets', 'ExternalLink', 'Factory',
  'FileText', 'Filter', 'Gauge', 'Globe', 'Handshake', 'HardDrive', 'Heart', 'Landmark', 'LayoutDashboard', 'LineChart', 'List', 'Mail', 'MapPin', 'MemoryStick', 'Network',
  'Package', 'PackageCheck', 'PackageX', 'Percent', 'Phone', 'PieChart', 'PiggyBank', 'Plus', 'Receipt', 'Repeat', 'Scale', 'Search', 'Server', 'Settings', 'Shield', 'ShoppingBag',
  'ShoppingCart', 'Star', 'Store', 'Table', 'Tag', 'Target', 'Thermometer', 'Ticket', 'Timer', 'Truck', 'User', 'UserCheck', 'UserPlus', 'Users', 'Wallet', 'Warehouse', 'Wifi', 'Wrench', 'Zap',
  'Pencil', 'Trash2', 'TrendingUp', 'TrendingDown', 'Minus', 'EllipsisVertical',
];

const require = createRequire(import.meta.url);
const svgOf = (file: string) => readFileSync(require.resolve(`lucide-static/icons/${file}.svg`), 'utf8');
const kebab = (name: string) => name.replace(/([a-z])([A-Z])/g, '$1-$2').replace(/([A-Za-z])(\d)/g, '$1-$2').toLowerCase();

const SHAPES: Record<string, (get: (name: string) => number, d: string) => string> = {
  path: (_get, d) => d,
  line: (get) => `M${get('x1')} ${get('y1')}L${get('x2')} ${get('y2')}`,
  circle: (get) => ellipse(get('cx'), get('cy'), get('r'), get('r')),
  ellipse: (get) => ellipse(get('cx'), get('cy'), get('rx'), get('ry')),
  rect: (get) => rect(get('x'), get('y'), get('width'), get('height'), get('rx') || get('ry')),
};

function ellipse(cx: number, cy: number, rx: number, ry: number): string {
  return `M${cx - rx} ${cy}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0`;
}

function rect(x: number, y: number, w: number, h: number, r: number): string {
  if (r === 0) return `M${x} ${y}h${w}v${h}h${-w}z`;
  const corner = (dx: number, dy: number) => `a${r} ${r} 0 0 1 ${dx} ${dy}`;
  return `M${x + r} ${y}h${w - 2 * r}${corner(r, r)}v${h - 2 * r}${corner(-r, r)}h${2 * r - w}${corner(-r, -r)}v${2 * r - h}${corner(r, -r)}z`;
}

function pathOf(name: string, file = kebab(name)): string {
  const parts: string[] = [];
  for (const [, tag = '', attributes = ''] of svgOf(file).matchAll(/<(path|line|circle|ellipse|rect|polyline|polygon)\s([^>]*?)\/>/g)) {
    const text = (key: string) => new RegExp(`(?:^|\\s)${key}="([^"]*)"`).exec(attributes)?.[1];
    if (tag === 'polyline' || tag === 'polygon') {
      parts.push(`M${(text('points') ?? '').trim().replace(/\s+/g, ' ')}${tag === 'polygon' ? 'z' : ''}`);
      continue;
    }
    const shape = SHAPES[tag];
    if (shape === undefined) throw new Error(`${name}: <${tag}> is not known here`);
    parts.push(shape((key) => Number(text(key) ?? 0), text('d') ?? ''));
  }
  if (parts.length === 0) throw new Error(`${name}: no shapes found`);
  // A relative first move of a later shape starts from the corner, not where the shape before it ended.
  return parts.map((part, index) => (index > 0 && part.startsWith('m') ? `M0 0${part}` : part)).join('');
}

function write(file: string, what: string, constant: string, names: string[]): void {
  const lines = names.map((name) => `  ${name}: '${pathOf(name)}',`);
  writeFileSync(
    new URL(`../elements/core/${file}`, import.meta.url),
    `// Made by scripts/generate-icons.ts from lucide-static (ISC licence, https://lucide.dev/license). Do not edit.\n\n` +
      `/** ${what} */\nexport const ${constant}: Readonly<Record<string, string>> = {\n${lines.join('\n')}\n};\n`,
  );
}

/** Buckets of some 35 icons: one costs about 2 kB. */
const BUCKETS = 64;
const CONTRACT = new URL('../sdk/contract/generated/', import.meta.url);
const GENERATED = new URL('../elements/core/generated/icons/', import.meta.url);
const LICENCE = '// Made from lucide-static (ISC licence, https://lucide.dev/license).\n';

/** The same sum as in elements/core/icon-buckets.ts. */
function bucketOf(name: string): number {
  let sum = 0;
  for (let index = 0; index < name.length; index += 1) sum = (sum * 31 + name.charCodeAt(index)) % 65_521;
  return sum % BUCKETS;
}

const pascal = (file: string) => file.split('-').map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');

/** All icons by name: of each bucket a module, one that finds it, and the list of names. */
function writeBuckets(): void {
  const files = readdirSync(new URL('icons/', new URL(`file://${require.resolve('lucide-static/package.json')}`))).filter((file) => file.endsWith('.svg')).map((file) => file.slice(0, -4));
  const buckets: Record<string, string>[] = Array.from({ length: BUCKETS }, () => ({}));
  const names = files.map(pascal);
  files.forEach((file, index) => {
    const name = names[index] ?? '';
    (buckets[bucketOf(name)] ?? {})[name] = pathOf(name, file);
  });
  rmSync(GENERATED, { recursive: true, force: true });
  mkdirSync(GENERATED, { recursive: true });
  const emit = (file: string, code: string) => writeFileSync(new URL(file, GENERATED), LICENCE + code);
  buckets.forEach((icons, index) => emit(`bucket-${index}.js`, `export const ICONS = ${JSON.stringify(icons)};\n`));
  emit('index.js', `export const BUCKETS = [\n${buckets.map((_, index) => `  () => import('./bucket-${index}.js'),\n`).join('')}];\n`);
  emit('index.d.ts', 'export declare const BUCKETS: readonly (() => Promise<{ readonly ICONS: Readonly<Record<string, string>> }>)[];\n');
  mkdirSync(CONTRACT, { recursive: true });
  for (const file of ['names', new URL('icon-names', CONTRACT).href]) {
    emit(`${file}.js`, `export const ICON_NAMES = ${JSON.stringify(names.join(' '))}.split(' ');\n`);
    emit(`${file}.d.ts`, 'export declare const ICON_NAMES: readonly string[];\n');
  }
}

write('icons.data.ts', 'Icons of every frame, as path data in a 24 × 24 box.', 'FRAME_ICONS', FRAME);
write('icons-menu.data.ts', "Icons of a widget's menu, as path data in a 24 × 24 box.", 'MENU_ICONS', MENU);
write('icons-alerts.data.ts', 'Icons of the alert centre, as path data in a 24 × 24 box.', 'ALERT_ICONS', ALERTS);
write('icons-time.data.ts', "Icons of a dashboard's time range, as path data in a 24 × 24 box.", 'TIME_ICONS', TIME);
write('icons-named.data.ts', 'Icons that definitions name, as path data in a 24 × 24 box.', 'NAMED_ICONS', NAMED);
writeBuckets();
