import type { DashboardLayout, LayoutPatch } from '../../sdk/contract/layout.js';

const FIELDS = ['name', 'columns', 'widgets', 'variables', 'timeRange', 'settings'] as const;

export type ContentField = (typeof FIELDS)[number];

/** What a user makes of a layout: what is changed, taken back, saved, exported. */
export type Content = Pick<DashboardLayout, ContentField>;

/** All fields, also those that the layout has not: laid over another layout it leaves nothing of that one's. */
export function contentOf({ name, columns, widgets, variables, timeRange, settings }: Content): Content {
  return { name, columns, widgets, variables, timeRange, settings };
}

/** A layout with this in place of what it says; what is nothing is left out. */
export function withContent(layout: DashboardLayout, content: Partial<Content>): DashboardLayout {
  return Object.fromEntries(Object.entries({ ...layout, ...content }).filter(([, value]) => value !== undefined)) as unknown as DashboardLayout;
}

/** The fields in which two differ. */
export function changedFields(a: Content, b: Content): ContentField[] {
  return FIELDS.filter((field) => a[field] !== b[field]);
}

/** These fields as they are written to the edge: what is absent there stays, so what is none is said. */
export function patchOf(content: Content, fields: Iterable<ContentField>): LayoutPatch {
  const { name, columns = 6, widgets, variables = [], timeRange = null, settings = {} } = content;
  const all = { name, columns, widgets, variables, timeRange, settings };
  return Object.fromEntries([...fields].map((field) => [field, all[field]]));
}
