import { css } from 'lit';

export const styles = css`
  :host {
    height: 100%;
    min-height: 0;
    min-width: 0;
  }
  .gauge {
    position: relative;
    display: grid;
    place-items: center;
    width: 100%;
    height: 100%;
    min-height: 0;
    overflow: hidden;
  }
  .dial {
    position: relative;
    /* As large as the body lets it be, 240 px at most. */
    width: min(100cqi, 125cqb, 240px);
    aspect-ratio: 120 / 96;
  }
  svg.arc {
    display: block;
    width: 100%;
    height: 100%;
    overflow: visible;
  }
  .track,
  .reading,
  .band {
    fill: none;
    stroke-linecap: round;
  }
  .track {
    stroke: color-mix(in srgb, var(--_muted) 18%, var(--_surface));
    stroke-width: 8;
  }
  .reading {
    stroke: var(--_tone, var(--_accent));
    stroke-width: 8;
  }
  :host([moving]) .reading {
    transition: stroke-dashoffset calc(300ms * var(--ccm-motion, 1)) ease-out;
  }
  .band {
    stroke: var(--_band);
    stroke-width: 3;
    stroke-linecap: butt;
  }
  .text {
    position: absolute;
    inset: 30% 0 0;
    display: grid;
    justify-items: center;
    align-content: center;
    gap: 2px;
    min-width: 0;
    text-align: center;
  }
  .value {
    padding: 0 4px;
    border-radius: var(--_radius-badge);
    font-size: clamp(18px, min(14cqi, 20cqb), 36px);
    font-weight: 600;
    line-height: 1.1;
    letter-spacing: -0.02em;
    white-space: nowrap;
  }
  .unit {
    font-size: 0.5em;
    font-weight: 500;
    letter-spacing: 0;
    color: var(--_muted);
  }
  .status {
    max-width: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-size: 12px;
    font-weight: 600;
    line-height: 16px;
    color: var(--_tone, var(--_muted));
  }
  .status::first-letter {
    text-transform: uppercase;
  }
  /* Low and wide: the dial beside its reading. */
  @container (max-height: 119.9px) {
    .round {
      grid-template-columns: auto minmax(0, auto);
      justify-content: safe center;
      gap: 10px;
    }
    .dial {
      width: min(40cqi, 118cqb);
    }
    .round .text {
      position: static;
      justify-self: start;
      justify-items: start;
      min-width: auto;
      text-align: start;
    }
    .round .value {
      font-size: clamp(20px, 11cqi, 30px);
      padding: 0;
    }
  }
  @container (max-height: 119.9px) and (min-width: 260px) {
    .round {
      justify-content: start;
    }
  }
`;
