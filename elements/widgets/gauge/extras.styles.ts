import { css } from 'lit';

/** Of what only some gauges show; laid over those that all have. */
export const extraStyles = css`
  /* As widthOfDial says: labels stand around it. */
  @container (min-height: 120px) {
    .labelled {
      --_dial: clamp(0px, min(100cqi - 68px, (100cqb - 32px) * 1.25), 240px);
    }
  }
  .value .icon {
    width: 0.85em;
    height: 0.85em;
    margin-inline-end: 0.25em;
    vertical-align: -0.1em;
    color: var(--_tone, currentColor);
  }
  .words {
    display: -webkit-box;
    max-width: min(68%, 165px);
    overflow: hidden;
    overflow-wrap: anywhere;
    font-size: clamp(14px, min(10cqi, 10cqb), 20px);
    letter-spacing: -0.01em;
    white-space: normal;
    unicode-bidi: normal;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
  }
  .labels {
    position: absolute;
    inset: 0;
    pointer-events: none;
  }
  .labels span {
    position: absolute;
    font-size: 11px;
    line-height: 14px;
    text-align: center;
    white-space: nowrap;
    color: var(--_muted);
    unicode-bidi: plaintext;
  }
  .straight {
    --_room: 100cqi;
    --_size: clamp(22px, min(12cqi, 26cqb), 36px);
    align-content: center;
    justify-items: stretch;
    gap: 8px;
  }
  .straight .figure {
    position: static;
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 0 10px;
    padding: 0;
    text-align: start;
  }
  .straight .words {
    max-width: 100%;
    font-size: clamp(16px, min(9cqi, 20cqb), 24px);
  }
  .rail {
    height: clamp(8px, 9cqb, 14px);
    overflow: hidden;
    border-radius: 3px;
    background: color-mix(in srgb, var(--_muted) 18%, var(--_surface));
  }
  .fill {
    height: 100%;
    border-radius: 3px;
    background: var(--_tone, var(--_accent));
  }
  :host([moving]) .fill {
    transition: inline-size calc(300ms * var(--ccm-motion, 1)) ease-out;
  }
  .ranges {
    position: relative;
    height: 3px;
    margin-top: 3px;
  }
  .ranges span {
    position: absolute;
    inset-block: 0;
    border-inline-end: 2px solid var(--_surface);
    background: var(--_band, transparent);
  }
  .ranges span:last-child {
    border-inline-end: 0;
  }
  .straight .labels {
    position: relative;
    height: 28px;
    margin-top: -4px;
  }
  @container (max-height: 119.9px) {
    .round .words {
      max-width: 100%;
      font-size: 14px;
    }
    .straight {
      gap: 4px;
    }
    .straight .labels {
      height: 14px;
      overflow: hidden;
    }
  }
`;
