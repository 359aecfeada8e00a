import { css } from 'lit';

/** Each kind under its heading, each widget under what it shows. */
export const galleryStyles = css`
  :host {
    container-type: inline-size;
    color: var(--_text);
    font-family: var(--_font);
    font-size: 13px;
  }
  h2 {
    margin: 32px 0 4px;
    font-size: 18px;
    font-weight: 600;
  }
  p {
    margin: 0;
    color: var(--_muted);
  }
  ul {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(280px, 100%), 1fr));
    gap: 12px;
    margin: 12px 0;
    padding: 0;
    list-style: none;
  }
  li {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    gap: 4px;
    min-width: 0;
    height: 276px;
  }
  li.small,
  li.medium {
    height: 156px;
  }
  li.wide,
  li.full-width {
    grid-column: 1 / -1;
  }
  ccm-widget {
    --ccm-body-min-height: 0px;
    height: 100%;
    min-height: 0;
  }
  small {
    color: var(--_muted);
    font-size: 12px;
  }
  small::first-letter {
    text-transform: uppercase;
  }
  .fault {
    margin: 12px 0;
    color: var(--_critical);
  }
`;
