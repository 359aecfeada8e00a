/**
 * The script tag's entry: `<script type="module" src="https://edge.example/ccm.js" data-token-endpoint="/session/ccm-token">`.
 * Its attributes speak for the whole page: data-edge (default: where this script came from), data-token,
 * data-token-endpoint, data-theme, data-locale.
 */
import { setScriptSettings } from './core/script-settings.js';
import { define } from './tags.js';

/** The tag that loaded this module; a module is not told, so it is found by its address. */
function ownTag(): HTMLScriptElement | undefined {
  return [...document.querySelectorAll<HTMLScriptElement>('script[type="module"][src]')].find(({ src }) => src === import.meta.url);
}

const { dataset } = ownTag() ?? { dataset: {} as DOMStringMap };
setScriptSettings({
  edge: dataset['edge'] ?? new URL('.', import.meta.url).href,
  token: dataset['token'],
  tokenEndpoint: dataset['tokenEndpoint'],
  theme: dataset['theme'],
  locale: dataset['locale'],
});
define();
