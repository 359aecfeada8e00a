import type { DashboardLayout, LayoutInput } from '../../../../sdk/contract/layout.js';
import { saveFile } from '../../../core/save-file.js';
import { contentOf } from '../../content.js';

/** A layout as a file: what a user made of it, without whose it is and when it was saved. */
export function layoutFile(layout: DashboardLayout): string {
  const file: LayoutInput = contentOf(layout);
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Gives the layout to the browser as a download. */
export function downloadLayout(layout: DashboardLayout): void {
  saveFile(new Blob([layoutFile(layout)], { type: 'application/json' }), `${fileName(layout.name)}.json`);
}

/** Letters and digits of any script; the rest is no good in file names somewhere. */
export function fileName(name: string): string {
  return name.toLocaleLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 60) || 'dashboard';
}
