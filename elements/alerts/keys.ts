/** What a key of the list means. */
export type ListKey = 'down' | 'up' | 'first' | 'last' | 'ack' | 'silence' | 'comment' | 'close';

const KEYS: Readonly<Record<string, ListKey>> = {
  ArrowDown: 'down', j: 'down', ArrowUp: 'up', k: 'up', Home: 'first', End: 'last', a: 'ack', s: 'silence', c: 'comment', Escape: 'close',
};
/** There the keys are letters, and the arrows move in the text. */
const TYPED = 'input, textarea, select, [contenteditable]';

/** The meaning of a key, where what has the focus does not need it itself. */
export function listKey(event: KeyboardEvent): ListKey | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return undefined;
  const key = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  const target = event.composedPath()[0];
  return key !== 'close' && target instanceof Element && target.matches(TYPED) ? undefined : key;
}
