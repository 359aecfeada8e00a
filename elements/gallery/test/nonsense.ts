/** What must never be read on a page: the traces of a value that is none. */
const NONSENSE = /\bNaN\b|\bundefined\b|\[object \w+\]|\bInfinity\b|∞/;

/** Each text and each attribute within an element that says such a thing, through shadow roots. */
export function nonsenseIn(node: Node): string[] {
  if (node instanceof Text) return NONSENSE.test(node.data) ? [`“${node.data.trim().slice(0, 80)}”`] : [];
  if (node instanceof HTMLStyleElement) return [];
  const attributes = node instanceof Element ? [...node.attributes] : [];
  const own = attributes.filter(({ value }) => NONSENSE.test(value)).map(({ name, value }) => `${(node as Element).localName} ${name}="${value.slice(0, 80)}"`);
  const inside = node instanceof Element && node.shadowRoot ? [node.shadowRoot, ...node.childNodes] : [...node.childNodes];
  return [...own, ...inside.flatMap(nonsenseIn)];
}
