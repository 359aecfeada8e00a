/**
 * gridstack is a few classes, of which a bundler can shake no method off. Here those that `elements/dashboard/workbench` never comes to
 * are left out of its source: a fifth of its bytes. Whoever needs one of them deletes its name. Each must be found (gridstack's
 * version is pinned), else the build stops.
 */
import { basename } from 'node:path';
import { parseSync, Visitor } from 'rolldown/utils';

/**
 * Methods by file, and by what they are for.
 *
 * @type {Record<string, Record<string, string[]>>}
 */
const LEFT_OUT = {
  'gridstack.js': {
    'grids made of data, and the way back': ['initAll', 'addGrid', 'registerEngine', 'load', 'save', 'addWidget', 'createWidgetDivs', '_readAttr'],
    'grids within grids': ['makeSubGrid', 'removeAsSubGrid'],
    'what comes from or goes to another grid': ['setupDragIn', '_leave'],
    'options that change: a dashboard starts another grid': [
      'updateOptions', 'column', 'margin', 'getMargin', 'mode', 'getMode', 'movable', 'resizable', 'enable', 'disable', 'enableMove', 'enableResize', 'refreshDragHandles',
    ],
    'sizes by what is in an item': ['resizeToContent', 'resizeToContentCBCheck', 'onResize'],
    'questions that nobody asks': ['compact', 'getCellFromPixel', 'isAreaEmpty', 'willItFit'],
  },
  'gridstack-engine.js': {
    'arrangements at other columns: those are the layout’s': ['columnChanged', 'cacheLayout', 'removeNodeFromLayoutCache'],
    'grids made of data, and the way back': ['save', 'findEmptyPosition', 'willItFit', 'cleanupNode'],
    'other ways to pack': ['compact', '_relayout', 'isAreaEmpty'],
  },
  'utils.js': {
    'grids made of data, and the way back': ['removeInternalAndSame', 'removeInternalForSave', 'findInGrid'],
    'helpers of what is left out': ['throttle', 'cloneNode', 'appendTo'],
  },
  'dd-gridstack.js': { 'what comes from or goes to another grid': ['dragIn', 'droppable', 'isDroppable'] },
};

/**
 * Methods that are called and have nothing to do here.
 *
 * @type {Record<string, string[]>}
 */
const IDLE = {
  'gridstack.js': ['_setupAcceptWidget', '_setupRemoveDrop', '_updateResizeEvent', 'resizeToContentCheck'],
  'dd-element.js': ['setupDroppable', 'cleanDroppable'],
};

/** Each item's place for a sheet of gridstack's own, for paper. What is in the item inherits them, and is styled anew at each move. */
const PLACES_FOR_PAPER = /el\.style\.setProperty\('--gs-[xywh]', .+\);/g;

const GRIDSTACK = /gridstack\/dist\/(?:gridstack|gridstack-engine|utils|dd-gridstack|dd-element)\.js$/;

/** For the bundler. */
export function leanGridstack() {
  const met = new Set();
  return {
    name: 'lean-gridstack',
    transform: {
      filter: { id: GRIDSTACK },
      /** @param {string} code @param {string} id */
      handler(code, id) {
        met.add(basename(id));
        return { code: leaned(code, basename(id)), map: null };
      },
    },
    buildEnd() {
      for (const file of Object.keys({ ...LEFT_OUT, ...IDLE })) if (!met.has(file)) throw new Error(`No ${file} of gridstack was bundled: it would come whole.`);
    },
  };
}

/** For the browser tests, so that they drag with what pages get. */
export function leanGridstackInTests() {
  return {
    name: 'lean-gridstack',
    /** @param {{ path: string, body: unknown }} context */
    transform: ({ path, body }) => (GRIDSTACK.test(path) ? { body: leaned(String(body), basename(path)) } : undefined),
  };
}

/** @param {string} code @param {string} file */
export function leaned(code, file) {
  const methods = methodsIn(code, file);
  const find = (/** @type {string} */ name) => {
    const method = methods.get(name);
    if (method === undefined) throw new Error(`gridstack has changed: scripts/lean-gridstack.mjs looks for ${name}() in ${file}.`);
    return method;
  };
  const cuts = [
    ...Object.values(LEFT_OUT[file] ?? {}).flat().map((name) => ({ ...find(name), is: '' })),
    ...(IDLE[file] ?? []).map((name) => ({ ...find(name).value.body, is: '{ return this; }' })),
    ...(file === 'gridstack.js' ? placesForPaper(code) : []),
  ];
  return cuts.sort((a, b) => b.start - a.start).reduce((text, { start, end, is }) => text.slice(0, start) + is + text.slice(end), code);
}

/** @param {string} code */
function placesForPaper(code) {
  const places = [...code.matchAll(PLACES_FOR_PAPER)].map(({ index, 0: { length } }) => ({ start: index, end: index + length, is: '' }));
  if (places.length !== 4) throw new Error(`gridstack has changed: scripts/lean-gridstack.mjs looks for four places, and finds ${places.length}.`);
  return places;
}

/**
 * @typedef {{ start: number, end: number }} Span
 * @param {string} code @param {string} file
 * @returns {Map<string, Span & { value: { body: Span } }>}
 */
function methodsIn(code, file) {
  const methods = new Map();
  new Visitor({
    MethodDefinition(method) {
      if (method.key.type === 'Identifier') methods.set(method.key.name, method);
    },
  }).visit(parseSync(file, code).program);
  return methods;
}
