import { z } from 'zod';
import type { Fault } from './problem.js';
import {
  FORMS, mustBe, mustBeOneOf, mustHaveForm, REQUIRED, tooLarge, tooLong, tooShort, tooSmall, UNKNOWN_FIELD,
} from './words.js';

/** The parts that the schemas are made of: zod's own, with our words for what is wrong. */

const KINDS: Record<string, 'text' | 'list' | 'fields'> = { string: 'text', array: 'list' };

/** A zod issue in the contract's words, where the schema that found it brought none. */
export function wordsOf(issue: z.core.$ZodIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type': return mustBe(issue.expected);
    case 'invalid_value': return mustBeOneOf(issue.values);
    case 'invalid_union': return undefined;
    default: return words(issue as z.core.$ZodRawIssue);
  }
}

/** A zod issue as it is found, in the contract's words. */
function words(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type': return issue.input === undefined ? REQUIRED : mustBe(issue.expected);
    case 'invalid_value': return issue.input === undefined ? REQUIRED : mustBeOneOf(issue.values);
    case 'unrecognized_keys': return UNKNOWN_FIELD;
    case 'invalid_union': return discriminatorWords(issue);
    case 'invalid_format': return mustHaveForm(String(issue.pattern).slice(1, -1));
    case 'too_small': {
      const kind = KINDS[issue.origin];
      return kind ? tooShort(kind, Number(issue.minimum)) : tooSmall(Number(issue.minimum));
    }
    case 'too_big': {
      const kind = KINDS[issue.origin];
      return kind ? tooLong(kind, Number(issue.maximum)) : tooLarge(Number(issue.maximum));
    }
    default: return undefined;
  }
}
const error = { error: words };

/** Which of the forms was meant is told by one field; it is missing or names none of them. */
function discriminatorWords(issue: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidUnion>): string | undefined {
  if (!issue.discriminator || !Array.isArray(issue.options)) return undefined;
  const input: unknown = issue.input;
  return Object.hasOwn(Object(input) as object, issue.discriminator) ? mustBeOneOf(issue.options) : REQUIRED;
}

export const text = (most: number, least = 1) => z.string(error).min(least, error).max(most, error);
export const form = (name: keyof typeof FORMS) => z.string(error).regex(FORMS[name].pattern, { error: () => FORMS[name].words });
const FieldPathSchema = form('fieldPath').meta({ id: 'FieldPath', description: 'Dot path into an answer: `trend.percentage`, `items.0.sku`.' });
export const fieldPath = () => FieldPathSchema;
export const number = (least?: number, most?: number) => {
  let schema = z.number(error);
  if (least !== undefined) schema = schema.min(least, error);
  if (most !== undefined) schema = schema.max(most, error);
  return schema;
};
export const whole = (least: number, most: number) =>
  z.int({ error: ({ input }) => (input === undefined ? REQUIRED : mustBe('int')) }).min(least, error).max(most, error);
export const flag = () => z.boolean(error);
export const nothing = () => z.null(error);
export const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) => z.enum(values, error);
/** A choice beside a form of another type: what is no text was meant as the other. */
export const oneOfTexts = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, { error: ({ input }) => (typeof input === 'string' ? mustBeOneOf(values) : mustBe('string')) });
export const exactly = <const Value extends string | number>(...values: Value[]) => z.literal(values, error);
export const object = <Shape extends z.core.$ZodLooseShape>(shape: Shape) => z.strictObject(shape, error);
export const anyOf = <const Forms extends readonly [z.core.$ZodTypeDiscriminable, ...z.core.$ZodTypeDiscriminable[]]>(field: string, forms: Forms) =>
  z.discriminatedUnion(field, forms, error);
export const list = <Item extends z.core.SomeType>(item: Item, most: number, least = 0) => {
  const schema = z.array(item, error).max(most, error);
  return least > 0 ? schema.min(least, error) : schema;
};

/** An object with names of the caller's, each of one form. */
export const map = <Value extends z.core.SomeType>(name: keyof typeof FORMS, value: Value, most: number) =>
  z.record(z.string().regex(FORMS[name].pattern), value, { error: (issue) => (issue.code === 'invalid_key' ? FORMS[name].words : words(issue)) })
    .refine((map) => Object.keys(map).length <= most, { error: () => tooLong('fields', most) })
    .meta({ maxProperties: most });

/** Free data; what is in it is checked by the rules between fields. */
export const freeMap = (most: number) =>
  z.record(z.string(), z.unknown(), error)
    .refine((map) => Object.keys(map).length <= most, { error: () => tooLong('fields', most) })
    .meta({ maxProperties: most });

/** For a union of forms of different types: none of them. */
export const typeError = (...types: string[]) => ({
  error: ({ input }: { readonly input?: unknown }) => (input === undefined ? REQUIRED : mustBe(...types)),
});

const LONGEST_SCALAR = 500;
/** Text, a number, true or false; what a viewer may send for a parameter. */
export const scalar = () => z.union([text(LONGEST_SCALAR, 0), number(), flag()], typeError('string', 'number', 'boolean'));
export const scalarOrNull = () =>
  z.union([text(LONGEST_SCALAR, 0), number(), flag(), nothing()], typeError('string', 'number', 'boolean', 'null'));

/** A rule between fields, asked once the fields themselves are right. */
export function faultsOfRule<Value>(rule: (value: Value) => Fault[]) {
  return (value: Value, context: z.RefinementCtx<Value>) => {
    if (context.issues.length > 0) return;
    for (const { path, message } of rule(value)) context.addIssue({ code: 'custom', path: path === '' ? [] : path.split('.'), message });
  };
}

type SameKeys<Type, Output> = [keyof Type] extends [keyof Output] ? unknown : { fields_missing_in_the_schema: Exclude<keyof Type, keyof Output> };

/** Takes what is for the author's editor alone out of a value that was checked: it is accepted, and not kept. */
export function withoutSchema<Value extends { $schema?: string | undefined }>(value: Value): Value {
  if (value.$schema === undefined) return value;
  const { $schema: _, ...rest } = value;
  return rest as Value;
}

/** Holds a schema against the hand-written type, when compiled: its output is the type, and it knows each of its fields. */
export const checked = <Type>() =>
  <Schema extends z.ZodType<Type>>(schema: Schema & SameKeys<Type, z.output<Schema>>): Schema => schema;
