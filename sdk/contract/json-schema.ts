/** The part of JSON Schema (2020-12) that forms are made from and options are checked against; the rest of it is let be. */
export interface JsonSchema {
  type?: JsonSchemaType | readonly JsonSchemaType[];
  /** Label of the field; default: made from its name. */
  title?: string;
  description?: string;
  default?: unknown;
  enum?: readonly unknown[];
  const?: unknown;
  properties?: Readonly<Record<string, JsonSchema>>;
  required?: readonly string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  anyOf?: readonly JsonSchema[];
  oneOf?: readonly JsonSchema[];
  allOf?: readonly JsonSchema[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
  maxProperties?: number;
  /** `color`, `icon`, `uri`, `date`, `date-time`, `markdown`: what a form offers to write it with. */
  format?: string;
  examples?: readonly unknown[];
}

export type JsonSchemaType = 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'array' | 'null';
