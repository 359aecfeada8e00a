import { css } from 'lit';

/** What tells of new alerts, at the corner of the page. */
export const toastStyles = css`
  .toasts {
    position: fixed;
    inset: auto;
    inset-block-end: 16px;
    inset-inline-end: 16px;
    width: min(360px, calc(100vw - 32px));
    max-height: calc(100dvh - 32px);
    margin: 0;
    padding: 0;
    overflow: visible;
    border: 0;
    background: none;
    color: inherit;
    font-size: 13px;
    line-height: 20px;
  }
  .toasts:popover-open {
    display: grid;
    gap: 8px;
  }
  .toast {
    position: relative;
    display: grid;
    grid-template-columns: 16px minmax(0, 1fr);
    gap: 10px;
    padding: 12px;
    padding-inline-start: 16px;
    overflow: hidden;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow);
    animation: ccm-toast 160ms ease-out;
  }
  .toast::before {
    position: absolute;
    inset-block: 0;
    inset-inline-start: 0;
    width: 4px;
    background: var(--_tone);
    content: '';
  }
  .toast > .mark {
    padding-block-start: 2px;
  }
  .said {
    display: grid;
    gap: 2px;
    min-width: 0;
  }
  .toast :is(.word, .plain) {
    margin-inline-end: 28px;
  }
  .toast .word {
    color: var(--_tone);
    font-weight: 600;
  }
  .last {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 4px 12px;
    margin-block-start: 4px;
  }
  .plain {
    display: -webkit-box;
    justify-self: start;
    min-height: 24px;
    padding: 0;
    overflow: hidden;
    border: 0;
    background: none;
    font-weight: 500;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
  }
  .toast .act {
    margin-inline-start: auto;
  }
  .plain:hover {
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  .plain:focus-visible {
    outline-offset: -2px;
  }
  .toast .close {
    position: absolute;
    inset-block-start: 8px;
    inset-inline-end: 8px;
    min-height: 28px;
    padding: 2px 6px;
    border-color: transparent;
    background: none;
    color: var(--_muted);
  }
  .rest {
    justify-content: center;
    width: 100%;
    box-shadow: var(--_shadow);
  }
  @keyframes ccm-toast {
    from {
      opacity: 0;
      transform: translateY(8px);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .toast {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .toast::before {
      background: CanvasText;
    }
  }
`;
