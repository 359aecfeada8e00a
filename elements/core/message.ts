import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { icon } from './icons.js';

export interface Message {
  icon: string;
  /** What is the case, in one short sentence. */
  title: string;
  /** What it means or what to do. */
  hint?: string;
  action?: { label: string; run: () => void };
}

/** Instead of a picture: an icon, a sentence, a hint and at most one thing to do. */
export function message({ icon: name, title, hint, action }: Message): TemplateResult {
  return html`
    <div class="message" title=${ifDefined(hint || undefined)}>
      <span class="message-icon">${icon(name)}</span>
      <p class="message-title">${title}</p>
      ${hint ? html`<p class="message-hint">${hint}</p>` : nothing}
      ${action ? html`<button class="message-action" type="button" @click=${action.run}>${action.label}</button>` : nothing}
    </div>
  `;
}

export const messageStyles = css`
  .message {
    display: grid;
    justify-items: center;
    align-content: center;
    gap: 2px;
    height: 100%;
    min-height: 0;
    overflow: hidden;
    padding: 4px;
    text-align: center;
    font-size: 13px;
    line-height: 18px;
    color: var(--_muted);
  }
  .message p {
    margin: 0;
    max-width: 40ch;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
  .message-icon {
    display: inline-flex;
    margin-bottom: 4px;
  }
  .message-icon svg {
    width: 18px;
    height: 18px;
  }
  .message .message-title {
    color: var(--_text);
    font-weight: 500;
  }
  .message-hint {
    font-size: 12px;
    line-height: 16px;
  }
  .message-action {
    margin: 8px 0 0;
    padding: 4px 10px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    font-size: 12px;
    font-weight: 500;
    line-height: 18px;
    cursor: pointer;
  }
  .message-action:hover {
    background: var(--_canvas);
  }
  /* Low: beside one another, what to do at the end. */
  @container (max-height: 110px) {
    .message {
      grid-template-columns: auto minmax(0, 1fr) fit-content(34%);
      align-items: center;
      justify-items: start;
      gap: 0 10px;
      padding-block: 0;
      text-align: start;
    }
    .message p {
      grid-column: 2;
      max-width: none;
      text-wrap: wrap;
      display: -webkit-box;
      overflow: clip;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 2;
    }
    .message-icon {
      grid-row: 1 / span 2;
      margin: 0;
    }
    .message-action {
      grid-row: 1 / span 2;
      grid-column: 3;
      margin: 0;
    }
  }
  @container (max-height: 110px) and (max-width: 240px) {
    .message {
      grid-template-columns: auto minmax(0, 1fr);
    }
    .message-hint {
      display: none;
    }
    .message-action {
      grid-row: 2;
      grid-column: 2;
      padding: 1px 8px;
    }
  }
`;
