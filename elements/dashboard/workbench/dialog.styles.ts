import { css } from 'lit';

/** Dialogs of a dashboard. */
export const dialogStyles = css`
  dialog {
    width: min(560px, calc(100vw - 32px));
    max-height: min(640px, calc(100dvh - 48px));
    padding: 0;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow);
  }
  dialog[open] {
    display: flex;
    flex-direction: column;
  }
  dialog::backdrop {
    background: rgb(10 14 20 / 45%);
  }
  dialog header {
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 16px 16px 0;
  }
  dialog h2 {
    flex: 1;
    margin: 0;
    font-size: 16px;
    font-weight: 600;
    line-height: 24px;
  }
  dialog p {
    margin: 0;
    padding: 8px 16px;
    color: var(--_muted);
  }
  dialog footer {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
    padding: 16px;
  }
  .close {
    min-height: 28px;
    padding: 2px 8px;
  }
  .find {
    margin: 12px 16px 4px;
    padding: 7px 12px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
    background: transparent;
    color: inherit;
    font: inherit;
  }
  .choices {
    flex: 1;
    min-height: 120px;
    margin: 0;
    padding: 0 8px 12px;
    overflow: auto;
    list-style: none;
  }
  .choices h3 {
    margin: 12px 8px 4px;
    color: var(--_muted);
    font-size: 12px;
    font-weight: 600;
  }
  .choices ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .choice {
    display: grid;
    grid-template-columns: 32px minmax(0, 1fr) auto;
    align-items: center;
    width: 100%;
    padding: 8px;
    border: 0;
    background: none;
    font-weight: 400;
    text-align: start;
  }
  .choice:hover,
  .choice:focus-visible {
    background: color-mix(in srgb, var(--_accent) 8%, transparent);
  }
  .choice .icon {
    justify-self: center;
    color: var(--_muted);
  }
  .choice b {
    display: block;
    font-weight: 600;
  }
  .choice span {
    display: block;
    overflow: hidden;
    color: var(--_muted);
    font-size: 12px;
    line-height: 16px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
`;
