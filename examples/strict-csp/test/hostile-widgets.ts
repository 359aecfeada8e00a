/** Widgets with a hostile string in every field that takes one: what the fields are is read off the types' own schemas. */
import type { JsonSchema } from '../../../sdk/contract/json-schema.js';
import { getPath } from '../../../sdk/data/path.js';
import { builtInKinds } from '../../../elements/kinds.js';
import { fieldsOf, takesText, withField, type Field } from '../../../elements/gallery/test/fields.js';

export interface HostileWidget {
  config: Record<string, unknown>;
  data: unknown;
}

type Row = Record<string, unknown>;

const at = (path: Field['path']) => path.join('.');
const isPath = ({ format }: JsonSchema) => format === 'field-path';

/**
 * One widget for each string. A string is in one field after another: each widget has another one in each of its fields. The paths
 * lead to fields of the answer that have such a name, so that what is there is drawn.
 * @param words those fields too that know a few words alone: many of these are a message, not a picture
 */
export async function hostileWidgets(type: string, strings: readonly string[], words: boolean): Promise<HostileWidget[]> {
  const kind = (await builtInKinds()).find((one) => one.type === type);
  if (kind === undefined) throw new Error(`There is no type ${type}.`);
  const samples = [kind.sample, ...(kind.samples ?? [])];
  const fields = fieldsOf(kind.schema).filter(({ schema }) => takesText(schema) && !(schema.format === 'value-format'));
  return strings.map((string, round) => {
    const { options, data } = samples[round % samples.length] ?? kind.sample;
    const hostile = (place: number) => strings[(round + place * 37) % strings.length] ?? string;
    let config: unknown = options;
    const renamed: [string, unknown][] = [];
    for (const [place, { path, schema }] of fields.entries()) {
      if (schema.enum !== undefined && !words) continue;
      // What a list of the schema is shown with is as the sample has it: an empty one has none.
      if (isPath(schema)) renamed.push([hostile(place), getPath(options, at(path))]);
      config = withField(kind.schema, config, path, hostile(place));
    }
    const row = (original: unknown, index: number): unknown => {
      if (typeof original !== 'object' || original === null) return original;
      const own = Object.entries(original).map(([key, value], place) => [key, typeof value === 'string' || round % 5 === 0 ? hostile(index * 7 + place) : value]);
      const named = renamed.map(([name, path]) => [name, typeof path === 'string' && typeof getPath(original, path) === 'number' ? getPath(original, path) : hostile(index * 11)]);
      return Object.fromEntries([...own, ...named]) as Row;
    };
    const answer = Array.isArray(data) ? (data as unknown[]).map(row) : row(data, 0);
    const dataPath = type !== 'text' && round % 3 === 0 ? string : undefined;
    return {
      config: {
        id: string, title: string, description: hostile(1), icon: hostile(2), theme: hostile(3), size: hostile(4), category: hostile(5), type,
        dataSource: { type: 'static' }, permissions: [], roles: [], ...(dataPath === undefined ? {} : { dataPath }), [`${type}Config`]: config,
      },
      data: dataPath === undefined ? answer : { [dataPath]: answer },
    };
  });
}
