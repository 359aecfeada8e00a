/** What a dashboard does once it has stood for a while, in a lazy chunk. */
export { warnOfLostProperties } from './lost-properties.js';
export { Paper } from './paper/paper.js';
