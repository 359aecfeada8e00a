import type { SourceParams } from '../contract/data-source.js';
import type { ParamDeclaration } from '../contract/widget.js';
import { canonicalJson } from './canonical.js';

/** A viewer's param that the widget does not take; `path` is `params.<name>`. */
export class ParamError extends Error {
  readonly path: string;

  constructor(name: string, message: string) {
    super(message);
    this.name = 'ParamError';
    this.path = `params.${name}`;
  }
}

const LONGEST_VALUE = 500;

function check(name: string, declaration: ParamDeclaration, value: unknown): string | number | boolean {
  if (typeof value !== declaration.type) throw new ParamError(name, `must be a ${declaration.type}`);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new ParamError(name, 'must be a finite number');
  if (typeof value === 'string' && value.length > LONGEST_VALUE) {
    throw new ParamError(name, `must be at most ${LONGEST_VALUE} characters long`);
  }
  if (declaration.enum && !declaration.enum.some((allowed) => allowed === value)) {
    throw new ParamError(name, `must be one of ${declaration.enum.join(', ')}`);
  }
  return value as string | number | boolean;
}

/**
 * The params to lay over a source's own: what the viewer gave, checked against what the widget declares, and the
 * declared defaults of the rest. An undeclared one throws, as each new name would be a new answer to keep.
 */
export function resolveParams(
  declarations: Readonly<Record<string, ParamDeclaration>> | undefined,
  given: Readonly<Record<string, unknown>> | undefined,
): SourceParams {
  const declared = declarations ?? {};
  const entries: [string, string | number | boolean][] = [];
  for (const [name, value] of Object.entries(given ?? {})) {
    const declaration = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (!declaration) throw new ParamError(name, 'is not a parameter of this widget');
    entries.push([name, check(name, declaration, value)]);
  }
  for (const [name, { default: fallback }] of Object.entries(declared)) {
    if (fallback !== undefined && !(given && Object.hasOwn(given, name))) entries.push([name, fallback]);
  }
  return Object.fromEntries(entries);
}

/** Equal for equal params, in whatever order they were written; `1` and `"1"` differ. */
export function paramsKey(params: Readonly<Record<string, unknown>> = {}): string {
  return canonicalJson(params);
}
