import type { MenuItem } from '../core/menu-item.js';
import type { MenuStrings } from '../core/menu-strings.js';

/** What decides which entries a widget's menu has. */
export interface MenuOffer {
  strings: MenuStrings;
  canRefresh: boolean;
  /** Absent where the page may not go to full screen. */
  full?: boolean;
  /** Whether it shows its table now; absent where it has none beside its picture. */
  table?: boolean;
  hasRows: boolean;
  hasPicture: boolean;
  /** Entries of the element around it. */
  more: readonly MenuItem[];
}

/** Those of the element around it that take the widget away stand at the end, where no finger slips to. */
const isLast = (item: MenuItem) => item !== 'line' && (item.id === 'remove' || item.tone === 'critical');

/** The menu in groups: the look at it, what the page offers, files, why, and away with it. */
export function menuItems({ strings, canRefresh, full, table, hasRows, hasPicture, more }: MenuOffer): MenuItem[] {
  return joined([
    [
      ...(canRefresh ? [{ id: 'refresh', label: strings.refresh, icon: 'RefreshCw' }] : []),
      ...(full === undefined ? [] : [{ id: 'full-screen', label: full ? strings.leaveFullScreen : strings.fullScreen, icon: full ? 'Minimize2' : 'Maximize2' }]),
      ...(table === undefined ? [] : [{ id: 'table', label: table ? strings.asPicture : strings.asTable, icon: table ? 'ChartColumn' : 'Table' }]),
    ],
    more.filter((item) => !isLast(item)),
    [
      ...(hasRows ? [{ id: 'csv', label: strings.exportCsv, icon: 'FileText' }] : []),
      ...(hasPicture ? [{ id: 'png', label: strings.exportPng, icon: 'Image' }] : []),
    ],
    [{ id: 'details', label: strings.details, icon: 'Info' }],
    more.filter(isLast),
  ]);
}

/** A line between two groups, none beside another or at an end. */
function joined(groups: readonly (readonly MenuItem[])[]): MenuItem[] {
  const all = groups.flatMap((group): MenuItem[] => [...group, 'line']);
  return all.filter((item, index) => item !== 'line' || (index > 0 && all[index - 1] !== 'line' && all.slice(index).some((later) => later !== 'line')));
}
