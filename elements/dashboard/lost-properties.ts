/** A framework that meets a tag before its code is here finds no such property, and writes an attribute that says nothing to anybody. */
export function warnOfLostProperties({ localName }: Element, lost: readonly Attr[]): void {
  for (const { name } of lost) console.warn(`CCM: “${name}” of <${localName}> came as text, not as a property: before it is rendered, await ensure('${localName}').`);
}
