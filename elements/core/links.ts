/** Two slashes of either kind, as browsers read them: another host that does not look like one. */
const OTHER_HOST = /^[/\\]{2}/;

/** The address that data or a definition names, if it is one to lead to: http, https or relative. Anything else stays text. */
export function safeAddress(address: unknown): URL | undefined {
  const written = typeof address === 'string' ? address.replace(/[\t\n\r]/g, '').trim() : '';
  if (written === '' || OTHER_HOST.test(written) || !URL.canParse(written, document.baseURI)) return undefined;
  const url = new URL(written, document.baseURI);
  // An address with a user's name in it is made to look like another's: https://bank.example@evil.example.
  return (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '' ? url : undefined;
}

/** Leads an anchor to an address where that is safe, another site in a tab of its own; else it is no link. */
export function setLink(anchor: HTMLAnchorElement, address: unknown): void {
  const url = safeAddress(address);
  if (url === undefined) {
    anchor.removeAttribute('href');
    return;
  }
  anchor.href = url.href;
  anchor.rel = 'noopener noreferrer';
  anchor.target = url.origin === location.origin ? '' : '_blank';
}
