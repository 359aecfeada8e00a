import type { z } from 'zod';

/** What is wrong with the settings, each with its place. The start stops with it. */
export class SettingsError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'SettingsError';
    this.faults = faults;
  }
}

export type Path = readonly PropertyKey[];

/** `widgets[3].statConfig.primaryValue`; keys that are no plain names stand in quotes. */
export function placeOf(path: Path): string {
  return path
    .map((key, index) => {
      if (typeof key === 'number') return `[${key}]`;
      const name = String(key);
      if (!/^[A-Za-z_$][\w$-]*$/.test(name)) return `[${JSON.stringify(name)}]`;
      return index === 0 ? name : `.${name}`;
    })
    .join('');
}

/** One line a fault: `ccm.config.json: widgets[3].title: is required`. */
export function faultLine(source: string, path: Path, message: string): string {
  return [source, placeOf(path), message].filter((part) => part !== '').join(': ');
}

/** A zod error as lines; of a union only the faults of the branch that came nearest. */
export function faultLines(source: string, error: z.ZodError): string[] {
  return error.issues.flatMap((issue) => issueLines(source, issue, []));
}

function issueLines(source: string, issue: z.core.$ZodIssue, above: Path): string[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const nearest = [...issue.errors].sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0] ?? [];
    return nearest.flatMap((inner) => issueLines(source, inner, path));
  }
  if (issue.code === 'unrecognized_keys') {
    const message = issue.message.startsWith('Unrecognized') ? 'is not a setting that CCM knows' : issue.message;
    return issue.keys.map((key) => faultLine(source, [...path, key], message));
  }
  if (issue.code === 'invalid_key' || issue.code === 'invalid_element') {
    return issue.issues.flatMap((inner) => issueLines(source, inner, path));
  }
  return [faultLine(source, path, words(issue))];
}

/** How far into the value a branch's faults lie: a discriminator that does not fit lies at the top. */
function depth(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length + (issue.code === 'invalid_value' ? -1 : 0)));
}

function words(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) return 'is required';
  if (issue.code === 'invalid_value' && issue.message.startsWith('Invalid')) return `must be one of ${issue.values.map(String).join(', ')}`;
  return issue.message.replace(/^Invalid input: /, '').replace(/^[A-Z]/, (first) => first.toLowerCase());
}
