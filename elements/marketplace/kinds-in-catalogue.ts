import type { CatalogueItem } from '../../sdk/client/client.js';
import type { WidgetKind } from '../../sdk/define/widget-kind.js';

/** Definitions of a kind of one's own, with what the kind says of itself where they say nothing. */
export function withKinds(items: readonly CatalogueItem[], kinds: readonly WidgetKind[]): CatalogueItem[] {
  return items.map((item) => {
    const kind = item.type === 'custom' ? kinds.find(({ tag }) => tag === item.customConfig?.element) : undefined;
    if (!kind) return item;
    const { description, icon, category, author, version, tags } = kind;
    const said = { description, icon, category, author, version, ...(tags ? { tags: [...tags] } : {}) };
    const own = Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined)) as Partial<CatalogueItem>;
    return { ...(Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as Partial<CatalogueItem>), ...own } as CatalogueItem;
  });
}

/** Kinds of one's own that no definition uses yet. */
export function kindsWithout(kinds: readonly WidgetKind[], items: readonly CatalogueItem[]): WidgetKind[] {
  const used = new Set(items.map(({ customConfig }) => customConfig?.element));
  return kinds.filter(({ type = 'custom', tag }) => type === 'custom' && tag !== 'ccm-custom' && !used.has(tag));
}
