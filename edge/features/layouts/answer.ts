import { createHash } from 'node:crypto';
import type { DashboardPreset } from '../../../sdk/contract/layout.js';
import { etagOf } from '../../kernel/etag.js';
import type { LayoutAnswer } from '../../kernel/layouts.js';
import { presetItemsJson } from './items.js';
import type { LayoutRow } from './store.js';

/** The id under which a user finds their default layout, or their role's preset. */
export const DEFAULT_ID = 'default';

/** A stored layout as it leaves. Its items were JSON when they were written; they are not parsed on their way out. */
export function storedAnswer(row: LayoutRow): LayoutAnswer {
  return {
    id: row.id,
    // Another layout becoming the default changes this body, but nothing that a save could lose: another view of one version.
    etag: etagOf(versionOf(row), row.isDefault ? 'd' : ''),
    json: layoutJson({ ...row, layoutId: row.id }),
  };
}

/**
 * What an `If-Match` protects. It holds the id: `default` is another layout for each user, and a browser keeps
 * answers by address and tag, whoever is logged in.
 */
export function versionOf({ id, revision }: Pick<LayoutRow, 'id' | 'revision'>): string {
  return `${id}-${revision}`;
}

/** What stands in the place of a default layout until the user has one. */
export interface Beginning {
  /** The role whose preset it is; none where the user's roles have no preset: then it is empty. */
  readonly preset?: string;
  readonly name: string;
  /** Items as JSON. */
  readonly widgets: string;
  readonly version: string;
}

const EMPTY: Beginning = { name: 'My dashboard', widgets: '[]', version: 'empty' };
const beginnings = new WeakMap<DashboardPreset, Beginning>();

export function beginningOf(preset: DashboardPreset | undefined): Beginning {
  if (preset === undefined) return EMPTY;
  let made = beginnings.get(preset);
  if (made === undefined) {
    const widgets = presetItemsJson(preset.layout);
    const version = createHash('sha256').update(JSON.stringify([preset.role, preset.name, widgets])).digest('base64url').slice(0, 22);
    made = { preset: preset.role, name: preset.name, widgets, version };
    beginnings.set(preset, made);
  }
  return made;
}

/** @param since epoch milliseconds: when the edge read the preset */
export function beginningAnswer(user: string, { version, ...parts }: Beginning, since: number): LayoutAnswer {
  return {
    id: DEFAULT_ID,
    etag: etagOf(version, Buffer.from(user).toString('base64url')),
    json: layoutJson({ ...parts, user, layoutId: DEFAULT_ID, isDefault: true, columns: null, extras: null, createdAt: since, updatedAt: since }),
  };
}

interface LayoutParts extends Pick<LayoutRow, 'user' | 'name' | 'isDefault' | 'columns' | 'widgets' | 'extras' | 'createdAt' | 'updatedAt'> {
  layoutId: string;
  preset?: string;
}

function layoutJson(parts: LayoutParts): string {
  const columns = parts.columns === null ? '' : `,"columns":${parts.columns}`;
  // A JSON object, without its braces.
  const extras = parts.extras === null ? '' : `,${parts.extras.slice(1, -1)}`;
  const preset = parts.preset === undefined ? '' : `,"preset":${JSON.stringify(parts.preset)}`;
  return `{"userId":${JSON.stringify(parts.user)},"layoutId":${JSON.stringify(parts.layoutId)},"name":${JSON.stringify(parts.name)}`
    + `,"isDefault":${String(parts.isDefault)}${columns},"widgets":${parts.widgets}${extras}`
    + `,"createdAt":"${new Date(parts.createdAt).toISOString()}","updatedAt":"${new Date(parts.updatedAt).toISOString()}"${preset}}`;
}
