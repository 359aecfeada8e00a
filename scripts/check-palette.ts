/**
 * Checks the colours of elements/core/tokens.ts in both themes, as LOOK of the product asks: text and status colours
 * at 4.5:1 on their surface, series colours at 3:1, and the first five series at least ΔE 11 (CIEDE2000) apart as people
 * with protanopia, deuteranopia and tritanopia see them. Prints each fault and ends with 1 when there is one.
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

type Triple = [number, number, number];

const TEXT = ['text', 'muted', 'accent', 'good', 'warning', 'critical'];
const APART = 11;

/** Machado, Oliveira & Fernandes 2009, full severity, on linear RGB. */
const SIGHTS: Record<string, [Triple, Triple, Triple]> = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritan: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};

function linear(hex: string): Triple {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

const times = (matrix: Triple[], [a, b, c]: Triple): Triple =>
  matrix.map(([x, y, z]) => Math.min(1, Math.max(0, x * a + y * b + z * c))) as Triple;

/** CIE L*a*b* of a linear sRGB colour, white point D65. */
function lab([r, g, b]: Triple): Triple {
  const f = (t: number) => (t > (6 / 29) ** 3 ? Math.cbrt(t) : t / (3 * (6 / 29) ** 2) + 4 / 29);
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** CIEDE2000, as in Sharma, Wu & Dalal 2005. */
export function deltaE([l1, a1, b1]: Triple, [l2, a2, b2]: Triple): number {
  const degrees = (radians: number) => ((radians * 180) / Math.PI + 360) % 360;
  const cos = (angle: number) => Math.cos((angle * Math.PI) / 180);
  const mean = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
  const g = 0.5 * (1 - Math.sqrt(mean ** 7 / (mean ** 7 + 25 ** 7)));
  const [p1, p2] = [a1 * (1 + g), a2 * (1 + g)];
  const [c1, c2] = [Math.hypot(p1, b1), Math.hypot(p2, b2)];
  const [h1, h2] = [c1 === 0 ? 0 : degrees(Math.atan2(b1, p1)), c2 === 0 ? 0 : degrees(Math.atan2(b2, p2))];
  let turn = h2 - h1;
  if (c1 * c2 === 0) turn = 0;
  else if (turn > 180) turn -= 360;
  else if (turn < -180) turn += 360;
  const dh = 2 * Math.sqrt(c1 * c2) * Math.sin((turn * Math.PI) / 360);
  const [lm, cm] = [(l1 + l2) / 2, (c1 + c2) / 2];
  const hm = c1 * c2 === 0 ? h1 + h2 : Math.abs(h1 - h2) <= 180 ? (h1 + h2) / 2 : (h1 + h2 + (h1 + h2 < 360 ? 360 : -360)) / 2;
  const t = 1 - 0.17 * cos(hm - 30) + 0.24 * cos(2 * hm) + 0.32 * cos(3 * hm + 6) - 0.2 * cos(4 * hm - 63);
  const sl = 1 + (0.015 * (lm - 50) ** 2) / Math.sqrt(20 + (lm - 50) ** 2);
  const [sc, sh] = [1 + 0.045 * cm, 1 + 0.015 * cm * t];
  const rt = -2 * Math.sqrt(cm ** 7 / (cm ** 7 + 25 ** 7)) * Math.sin((60 * Math.exp(-(((hm - 275) / 25) ** 2)) * Math.PI) / 180);
  const [x, y, z] = [(l2 - l1) / sl, (c2 - c1) / sc, dh / sh];
  return Math.sqrt(x * x + y * y + z * z + rt * y * z);
}

/** WCAG contrast of two colours. */
export function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const [r, g, bl] = linear(hex);
    return 0.2126 * r + 0.7152 * g + 0.0722 * bl;
  };
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** The smallest ΔE between two of the colours, over all ways of seeing, and where it is. */
export function closest(colors: readonly string[]): { apart: number; where: string } {
  let found = { apart: Number.POSITIVE_INFINITY, where: '' };
  for (const [sight, matrix] of Object.entries(SIGHTS)) {
    const seen = colors.map((color) => lab(times(matrix, linear(color))));
    for (const [i, one] of seen.entries()) {
      for (const [j, other] of seen.entries()) {
        const apart = i < j ? deltaE(one, other) : found.apart;
        if (apart < found.apart) found = { apart, where: `series ${i + 1} and ${j + 1}, ${sight}` };
      }
    }
  }
  return found;
}

/** What is wrong with the colours that a token file declares. */
export function paletteFaults(source: string): string[] {
  const faults: string[] = [];
  for (const theme of ['light', 'dark']) {
    const block = new RegExp(`:host\\(\\[data-theme='${theme}'\\]\\) \\{([^}]*)\\}`).exec(source)?.[1];
    if (block === undefined) throw new Error(`tokens.ts declares no theme “${theme}”`);
    const colors = new Map([...block.matchAll(/--_([\w-]+): var\(--ccm-[\w-]+, (#[0-9a-f]{6})\)/g)].map(([, name = '', color = '']) => [name, color]));
    const need = (name: string) => {
      const color = colors.get(name);
      if (color === undefined) throw new Error(`tokens.ts declares no “${name}” for ${theme}`);
      return color;
    };
    const series = Array.from({ length: 8 }, (_, index) => need(`chart-${index + 1}`));
    const check = (name: string, least: number) => {
      const ratio = contrast(need(name), need('surface'));
      if (ratio < least) faults.push(`${theme}: ${name} has ${ratio.toFixed(2)}:1 on its surface, ${least}:1 is asked`);
    };
    for (const name of TEXT) check(name, 4.5);
    for (const index of series.keys()) check(`chart-${index + 1}`, 3);
    const { apart, where } = closest(series.slice(0, 5));
    if (apart < APART) faults.push(`${theme}: ${where} are only ΔE ${apart.toFixed(1)} apart, ${APART} is asked`);
  }
  return faults;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const faults = paletteFaults(readFileSync(new URL('../elements/core/tokens.ts', import.meta.url), 'utf8'));
  for (const fault of faults) console.error(fault);
  if (faults.length === 0) console.log('Colours: both themes hold.');
  process.exitCode = faults.length === 0 ? 0 : 1;
}
