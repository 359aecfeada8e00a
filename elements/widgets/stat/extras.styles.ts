import { css } from 'lit';

/** Of what only some stats show; laid over those that all have. */
export const extraStyles = css`
  .value .icon {
    width: 0.8em;
    height: 0.8em;
    margin-inline-end: 0.25em;
    vertical-align: -0.08em;
  }
  /* The colour lies under everything, a little beyond it; words on it are as readable as ever. */
  .filled {
    position: relative;
    isolation: isolate;
    overflow: clip;
    overflow-clip-margin: 8px;
  }
  .filled::before {
    position: absolute;
    inset: -2px -8px -6px;
    z-index: -1;
    border-radius: var(--_radius-control);
    background: color-mix(in srgb, var(--_tone) 16%, var(--_surface));
    content: '';
  }
  .filled :is(.value, .about, .trend > .change, .status, dt) {
    color: var(--_text);
  }
  .filled .status {
    background: color-mix(in srgb, var(--_tone) 24%, var(--_surface));
  }
  .spark {
    display: block;
    flex: none;
    width: 100%;
    height: clamp(28px, 20cqb, 64px);
    overflow: visible;
  }
  .spark path {
    vector-effect: non-scaling-stroke;
  }
  @container (min-height: 160px) {
    .spark:last-child {
      height: 34cqb;
      max-height: 96px;
    }
  }
  @container (min-width: 300px) {
    .spark {
      flex: 0 1000 30%;
      min-width: 64px;
      max-width: 160px;
      height: 40px;
    }
  }
  /* The value in full before its history. */
  @container (min-width: 300px) and (max-width: 459.9px) and (max-height: 139.9px) {
    .spark:has(~ dl) {
      display: none;
    }
  }
  @container (min-width: 560px) {
    .spark {
      max-width: 240px;
    }
    .spark ~ dl {
      display: flex;
    }
  }
  /* Room below the value: the line has it. */
  @container (min-width: 300px) and (min-height: 140px) {
    .stat:has(.spark) {
      display: grid;
      grid-template-columns: minmax(0, 1fr) fit-content(48%);
      align-content: center;
      row-gap: 16px;
    }
    .spark ~ dl {
      max-width: none;
    }
    .spark {
      grid-column: 1 / -1;
      order: 1;
      width: 100%;
      max-width: none;
      height: clamp(40px, 34cqb, 96px);
    }
  }
  @container (max-width: 299.9px) and (max-height: 112px) {
    .spark {
      display: none;
    }
  }
  @container (max-width: 299.9px) and (max-height: 140px) {
    dl + .spark,
    .spark + dl {
      display: none;
    }
  }
`;
