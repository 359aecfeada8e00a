import { css } from 'lit';

export const styles = css`
  :host {
    height: 100%;
    min-height: 0;
    min-width: 0;
  }
  /* How wide the dial is, how much of that a reading may take, and how large it is where it is short. */
  .gauge {
    --_dial: min(100cqi, 125cqb, 240px);
    --_room: calc(var(--_dial) * 0.7);
    --_size: clamp(18px, min(14cqi, 20cqb), 36px);
    position: relative;
    display: grid;
    place-items: center;
    height: 100%;
    overflow: hidden;
  }
  .dial {
    width: var(--_dial);
  }
  .arc {
    display: block;
    width: 100%;
    overflow: visible;
    fill: none;
    stroke-linecap: round;
    stroke-width: 8;
  }
  .track {
    stroke: color-mix(in srgb, var(--_muted) 18%, var(--_surface));
  }
  .reading {
    stroke: var(--_tone, var(--_accent));
  }
  :host([moving]) .reading {
    transition: stroke-dashoffset calc(300ms * var(--ccm-motion, 1)) ease-out;
  }
  .band {
    stroke: var(--_band);
    stroke-width: 3;
    stroke-linecap: butt;
  }
  .figure {
    position: absolute;
    inset: 0;
    display: grid;
    justify-items: center;
    align-content: center;
    gap: 2px;
    /* A little below its middle, as high as that is. */
    padding-top: calc(var(--_dial) * 0.24);
    text-align: center;
  }
  .value {
    border-radius: var(--_radius-badge);
    font-size: clamp(12px, var(--_room) * 1.3 / var(--_length), var(--_size));
    font-weight: 600;
    line-height: 1.1;
    letter-spacing: -0.02em;
    white-space: nowrap;
    unicode-bidi: plaintext;
  }
  .unit {
    font-size: max(11px, 0.5em);
    font-weight: 500;
    letter-spacing: 0;
    color: var(--_muted);
  }
  .status {
    max-width: var(--_room);
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
      --_dial: min(40cqi, 118cqb);
      --_room: calc(100cqi - var(--_dial) - 10px);
      --_size: clamp(20px, 11cqi, 30px);
      grid-template-columns: minmax(0, auto) auto;
      justify-content: safe center;
      gap: 10px;
    }
    .round .figure {
      position: static;
      justify-self: start;
      justify-items: start;
      padding: 0;
      text-align: start;
    }
  }
  @container (max-height: 119.9px) and (min-width: 260px) {
    .round {
      justify-content: start;
    }
  }
`;
