/** The demo platform as `ccm demo` starts it (package entry `@a64core/ccm/demo`). */
export { startDemo, type Demo, type DemoOptions } from './start.js';
