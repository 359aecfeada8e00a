/** What the script tag says for the whole page, by its `data-*` attributes. */
export interface ScriptSettings {
  edge?: string;
  token?: string;
  tokenEndpoint?: string;
  theme?: string;
  locale?: string;
}

let settings: ScriptSettings = {};

/** Called once, by the script tag's entry. */
export function setScriptSettings(given: ScriptSettings): void {
  settings = given;
}

/** The page's settings; empty where the elements came by a package. */
export function scriptSettings(): ScriptSettings {
  return settings;
}
