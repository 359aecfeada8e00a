/** Characters: what is longer is cut by mail programs and phones, and leads nowhere then. */
const LONGEST = 2_000;

export interface Links {
  /** The page of the alerts, at one of them where an id is given; undefined where the settings name no page. */
  page(id?: string): string | undefined;
  /** A rule's own link: http, https, or relative to the page. Undefined for all else. */
  runbook(given: string | undefined): string | undefined;
}

/** Makes the addresses that stand in messages. None has a scheme but http and https, and none a user that looks like a host. */
export function createLinks(pageUrl: URL | undefined): Links {
  return {
    page(id) {
      if (pageUrl === undefined) return undefined;
      const url = new URL(pageUrl);
      if (id !== undefined) url.searchParams.set('alert', id);
      return shown(url);
    },
    runbook(given) {
      if (given === undefined || !URL.canParse(given, pageUrl?.href)) return undefined;
      return shown(new URL(given, pageUrl));
    },
  };
}

function shown(url: URL): string | undefined {
  const fits = /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' && url.href.length <= LONGEST;
  return fits ? url.href : undefined;
}
