/** How objects and functions read that were written as text. */
const AS_TEXT = /^\[object |=>|^(?:async )?function\b/;

/** A framework that meets a tag before its code is here finds no such property, and writes an attribute that says nothing to anybody. */
export function warnOfLostProperties({ attributes, localName }: Element): void {
  for (const { name, value } of attributes) {
    // A handler that the page wrote out is meant to be text.
    if (!AS_TEXT.test(value) || name.startsWith('on')) continue;
    console.warn(`CCM: “${name}” of <${localName}> came as text, not as a property: before it is rendered, await ensure('${localName}').`);
  }
}
