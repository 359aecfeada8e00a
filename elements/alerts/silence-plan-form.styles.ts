import { css } from 'lit';

/** The form of a planned silence. */
export const planStyles = css`
  dialog {
    width: min(600px, calc(100vw - 32px));
    container-type: inline-size;
  }
  .matcher {
    display: grid;
    grid-template-columns: minmax(0, 4fr) minmax(0, 3fr) minmax(0, 6fr) 30px;
    gap: 6px;
    align-items: center;
  }
  .matcher .close {
    justify-content: center;
  }
  .add {
    justify-self: start;
    min-height: 28px;
    padding: 2px 10px;
  }
  .days {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .day {
    position: relative;
    font-weight: 400;
  }
  .day input {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .day span {
    display: block;
    min-width: 44px;
    padding: 3px 8px;
    border: 1px solid color-mix(in srgb, var(--_muted) 70%, var(--_border));
    border-radius: 14px;
    text-align: center;
  }
  .day :checked + span {
    border-color: var(--_accent);
    background: color-mix(in srgb, var(--_accent) 12%, var(--_surface));
    color: var(--_accent);
    font-weight: 600;
  }
  .day :focus-visible + span {
    outline: 2px solid var(--_accent);
    outline-offset: 1px;
  }
  .times {
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) minmax(0, 2fr);
  }
  .found {
    font-weight: 500;
  }
  [hidden] {
    display: none;
  }
  @container (max-width: 479px) {
    .matcher {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) 30px;
    }
    .matcher [name='value'] {
      grid-row: 2;
      grid-column: 1 / 3;
    }
    .days {
      gap: 4px;
    }
    .day span {
      min-width: 40px;
      padding-inline: 4px;
    }
    .times {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    }
    .times .field:last-child {
      grid-column: 1 / -1;
    }
  }
  @media (forced-colors: active) {
    .day :checked + span {
      border-color: Highlight;
      color: Highlight;
    }
  }
`;
