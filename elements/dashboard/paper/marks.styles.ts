import { css } from 'lit';

/** All elements on paper: what tells something by its colour alone keeps it, where browsers leave out backgrounds; what is pressed is left out. */
export const marksStyles = css`
  @media print {
    .swatch,
    .ramp,
    .rail,
    .fill,
    .ranges span,
    .dot,
    .filled::before,
    .state::before,
    [data-alert]::before,
    [data-alert] > .cell::before {
      print-color-adjust: exact;
    }
    .actions,
    .choose,
    .tools,
    .pages button,
    .small,
    .stage .controls,
    .tooltip,
    .tip {
      display: none !important;
    }
  }
`;
