import { css } from 'lit';

export const styles = css`
  :host {
    height: 100%;
    min-height: 0;
    min-width: 0;
  }
  .stat {
    display: flex;
    flex-direction: column;
    justify-content: center;
    gap: 12px;
    height: 100%;
    overflow: hidden;
  }
  .main {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 6px;
    min-width: 0;
    align-content: center;
  }
  .value {
    justify-self: start;
    --_size: clamp(28px, 11cqi, 36px);
    font-size: var(--_size);
    font-weight: 600;
    line-height: calc(var(--_size) * 1.15);
    letter-spacing: -0.02em;
    white-space: nowrap;
    border-radius: var(--_radius-badge);
    color: var(--_tone, var(--_text));
  }
  /* What is read, not measured: on two lines at most. */
  .value.words {
    --_size: clamp(20px, 13cqi, 28px);
    display: -webkit-box;
    max-width: 100%;
    overflow: hidden;
    overflow-wrap: anywhere;
    white-space: normal;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .value.long {
    --_size: clamp(16px, 6cqi, 22px);
    letter-spacing: 0;
  }
  /* Its line stays as high as it was: what is measured while it is laid out must not change then. */
  .value.tight {
    max-width: 100%;
    overflow: hidden;
    font-size: 18px;
    text-overflow: ellipsis;
  }
  .about {
    /* Not clipped: with a clip, each change of the text in it has the browser compose all layers of the page anew. */
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 10px;
    font-size: 12px;
    line-height: 18px;
    color: var(--_muted);
  }
  /* Cut where it must be, but to no less than a word: with less room it wraps to where nobody sees it. */
  .label {
    display: flex;
    flex-wrap: wrap;
    min-width: 0;
    height: 18px;
    overflow: hidden;
  }
  .label::before {
    height: 18px;
    content: '';
  }
  .label > span {
    flex: 1 6ch;
    max-width: max-content;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  /* Not clipped either; what it is compared with does not change, and is cut as a label is. */
  .trend {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-width: 0;
    white-space: nowrap;
  }
  /* A triangle on its base, on its head, or a dash. */
  .direction {
    border: 4px solid transparent;
    border-top-width: 0;
    border-bottom: 6px solid currentColor;
  }
  .down {
    border-top: 6px solid currentColor;
    border-bottom-width: 0;
  }
  .flat {
    border-bottom-width: 0;
    border-top: 2px solid currentColor;
    border-inline-width: 0;
    width: 8px;
  }
  .change {
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: 4px;
    font-weight: 600;
    color: var(--_text);
  }
  .better {
    color: var(--_good);
  }
  .worse {
    color: var(--_critical);
  }
  .status {
    flex: none;
    padding: 1px 6px;
    border-radius: var(--_radius-badge);
    font-size: 12px;
    font-weight: 600;
    line-height: 16px;
    white-space: nowrap;
    color: var(--_tone, var(--_muted));
    background: color-mix(in srgb, var(--_tone, var(--_muted)) 10%, var(--_surface));
  }
  .status::first-letter {
    text-transform: uppercase;
  }
  /* Each is there whole or not at all: those that have no height wrap to where nobody sees them. */
  dl {
    display: flex;
    flex-flow: column wrap;
    gap: 4px 12px;
    margin: 0;
    padding-top: 10px;
    border-top: 1px solid var(--_border);
    font-size: 12px;
    line-height: 18px;
    min-height: 0;
    max-height: 100%;
  }
  /* The value goes below a label that leaves it no room. */
  dl > div {
    display: flex;
    flex-wrap: wrap;
    gap: 0 6px;
    width: 100%;
    overflow-wrap: anywhere;
  }
  dt {
    color: var(--_muted);
  }
  dd {
    max-width: 100%;
    margin: 0;
    margin-inline-start: auto;
    font-weight: 600;
    color: var(--_text);
  }
  /* Parts of a number stand in its own language's order. */
  .value:not(.words),
  dd {
    unicode-bidi: plaintext;
  }
  /* Side by side where there is width for it or no height; else under one another. */
  @container (min-width: 300px) or (max-height: 112px) {
    .stat {
      flex-direction: row;
      align-items: center;
      justify-content: space-between;
    }
    /* The value has its width first; what stands beside it gives way. */
    .main {
      flex: 1 1 auto;
    }
    .about {
      width: 0;
      min-width: 100%;
    }
    .value {
      --_size: clamp(28px, 8.5cqi, 36px);
    }
    dl {
      flex: 0 1000 auto;
      min-width: 112px;
      max-width: 56%;
      padding-block: 0;
      padding-inline: 12px 0;
      border-top: 0;
      border-inline-start: 1px solid var(--_border);
    }
  }
  @container (min-width: 560px) {
    dl:has(> :nth-child(3)) {
      display: grid;
      grid-template-columns: auto auto;
      column-gap: 24px;
      max-width: 64%;
      /* Whole lines: each is 18 pixels high and 4 apart. */
      max-height: calc(round(down, 100% + 4px, 22px) - 4px);
      overflow: clip;
    }
  }
  /* With neither, the value alone: what does not fit beside it wraps to where nobody sees it. */
  @container (max-width: 299.9px) and (max-height: 112px) {
    .stat {
      flex-wrap: wrap;
    }
    .main {
      min-height: 100%;
    }
    dl {
      width: 56%;
    }
  }
  /* The label has what the trend leaves. */
  @container (max-height: 76px) or ((max-width: 299.9px) and (max-height: 112px)) {
    .about {
      flex-wrap: nowrap;
    }
    .about > .label {
      flex: 1;
      order: 1;
    }
  }
  @container (max-height: 76px) {
    .value {
      --_size: clamp(28px, 8cqi, 32px);
    }
    .main {
      gap: 2px;
    }
    /* Beside a trend it is there whole, or not at all. */
    .label:has(~ .trend) > span {
      min-width: max-content;
    }
  }
  @container (max-height: 52px) {
    .about {
      display: none;
    }
  }
  @container (min-height: 140px) and (min-width: 240px) {
    .words {
      -webkit-line-clamp: 4;
    }
    .value {
      --_size: clamp(32px, 10cqi, 44px);
    }
  }
`;
