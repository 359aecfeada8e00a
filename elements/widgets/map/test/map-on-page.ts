import { fixture, html } from '@open-wc/testing';
import type { MapConfig } from '../../../../sdk/contract/display.js';
import type { CCMWidget } from '../../../../sdk/contract/widget.js';
import { definition } from '../../../core/test/samples.js';
import { until } from '../../../core/test/until.js';
import { CcmMap } from '../map.js';

CcmMap.define('ccm-map');

export const MARKERS = { latKey: 'lat', lngKey: 'lng', labelKey: 'city', valueKey: 'orders' };
export const CITIES = [
  { city: 'Berlin', lat: 52.52, lng: 13.4, orders: 754 },
  { city: 'Sydney', lat: -33.87, lng: 151.21, orders: 480 },
  { city: 'New York', lat: 40.71, lng: -74.01, orders: 1480 },
  { city: 'Nairobi', lat: -1.29, lng: 36.82, orders: 190 },
];

export const widgetOf = (mapConfig: MapConfig): CCMWidget =>
  ({ id: 'stores', title: 'Stores', type: 'map', size: 'large', permissions: [], roles: [], dataSource: { type: 'static', data: null }, mapConfig });

export interface Mounting {
  width?: number;
  height?: number;
  locale?: string;
  theme?: 'light' | 'dark';
}

export async function make(mapConfig: MapConfig, data: unknown, { width = 640, height = 320, locale = 'en-US', theme = 'light' }: Mounting = {}): Promise<CcmMap> {
  const box = await fixture<HTMLElement>(html`<div><ccm-map data-theme=${theme} .widget=${definition(widgetOf(mapConfig))} .data=${data}
    .display=${{ locale }}></ccm-map></div>`);
  Object.assign(box.style, { width: `${width}px`, height: `${height}px`, containerType: 'size' });
  const element = box.querySelector('ccm-map')!;
  await until('the map is drawn', () => all(element, '.message').length > 0 || (all(element, '.land').length > 0 && (mapConfig.tiles !== undefined || all(element, '.shape').length > 40)));
  return element;
}

export function all(element: CcmMap, selector: string): Element[] {
  return [...element.shadowRoot!.querySelectorAll(selector)];
}

export function one(element: CcmMap, selector: string): HTMLElement {
  return element.shadowRoot!.querySelector<HTMLElement>(selector)!;
}

/** How often the ground is enlarged. */
export function enlarged(element: CcmMap): number {
  return Number(/scale\((.+)\)/.exec(one(element, '.land g').getAttribute('transform')!)![1]);
}
