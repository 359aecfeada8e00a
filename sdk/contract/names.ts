/** Forms of names that code on a page asks for too: it has them without the words of faults. */

/** A custom element's, as `customConfig.element` and `defineWidget` take it. Names of the platform (`font-face`) make no harm, they are never defined. */
export const ELEMENT_NAME = /^[a-z][a-z0-9._]{0,60}-[a-z0-9._-]{1,60}$/;

/** A Lucide icon's. */
export const ICON_NAME = /^[A-Z][A-Za-z0-9]{0,59}$/;
