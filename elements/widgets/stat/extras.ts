/** What only some stats show. */
export { addStyles } from '../../core/late-styles.js';
export { mapped } from '../../core/mappings.js';
export { extraStyles } from './extras.styles.js';
export { samplesOf, sparkline } from './sparkline.js';
