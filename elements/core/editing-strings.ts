import { englishDashboard } from './dashboard-strings.js';

/** What a dashboard and its editing say, in English. It loads with the code for editing. */
export const englishEditing = {
  ...englishDashboard,
  edit: 'Edit',
  done: 'Done',
  chooseLayout: 'Dashboard',
  moveWidget: (title: string) => `Move ${title}`,
  moveHint: 'Arrow keys move, Shift and arrow keys resize, Delete removes.',
  removeWidget: (title: string) => `Remove ${title}`,
  removed: (title: string) => `${title} removed`,
  added: (title: string) => `${title} added`,
  moved: 'Arrangement changed',
  settingsChanged: (title: string) => `Settings of ${title} changed`,
  collapsed: (title: string, is: boolean) => (is ? `${title} collapsed` : `${title} expanded`),
  collapse: 'Collapse',
  expand: 'Expand',
  widgetSettings: 'Settings …',
  duplicate: 'Duplicate',
  remove: 'Remove',
  undo: 'Undo',
  undoLast: 'Undo last change',
  redoLast: 'Redo last change',
  undone: (what: string) => `Taken back: ${what}`,
  redone: (what: string) => `Done again: ${what}`,
  dashboardMenu: 'More for this dashboard',
  save: 'Save',
  placed: (column: number, row: number, width: number, height: number) => `Column ${column}, row ${row}, ${width} wide, ${height} high`,
  unsaved: 'Not saved yet',
  saved: 'Saved',
  saveFailed: 'Could not be saved',
  conflict: 'This dashboard was changed elsewhere',
  conflictHint: (when: string) => `Another window saved it at ${when}, after you began. Which arrangement should stay?`,
  keepMine: 'Keep mine',
  takeTheirs: 'Take theirs',
};

export type DashboardStrings = typeof englishEditing;
