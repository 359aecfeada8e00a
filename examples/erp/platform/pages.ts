import { readPage } from '../pages-folder.js';

/** What is a page, by its path; all else in the folder is a part of one, or an asset. */
const PAGES: Readonly<Record<string, string>> = {
  '/': 'index.html',
  '/alerts.html': 'alerts.html',
  '/connections.html': 'connections.html',
  '/gallery.html': 'gallery.html',
  '/about.html': 'about.html',
};

/** A line that names a part: `<!-- header.html -->`. */
const PART = /^( *)<!-- ([a-z]+\.html) -->\n/gm;

/** The platform's pages by path, each whole: the parts that it names stand in their places, and its own link in them is marked. */
export async function readPages(): Promise<ReadonlyMap<string, string>> {
  return new Map(await Promise.all(Object.entries(PAGES).map(async ([path, file]): Promise<[string, string]> => [path, await readWhole(path, file)])));
}

async function readWhole(path: string, file: string): Promise<string> {
  const page = await readPage(file);
  const names = [...page.matchAll(PART)].map(([, , name = '']) => name);
  const parts = new Map(await Promise.all(names.map(async (name): Promise<[string, string]> => [name, marked(await readPage(name), path)])));
  return page.replace(PART, (_, indent: string, name: string) => (parts.get(name) ?? '').replace(/^(?=.)/gm, indent));
}

/** Says to readers of the navigation where they are. */
function marked(part: string, path: string): string {
  return part.replace(`<a href="${path}">`, `<a href="${path}" aria-current="page">`);
}
