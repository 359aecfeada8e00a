const page = globalThis as { hashedModuleRuns?: number };
page.hashedModuleRuns = (page.hashedModuleRuns ?? 0) + 1;

customElements.define('test-hashed-module', class extends HTMLElement {});
