import { BUCKETS } from './generated/icons/index.js';

/** The path of any Lucide icon; undefined where there is none of this name. Loads the bucket that it is in. */
export async function pathOfIcon(name: string): Promise<string | undefined> {
  const { ICONS } = (await BUCKETS[bucketOf(name)]?.()) ?? { ICONS: {} };
  return Object.hasOwn(ICONS, name) ? ICONS[name] : undefined;
}

/** The same sum as in scripts/generate-icons.ts. */
function bucketOf(name: string): number {
  let sum = 0;
  for (let index = 0; index < name.length; index += 1) sum = (sum * 31 + name.charCodeAt(index)) % 65_521;
  return sum % BUCKETS.length;
}
