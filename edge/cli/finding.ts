/** One thing that `ccm doctor` looked at. `advice`: what to do about it. */
export interface Finding {
  state: 'ok' | 'warn' | 'fail';
  what: string;
  advice?: string;
}
