/** The element that draws each type of widget; types without one are told so on their card. */
const VIEW_TAGS: Readonly<Record<string, string>> = {
  stat: 'ccm-stat',
  chart: 'ccm-chart',
  table: 'ccm-table',
  gauge: 'ccm-gauge',
  list: 'ccm-list',
  map: 'ccm-map',
  text: 'ccm-text',
  custom: 'ccm-custom',
};

export function viewTag(type: string): string | undefined {
  return Object.hasOwn(VIEW_TAGS, type) ? VIEW_TAGS[type] : undefined;
}

/** Parts of the views that a page may style through the widget. */
export const VIEW_PARTS = 'value, trend, badge, item';
