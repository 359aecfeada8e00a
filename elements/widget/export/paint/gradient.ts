import type { Box } from './geometry.js';

interface Stop {
  color: string;
  at: number | undefined;
}

/** Linear gradients, as a computed `background-image` has them; other images are left out. The last is the lowest. */
export function paintGradients(brush: CanvasRenderingContext2D, box: Box, outline: Path2D, image: string): void {
  for (const [, body = ''] of [...image.matchAll(/(?<!repeating-)linear-gradient\(((?:[^()]|\([^()]*\))*)\)/g)].reverse()) {
    const parts = body.split(/,(?![^(]*\))/).map((part) => part.trim());
    const angle = angleOf(parts[0] ?? '');
    const stops = parts.slice(angle === undefined ? 0 : 1).map(stopOf);
    if (stops.length < 2) continue;
    brush.fillStyle = linear(brush, box, angle ?? 180, stops);
    brush.fill(outline);
  }
}

const CORNERS: Readonly<Record<string, number>> = { 'to top': 0, 'to right': 90, 'to bottom': 180, 'to left': 270 };

/** Degrees; undefined where the text is a colour. */
function angleOf(text: string): number | undefined {
  if (/^-?[\d.]+deg$/.test(text)) return Number.parseFloat(text);
  return Object.hasOwn(CORNERS, text) ? CORNERS[text] : undefined;
}

function stopOf(text: string): Stop {
  const at = /(-?[\d.]+)%$/.exec(text);
  return { color: text.replace(/\s+-?[\d.]+(?:%|px)$/, ''), at: at?.[1] === undefined ? undefined : Number(at[1]) / 100 };
}

function linear(brush: CanvasRenderingContext2D, { left, top, width, height }: Box, angle: number, stops: readonly Stop[]): CanvasGradient {
  const turn = (angle * Math.PI) / 180;
  const half = (Math.abs(width * Math.sin(turn)) + Math.abs(height * Math.cos(turn))) / 2;
  const [x, y, dx, dy] = [left + width / 2, top + height / 2, Math.sin(turn) * half, -Math.cos(turn) * half];
  const gradient = brush.createLinearGradient(x - dx, y - dy, x + dx, y + dy);
  stops.forEach(({ color, at }, index) => {
    const place = at ?? index / (stops.length - 1);
    try {
      gradient.addColorStop(Math.min(1, Math.max(0, place)), color);
    } catch {
      // A colour that the canvas does not know leaves its neighbours.
    }
  });
  return gradient;
}
