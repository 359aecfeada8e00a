import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

export interface Shell {
  /** Of the module; its style sheet has the same name. */
  name: string;
  title: string;
  body: Markup;
  /** With it the page embeds widgets: all that CCM needs in a page is this one tag. */
  script?: Markup;
}

/** The module's own HTML around a page. */
export function shell({ name, title, body, script }: Shell): string {
  return `${html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <link rel="icon" href="/assets/logo.svg">
    <script src="/assets/theme.js"></script>
    <link rel="stylesheet" href="/assets/module.css">
    <link rel="stylesheet" href="/assets/${name}.css">
    ${script ?? ''}
  </head>
  <body>${body}</body>
</html>`}`;
}

/** The script tag of a page that embeds widgets. */
export function ccmScript(edge: URL): Markup {
  return html`<script type="module" src="${edge.origin}/ccm.js" data-token-endpoint="/session/ccm-token"></script>`;
}

export interface HeaderParts {
  heading: string;
  company: string;
  user: string;
  edge: URL;
  /** Name of the module whose page this is. */
  current: 'sales' | 'inventory';
}

const PAGES = [['sales', 'Sales'], ['inventory', 'Inventory']] as const;

/** Navigation between the modules, who is logged in, and the way out. */
export function header({ heading, company, user, edge, current }: HeaderParts): Markup {
  return html`
    <header class="bar">
      <p class="brand">${heading} <span>${company}</span></p>
      <nav aria-label="Modules">
        ${PAGES.map(([name, label]) => html`
        <a href="${edge.origin}/modules/${name}.html" ${name === current ? html`aria-current="page"` : ''}>${label}</a>`)}
        <a href="${edge.origin}/">Dashboard</a>
      </nav>
      <ccm-alerts compact></ccm-alerts>
      <label class="theme">Theme
        <select data-theme-switch>
          <option value="auto">Auto</option>
          <option value="light">Light</option>
          <option value="dark">Dark</option>
        </select>
      </label>
      <form method="post" action="/session/end"><span>${user}</span> <button type="submit">Log out</button></form>
    </header>`;
}

/** Writes numbers and times as the tenant does. */
export function writers({ locale, currency, timeZone }: { locale: string; currency: string; timeZone: string }) {
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const number = new Intl.NumberFormat(locale);
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  return {
    /** Of cents. */
    money: (cents: number) => money.format(cents / 100),
    number: (value: number) => number.format(value),
    time: (at: number) => time.format(at),
  };
}
