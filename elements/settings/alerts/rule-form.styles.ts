import { css } from 'lit';

/** The form of a rule: its parts, and the picture of what it would have done. */
export const ruleFormStyles = css`
  :host {
    display: block;
    font-size: 13px;
    line-height: 20px;
  }
  form {
    gap: 8px;
  }
  .days {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    margin: 0;
    border: 0;
  }
  .ways span {
    display: inline-block;
  }
  .ways span::first-letter {
    text-transform: uppercase;
  }
  .plain {
    min-width: 0;
    padding: 4px 16px;
  }
  .plain .days {
    padding: 0;
  }
  details > .plain {
    display: grid;
    gap: 12px;
  }
  legend {
    padding: 0 0 4px;
    font-weight: 500;
  }
  summary {
    padding: 4px 0;
    border-radius: var(--_radius-control);
    font-weight: 600;
    cursor: pointer;
  }
  details,
  .try {
    padding-inline: 16px;
  }
  details > .plain {
    padding-inline: 0;
  }
  form > ccm-schema-form {
    padding: 8px 16px 0;
  }
  .try {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
    justify-items: start;
    padding-block: 8px;
  }
  .tried {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 6px;
    width: 100%;
    min-width: 0;
  }
  .tried details {
    padding: 0;
  }
  .tried summary {
    font-weight: 400;
  }
  .said {
    font-size: 13px;
    font-weight: 600;
    line-height: 20px;
  }
  .tried ul {
    margin: 4px 0;
    padding-inline-start: 18px;
    font-size: 12px;
  }
  figure {
    --_alert: var(--_accent);
    margin: 0;
  }
  figure.warning {
    --_alert: var(--_warning);
  }
  figure.critical {
    --_alert: var(--_critical);
  }
  .plot {
    display: flex;
    gap: 6px;
    height: 120px;
  }
  .plot svg {
    flex: 1;
    width: 0;
    min-width: 0;
    height: 100%;
    border-block-end: 1px solid var(--_border);
    direction: ltr;
  }
  .plot path {
    fill: none;
    stroke: var(--_chart-1);
    stroke-width: 1.75;
    vector-effect: non-scaling-stroke;
  }
  .plot .limit {
    stroke: var(--_alert);
    stroke-width: 1.5;
    stroke-dasharray: 5 4;
    vector-effect: non-scaling-stroke;
  }
  .fires {
    fill: color-mix(in srgb, var(--_alert) 16%, transparent);
  }
  .scale {
    display: flex;
    flex: none;
    flex-direction: column;
    justify-content: space-between;
    color: var(--_muted);
    font-size: 11px;
    line-height: 16px;
    text-align: end;
  }
  /* Time goes to the right in all languages. */
  figcaption {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 12px;
    direction: ltr;
    margin-block-start: 4px;
    color: var(--_muted);
    font-size: 11px;
    line-height: 16px;
  }
  .limit-word {
    color: var(--_alert);
  }
  .end {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 8px;
    padding: 4px 16px 12px;
  }
  .end .fault {
    flex: 1 1 200px;
  }
`;
