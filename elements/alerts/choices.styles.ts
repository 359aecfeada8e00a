import { css } from 'lit';

/** Groups of choices in the forms of silences. */
export const choicesStyles = css`
  fieldset {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    padding: 0;
    margin-block-end: 6px;
    font-weight: 500;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 16px;
  }
  .choices label {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 24px;
    font-weight: 400;
  }
  input[type='radio'] {
    flex: none;
    width: 16px;
    height: 16px;
    min-height: 0;
    margin: 0;
    padding: 0;
    accent-color: var(--_accent);
  }
`;
