import type { DashboardStrings } from '../core/editing-strings.js';
import type { ListStrings } from '../core/list-strings.js';
import type { MenuStrings } from '../core/menu-strings.js';
import type { PagesStrings } from '../core/pages-strings.js';
import type { SlicesStrings } from '../core/slices-strings.js';
import type { Groups, Strings } from '../core/strings.js';

/** All that the elements say. A language that comes with them has all of it: what is missing does not compile. */
export type WholeTranslation = Omit<Strings, keyof Groups> & MenuStrings & DashboardStrings & PagesStrings & ListStrings & SlicesStrings & Groups;
