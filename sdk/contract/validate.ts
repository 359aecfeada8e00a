import type { ValidatorError } from './generated/validators.js';
import { isLayout, isWidget } from './generated/validators.js';
import type { LayoutInput } from './layout.js';
import type { Fault } from './problem.js';
import { layoutFaults, widgetFaults } from './rules.js';
import type { CCMWidget } from './widget.js';
import {
  mustBe, mustBeOneOf, mustHaveForm, ONE_STEP, REQUIRED, tooLarge, tooLong, tooShort, tooSmall, UNKNOWN_FIELD,
} from './words.js';

/** `/series/0/name` with its escapes, as `series.0.name`. */
function dotPath(pointer: string, ...more: unknown[]): string {
  const segments = pointer.split('/').slice(1).map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
  return [...segments, ...more].join('.');
}

/** Of names that have a form: which form was asked for, by the fault that lies under the name's. */
function formOfNames(name: unknown, errors: readonly ValidatorError[]): string {
  const inner = errors.find(({ keyword, propertyName }) => keyword === 'pattern' && propertyName === name);
  return inner ? mustHaveForm(String(inner.params['pattern'])) : UNKNOWN_FIELD;
}

/** Only a transform's step has one field and no other; an unknown one in it is told alone. */
function fieldCountFault({ keyword, instancePath, params }: ValidatorError, errors: readonly ValidatorError[]): Fault | undefined {
  const limit = Number(params['limit']);
  if (keyword === 'maxProperties' && limit !== 1) return { path: dotPath(instancePath), message: tooLong('fields', limit) };
  const unknown = errors.some((other) => other.keyword === 'additionalProperties' && other.instancePath === instancePath);
  return unknown ? undefined : { path: dotPath(instancePath), message: ONE_STEP };
}

function faultOf(error: ValidatorError, all: readonly ValidatorError[]): Fault | undefined {
  const { keyword, instancePath, params } = error;
  // Told by the name's own fault.
  if (error.propertyName !== undefined) return undefined;
  const path = dotPath(instancePath);
  const limit = Number(params['limit']);
  switch (keyword) {
    case 'required': return { path: dotPath(instancePath, params['missingProperty']), message: REQUIRED };
    case 'additionalProperties': return { path: dotPath(instancePath, params['additionalProperty']), message: UNKNOWN_FIELD };
    case 'propertyNames': return { path: dotPath(instancePath, params['propertyName']), message: formOfNames(params['propertyName'], all) };
    case 'type': return { path, message: mustBe(...[params['type']].flat().map(String)) };
    case 'enum': return { path, message: mustBeOneOf([params['allowedValues']].flat()) };
    case 'const': return { path, message: mustBeOneOf([params['allowedValue']]) };
    case 'pattern': return { path, message: mustHaveForm(String(params['pattern'])) };
    case 'minLength': return { path, message: tooShort('text', limit) };
    case 'maxLength': return { path, message: tooLong('text', limit) };
    case 'minItems': return { path, message: tooShort('list', limit) };
    case 'maxItems': return { path, message: tooLong('list', limit) };
    case 'minProperties':
    case 'maxProperties': return fieldCountFault(error, all);
    case 'minimum': return { path, message: tooSmall(limit) };
    case 'maximum': return { path, message: tooLarge(limit) };
    // The branch that was taken tells its own faults.
    case 'if': return undefined;
    default: return { path, message: error.message ?? 'is not valid' };
  }
}

function faultsOf(errors: readonly ValidatorError[] | null | undefined): Fault[] {
  const all = errors ?? [];
  return all.flatMap((error) => faultOf(error, all) ?? []);
}

/**
 * What is wrong with a widget's definition, each fault with its dot path; none if nothing is. The same rules as at the
 * edge, compiled without zod and without `eval` for pages.
 */
export function validateWidget(value: unknown): Fault[] {
  return isWidget(value) ? widgetFaults(value as CCMWidget) : faultsOf(isWidget.errors);
}

/** What is wrong with a layout, a whole one or only what is sent to make one. */
export function validateLayout(value: unknown): Fault[] {
  return isLayout(value) ? layoutFaults(value as LayoutInput) : faultsOf(isLayout.errors);
}
