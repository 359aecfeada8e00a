/** The keys of a dashboard, as they are shown; `mod` is Ctrl, or ⌘ where there is one. */
export const KEYS = {
  add: ['mod', 'K'],
  switch: ['mod', 'L'],
  save: ['mod', 'S'],
  undo: ['mod', 'Z'],
  redo: ['mod', 'Shift', 'Z'],
  refresh: ['R'],
  edit: ['E'],
  remove: ['Delete'],
  escape: ['Esc'],
  help: ['?'],
} as const;

export type KeyName = keyof typeof KEYS;

/** What a key means; undefined where it means nothing here. */
export function keyNameOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): KeyName | undefined {
  if (altKey) return undefined;
  const letter = key.toLowerCase();
  if (ctrlKey || metaKey) {
    if (letter === 'z') return shiftKey ? 'redo' : 'undo';
    return shiftKey ? undefined : ({ k: 'add', l: 'switch', s: 'save', y: 'redo' } as const)[letter];
  }
  if (key === '?') return 'help';
  return shiftKey ? undefined : ({ r: 'refresh', e: 'edit', delete: 'remove', escape: 'escape' } as const)[letter];
}
