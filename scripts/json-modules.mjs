/** For the browser tests: the JSON files of packages (shapes of countries) are modules, as the bundlers make them. */
export function jsonModulesInTests() {
  const json = /\/node_modules\/.+\.json$/;
  return {
    name: 'json-modules',
    /** @param {{ path: string }} context */
    resolveMimeType: ({ path }) => (json.test(path) ? 'js' : undefined),
    /** @param {{ path: string, body: unknown }} context */
    transform: ({ path, body }) => (json.test(path) ? { body: `export default ${String(body)};` } : undefined),
  };
}
