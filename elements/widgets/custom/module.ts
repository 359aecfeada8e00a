/** What a module of a widget gives away. */
export type WidgetModule = Readonly<Record<string, unknown>>;

interface Load {
  integrity: string | undefined;
  loading: Promise<WidgetModule>;
}

const loads = new Map<string, Load>();

/**
 * Loads the module of a widget, once for all widgets that name it; a load that failed is tried again by the next call.
 *
 * With a hash the browser itself holds the file against it: a `modulepreload` with that integrity puts the module into the page's
 * module map, or puts nothing there, and the `import()` after it takes what lies there without another request. The hash is that of
 * this one file: what it imports has none.
 */
export function loadModule(url: string, integrity?: string): Promise<WidgetModule> {
  const known = loads.get(url);
  if (known !== undefined) {
    if (integrity === undefined || integrity === known.integrity) return known.loading;
    // It runs already, whatever it is: to say that it has this hash would be untrue.
    return Promise.reject(new Error(`${url} was loaded before under another hash, or without one.`));
  }
  const loading = load(url, integrity);
  loads.set(url, { integrity, loading });
  loading.catch(() => loads.delete(url));
  return loading;
}

async function load(url: string, integrity: string | undefined): Promise<WidgetModule> {
  if (integrity !== undefined) await preload(url, integrity);
  return (await import(/* webpackIgnore: true */ /* @vite-ignore */ url)) as WidgetModule;
}

function preload(url: string, integrity: string): Promise<void> {
  const link = document.createElement('link');
  if (!link.relList.supports('modulepreload')) return Promise.reject(new Error('This browser cannot check the hash of a module.'));
  return new Promise((resolve, reject) => {
    link.rel = 'modulepreload';
    link.integrity = integrity;
    link.href = url;
    link.addEventListener('load', () => {
      link.remove();
      resolve();
    });
    link.addEventListener('error', () => {
      link.remove();
      reject(new Error(`${url} could not be loaded, or is not the file of its hash.`));
    });
    document.head.append(link);
  });
}
