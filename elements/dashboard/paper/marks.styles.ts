import { css } from 'lit';

/** All elements on paper: what tells something by its colour alone keeps it, beside what all elements keep by themselves; what is pressed is left out. */
export const marksStyles = css`
  @media print {
    .swatch,
    .ramp,
    .fill,
    .ranges span,
    .dot {
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
