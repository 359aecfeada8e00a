import type { TemplateResult } from 'lit';
import { message } from './message.js';
import type { Strings } from './strings.js';

/** What a view shows that cannot draw anything of its answer. By itself: the first screen needs it, and nothing of what looks for rows. */
export function unusable({ unusable: title }: Strings, hint?: string): TemplateResult {
  return message({ icon: 'Box', title, hint });
}
