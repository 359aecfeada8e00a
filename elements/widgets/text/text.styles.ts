import { css } from 'lit';

export const styles = css`
  :host {
    height: 100%;
    min-height: 0;
    min-width: 0;
  }
  .page {
    position: relative;
    height: 100%;
    timeline-scope: --text;
  }
  .scroll {
    height: 100%;
    scroll-timeline: --text;
    overflow: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_border) transparent;
    margin-inline: calc(-1 * var(--_padding));
    padding-inline: var(--_padding);
    padding-block-end: 14px;
    /* What goes on below fades, and does not end in the middle of a line. */
    mask-image: linear-gradient(#000 calc(100% - 14px), transparent);
  }
  .scroll:focus-visible {
    outline-offset: -2px;
    mask-image: none;
  }
  /* A sign that there is more below, until its end is reached: many scrollbars show only while one scrolls. */
  .page::after {
    position: absolute;
    inset: auto 0 -3px;
    width: 6px;
    height: 6px;
    margin: auto;
    border: solid var(--_muted);
    border-width: 0 1.5px 1.5px 0;
    rotate: 45deg;
    opacity: 0;
    pointer-events: none;
    content: '';
    animation: more linear;
    animation-timeline: --text;
  }
  @keyframes more {
    from,
    95% {
      opacity: 1;
    }
  }
  .text {
    max-width: 72ch;
    font-size: 14px;
    line-height: 21px;
    color: var(--_text);
    overflow-wrap: anywhere;
  }
  .text > :first-child {
    margin-top: 0;
  }
  .text > :last-child {
    margin-bottom: 0;
  }
  p,
  ul,
  ol,
  blockquote,
  pre,
  table {
    margin: 0 0 10px;
  }
  h3,
  h4,
  h5,
  h6 {
    margin: 16px 0 6px;
    font-weight: 600;
    line-height: 1.3;
    text-wrap: balance;
  }
  h3 {
    font-size: 18px;
    letter-spacing: -0.01em;
  }
  h4 {
    font-size: 15px;
  }
  h5,
  h6 {
    font-size: 13px;
  }
  h6 {
    color: var(--_muted);
  }
  ul,
  ol {
    padding-inline-start: 20px;
  }
  li {
    margin: 3px 0;
  }
  li::marker {
    color: var(--_muted);
  }
  li > ul,
  li > ol {
    margin: 3px 0;
  }
  a {
    color: var(--_accent);
    text-underline-offset: 2px;
    text-decoration-thickness: 1px;
    border-radius: 2px;
  }
  a:hover {
    text-decoration-thickness: 2px;
  }
  strong {
    font-weight: 600;
  }
  blockquote {
    padding-block: 2px;
    padding-inline: 12px 0;
    border-inline-start: 3px solid var(--_border);
    color: var(--_muted);
  }
  blockquote > :last-child {
    margin-bottom: 0;
  }
  code,
  kbd,
  pre {
    font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
    font-size: 12.5px;
  }
  code,
  kbd {
    padding: 1px 5px;
    border-radius: var(--_radius-badge);
    background: var(--_canvas);
  }
  kbd {
    border: 1px solid var(--_border);
    border-bottom-width: 2px;
  }
  pre {
    padding: 10px 12px;
    overflow: auto;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
    background: var(--_canvas);
    line-height: 18px;
    white-space: pre-wrap;
  }
  pre code {
    padding: 0;
    background: none;
  }
  mark {
    padding: 0 2px;
    border-radius: 2px;
    background: color-mix(in srgb, var(--_warning) 22%, var(--_surface));
    color: inherit;
  }
  small,
  sub,
  sup {
    font-size: 12px;
  }
  sub,
  sup {
    line-height: 1;
  }
  hr {
    margin: 14px 0;
    border: 0;
    border-top: 1px solid var(--_border);
  }
  img {
    max-width: 100%;
    height: auto;
    border-radius: var(--_radius-control);
  }
  table {
    border-collapse: collapse;
    font-size: 13px;
    line-height: 18px;
  }
  th,
  td {
    padding-block: 5px;
    padding-inline: 0 14px;
    border-bottom: 1px solid var(--_border);
    vertical-align: top;
  }
  th {
    font-size: 12px;
    font-weight: 600;
    color: var(--_muted);
  }
  th:not([align]) {
    text-align: start;
  }
  td:last-child,
  th:last-child {
    padding-inline-end: 0;
  }
  .rest {
    margin: 10px 0 0;
    font-size: 12px;
    line-height: 16px;
    color: var(--_muted);
  }
`;
