import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { safeAddress } from '../../core/links.js';
import { styleProperty } from '../../core/style-property.js';
import type { Ground, MapView } from './ground.js';

interface Tile {
  key: string;
  url: string;
  left: number;
  top: number;
  side: number;
}

const SIDE = 256;
/** Tile servers go no further. */
const FINEST = 19;

/** The address of a tile, if it is one of http or https (or relative to the page). What names no tile is no template, and asks for nothing. */
export function tileUrl(template: string, z: number, x: number, y: number): string | undefined {
  if (!['{z}', '{x}', '{y}'].every((part) => template.includes(part))) return undefined;
  return safeAddress(template.replaceAll('{z}', String(z)).replaceAll('{x}', String(x)).replaceAll('{y}', String(y)))?.href;
}

/** The tiles that a view needs. */
export function tilesOf(template: string, ground: Ground, { x, y, k }: MapView): Tile[] {
  const { size: { width, height }, meridian, around } = ground;
  const z = Math.max(0, Math.min(FINEST, Math.round(Math.log2((around * k) / SIDE))));
  const count = 2 ** z;
  const side = (around * k) / count;
  // The corner of tile 0/0, in pixels of the box. The ground's middle is at its meridian and the equator.
  const left = x + (width / 2) * k - ((meridian + 180) / 360) * around * k;
  const top = y + (height / 2) * k - (around * k) / 2;
  const tiles: Tile[] = [];
  for (let row = Math.max(0, Math.floor(-top / side)); row < count && top + row * side < height; row += 1) {
    for (let column = Math.floor(-left / side); left + column * side < width; column += 1) {
      const url = tileUrl(template, z, ((column % count) + count) % count, row);
      if (url !== undefined) tiles.push({ key: `${z}/${column}/${row}`, url, left: left + column * side, top: top + row * side, side });
    }
  }
  return tiles;
}

/** Whole pixels, each tile up to the next one: no seam shows. */
export function renderTiles(tiles: readonly Tile[]): TemplateResult {
  return html`<div class="tiles" aria-hidden="true">
    ${repeat(tiles, ({ key }) => key, ({ url, left, top, side }) => {
      const [from, above] = [Math.round(left), Math.round(top)];
      return html`<img src=${url} alt="" draggable="false" decoding="async"
        ${styleProperty('left', `${from}px`)} ${styleProperty('top', `${above}px`)}
        ${styleProperty('width', `${Math.round(left + side) - from}px`)} ${styleProperty('height', `${Math.round(top + side) - above}px`)} />`;
    })}
  </div>`;
}

/** Whose tiles they are, where the definition does not say: the terms of the one that everybody knows ask for these words. */
export function attributionOf(template: string): string {
  const url = tileUrl(template, 0, 0, 0);
  const host = url === undefined ? '' : new URL(url).host;
  return /(?:^|\.)openstreetmap\.org$/.test(host) ? '© OpenStreetMap contributors' : host;
}
