import { BUCKETS } from './generated/icons/index.js';

/** Those that are there. */
const loaded = new Map<number, Readonly<Record<string, string>>>();

/** The path of any Lucide icon; undefined where there is none of this name. Loads the bucket that it is in. */
export async function pathOfIcon(name: string): Promise<string | undefined> {
  const bucket = bucketOf(name);
  const { ICONS } = (await BUCKETS[bucket]?.()) ?? { ICONS: {} };
  loaded.set(bucket, ICONS);
  return Object.hasOwn(ICONS, name) ? ICONS[name] : undefined;
}

/** Whether there is none of this name, as far as its bucket is loaded. */
export function isNone(name: string): boolean {
  const icons = loaded.get(bucketOf(name));
  return icons !== undefined && !Object.hasOwn(icons, name);
}

/** The same sum as in scripts/generate-icons.ts. */
function bucketOf(name: string): number {
  let sum = 0;
  for (let index = 0; index < name.length; index += 1) sum = (sum * 31 + name.charCodeAt(index)) % 65_521;
  return sum % BUCKETS.length;
}
