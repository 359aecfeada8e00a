/** What few pages use: loaded as one with the first call of any of it. */
export { createAlerts } from './alerts.js';
export { createModules } from './modules.js';
export { createPresets } from './presets.js';
export { fetchExternalAPIData, fetchModuleData, fetchSystemMetric } from './sources.js';
