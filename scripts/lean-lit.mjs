/**
 * Lit is small, and part of it is for what the elements never meet: browsers without constructable style sheets (older than the script's
 * language), polyfills, standard decorators, MathML, hints for who writes elements. Here that is switched off in its source, so that the
 * minifier drops it: a seventh of its bytes. Each text must be found as often as it says (Lit's version is pinned), else the build stops.
 *
 * @type {Readonly<Record<string, readonly (readonly [what: string, places: number, from: string | RegExp, to: string])[]>>}
 */
const SWITCHED_OFF = {
  '@lit/reactive-element/css-tag.js': [
    ['style elements', 1, /\be=\w+\.ShadowRoot&&.*?"replace"in CSSStyleSheet\.prototype/g, 'e=true'],
    ['hints', 1, /throw Error\("CSSResult is not[^"]*"\)/g, 'throw Error()'],
    ['hints', 1, /throw Error\("Value passed to 'css'.*?security\."\)/g, 'throw Error("css")'],
  ],
  '@lit/reactive-element/reactive-element.js': [
    ['polyfills and versions', 1, /,\w\?\.\(\{ReactiveElement:\w\}\),\(\w\.reactiveElementVersions\?\?=\[\]\)\.push\("[\d.]+"\)/g, ''],
    ['standard decorators', 1, 'Symbol.metadata??=Symbol("metadata"),a.litPropertyMetadata??=new WeakMap;', ''],
    ['standard decorators', 1, /const t=this\[Symbol\.metadata\];if\(null!==t\)\{.*?this\.elementProperties\.set\(t,i\)\}/g, ''],
    ['properties without decorators', 1, /this\.hasOwnProperty\(d\("properties"\)\)\)\{.*?this\.createProperty\(i,t\[i\]\)\}/g, 'false){}'],
    ['attributes of JSON', 1, 'case Object:case Array:t=null==t?t:JSON.stringify(t)', ''],
    ['attributes of JSON', 1, ';break;case Object:case Array:try{i=JSON.parse(t)}catch(t){i=null}', ''],
  ],
  '@lit/reactive-element/decorators/property.js': [['standard decorators', 1, '"object"==typeof o?r(t,e,o):', '']],
  '@lit/reactive-element/decorators/query.js': [['remembered elements', 1, /if\(r\)\{.*\}\}\)\}(?=return t\()/g, '']],
  'lit-html/lit-html.js': [
    ['polyfills and versions', 1, /,(\w)=t\.litHtmlPolyfillSupport;\1\?\.\(\w,\w\),\(t\.litHtmlVersions\?\?=\[\]\)\.push\("[\d.]+"\)/g, ''],
    ['MathML', 1, ':3===i?"<math>":""', ':""'],
    ['MathML', 1, ':3===i?"</math>":""', ':""'],
    ['MathML', 1, '||3===i', ''],
  ],
  'lit-element/lit-element.js': [
    ['polyfills and versions', 1, /,\w\.litElementHydrateSupport\?\.\(.*?\);const (\w)=\w\.litElementPolyfillSupport;\1\?\.\(\{LitElement:\w\}\);/g, ';'],
    ['polyfills and versions', 1, /\(\w\.litElementVersions\?\?=\[\]\)\.push\("[\d.]+"\);/g, ''],
  ],
};

const LIT = /\/node_modules\/((?:@lit\/reactive-element|lit-html|lit-element)\/.*\.js)$/;

/** For the bundler. */
export function leanLit() {
  /** @type {Set<string>} */
  const met = new Set();
  return {
    name: 'lean-lit',
    transform: {
      filter: { id: LIT },
      /** @param {string} code @param {string} id */
      handler(code, id) {
        const file = LIT.exec(id)?.[1] ?? '';
        if (!(file in SWITCHED_OFF)) return undefined;
        met.add(file);
        return { code: leaned(file, code), map: null };
      },
    },
    buildEnd() {
      const missed = Object.keys(SWITCHED_OFF).filter((file) => !met.has(file));
      if (missed.length > 0) throw new Error(`Not met: ${missed.join(', ')}. Lit would be bundled whole.`);
    },
  };
}

/**
 * @param {string} file
 * @param {string} code
 */
export function leaned(file, code) {
  return (SWITCHED_OFF[file] ?? []).reduce((text, [what, places, from, to]) => {
    const found = typeof from === 'string' ? text.split(from).length - 1 : [...text.matchAll(from)].length;
    if (found !== places) {
      throw new Error(`Lit has changed: scripts/lean-lit.mjs looks for “${what}” in ${places} places of ${file} (${String(from)}) and found ${found}.`);
    }
    return text.replaceAll(from, to);
  }, code);
}
