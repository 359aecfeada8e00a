import { css } from 'lit';

/** The list of silences. */
export const silencesStyles = css`
  .plan {
    padding: 12px 16px 0;
  }
  .silences {
    padding-block: 8px;
  }
  .silence .acts {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .fits {
    color: var(--_muted);
    font-size: 12px;
    overflow-wrap: anywhere;
  }
  .silence {
    display: grid;
    grid-template-columns: 16px minmax(0, 1fr) auto;
    gap: 12px;
    align-items: start;
    padding: 10px 16px;
    border-block-end: 1px solid color-mix(in srgb, var(--_border) 70%, transparent);
  }
  .silence:last-child {
    border-block-end: 0;
  }
  .again svg {
    width: 12px;
    height: 12px;
    vertical-align: -2px;
  }
  .silence.expired b {
    color: var(--_muted);
    font-weight: 500;
  }
  @container (max-width: 559px) {
    .silence {
      grid-template-columns: 16px minmax(0, 1fr);
    }
    .silence .acts {
      grid-column: 2;
      justify-self: start;
    }
  }
`;
