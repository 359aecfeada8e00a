/** What only some gauges show. */
export { addStyles } from '../../core/late-styles.js';
export { mapped } from '../../core/mappings.js';
export { bar } from './bar.js';
export { extraStyles } from './extras.styles.js';
export { labels, writerOf } from './labels.js';
