/**
 * The edge as a library: `loadSettings`, then `compose`, then `listen`, or mount `edge.app.fetch` in an app of your own.
 *
 * @example
 * const edge = await compose(await loadSettings({ file: 'ccm.config.json', env: process.env }));
 * const { url } = await edge.listen({ port: 8787, host: '127.0.0.1' });
 */
export { compose, type ComposeOptions, type Edge } from './compose.js';
export { loadSettings, SettingsError, SETTINGS_FILE, type Environment, type SettingsFile, type SettingsSource } from './config.js';
export type { GateEnv } from './gate/env.js';
export type { Settings } from './kernel/settings.js';
export type { Listening, ListenOptions, LiveConnections } from './serve.js';
