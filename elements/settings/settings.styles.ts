import { css } from 'lit';

/** The two sides of a settings dialog: what is set, and what comes of it. */
export const settingsStyles = css`
  dialog {
    width: min(960px, calc(100vw - 32px));
    height: min(760px, calc(100dvh - 32px));
    max-height: none;
  }
  form {
    min-height: 0;
  }
  header > div {
    flex: 1;
    min-width: 0;
  }
  header p {
    color: var(--_muted);
  }
  .sides {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(280px, 400px);
    flex: 1;
    min-height: 0;
    border-block: 1px solid var(--_border);
  }
  .parts {
    min-width: 0;
    padding: 8px 16px 24px;
    overflow: auto;
    overscroll-behavior: contain;
  }
  .parts h3 {
    margin: 16px 0 4px;
    font-size: 13px;
    font-weight: 600;
  }
  .shown {
    display: flex;
    flex-direction: column;
    gap: 8px;
    min-width: 0;
    padding: 16px;
    overflow: auto;
    background: var(--_canvas);
  }
  .shown h3 {
    margin: 0;
    color: var(--_muted);
    font-size: 12px;
    font-weight: 600;
  }
  .shown p {
    color: var(--_muted);
  }
  .stage {
    flex: none;
    height: 264px;
  }
  .stage > * {
    --ccm-body-min-height: 0px;
    height: 100%;
  }
  .stage.small {
    height: 120px;
  }
  .stage.low {
    height: 160px;
  }
  /* Gives way to the buttons beside it, as far as two lines. */
  .status {
    flex: 1 1 200px;
    align-self: center;
    color: var(--_critical);
  }
  .status:empty {
    flex-basis: 0;
  }
  .status.calm {
    color: var(--_muted);
  }
  @media (max-width: 720px) {
    dialog {
      width: 100vw;
      height: 100dvh;
      max-width: none;
      border: 0;
      border-radius: 0;
    }
    .sides {
      grid-template-columns: minmax(0, 1fr);
      grid-template-rows: auto minmax(0, 1fr);
    }
    .shown {
      order: -1;
      padding: 12px 16px;
      border-block-end: 1px solid var(--_border);
    }
    .stage,
    .stage.low {
      height: 176px;
    }
  }
  /* Enlarged much: what is set has no room beside all else, so that goes away with it, and the preview comes last. */
  @media (max-width: 720px) and (max-height: 560px) {
    dialog {
      overflow: auto;
    }
    dialog[open],
    form,
    .sides {
      display: block;
    }
    .parts,
    .shown {
      overflow: visible;
    }
  }
`;
