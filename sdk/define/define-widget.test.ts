import { describe, expect, it } from 'vitest';
import { defineWidget, onWidgetKind, widgetKindOf, widgetKinds } from './define-widget.js';
import type { WidgetKind } from './widget-kind.js';

const funnel = (tag: string): WidgetKind => ({
  tag, name: 'Funnel', schema: { type: 'object', properties: { field: { type: 'string' } } }, sample: { options: { field: 'count' }, data: [] },
});

describe('defineWidget', () => {
  it('makes a kind known, and tells who listens', () => {
    const heard: string[] = [];
    const before = widgetKinds().length;
    const off = onWidgetKind(({ tag }) => heard.push(tag));
    const kind = defineWidget(funnel('acme-known'));
    off();
    defineWidget(funnel('acme-known-too'));
    expect(widgetKindOf('acme-known')).toBe(kind);
    expect(widgetKinds().slice(before).map(({ tag }) => tag)).toEqual(['acme-known', 'acme-known-too']);
    expect(heard).toEqual(['acme-known']);
  });

  it('the first of a tag stays', () => {
    const first = defineWidget(funnel('acme-twice'));
    expect(defineWidget({ ...funnel('acme-twice'), name: 'Another' })).toBe(first);
  });

  it.each([
    ['tag', { tag: 'Funnel' }], ['tag', { tag: 'acme' }], ['tag', { tag: 'acme-<b>' }], ['name', { name: ' ' }],
    ['schema.type', { schema: { type: 'array' } }], ['sample', { sample: undefined }], ['render', { render: 'draw' }],
  ])('names a wrong %s', (field, wrong) => {
    expect(() => defineWidget({ ...funnel('acme-wrong'), ...wrong } as WidgetKind)).toThrow(`${field} `);
    expect(widgetKindOf('acme-wrong')).toBeUndefined();
  });
});
