import type { CcmClient } from '../../sdk/client/client.js';

/** Widgets in one answer of the catalogue. */
const PAGE = 100;

/**
 * The name to store a credential under: the one that a widget of the user's waits for, else the API's own name.
 * Where the catalogue does not answer, the API's name serves whoever names none.
 */
export async function nameFor(client: CcmClient, apiName: string): Promise<string> {
  let asked: string | undefined;
  try {
    let cursor: string | undefined;
    do {
      const page = await client.widgets.list({ limit: PAGE, ...(cursor !== undefined && { cursor }) });
      for (const { requires } of page.items) {
        if (requires?.connector !== apiName || requires.credential === undefined) continue;
        if (!requires.met) return requires.credential;
        asked ??= requires.credential;
      }
      cursor = page.cursor;
    } while (cursor !== undefined);
  } catch {
    return apiName;
  }
  return asked ?? apiName;
}
