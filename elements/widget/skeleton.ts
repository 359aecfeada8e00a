import { css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { CcmElement } from '../core/base-element.js';

const bars = (count: number, kind: string) => Array.from({ length: count }, () => html`<i class=${kind}></i>`);

/**
 * @summary The outline of what comes, by the widget's type; that of a stat where the type is not known yet.
 * @tagname ccm-skeleton
 * @internal
 */
export class CcmSkeleton extends CcmElement {
  static override styles = css`
    :host {
      display: block;
      height: 100%;
    }
    .skeleton {
      --_bone: color-mix(in srgb, var(--_muted) 12%, var(--_surface));
      height: 100%;
      min-height: 0;
      overflow: hidden;
      animation: breathe 1.6s ease-in-out 300ms infinite alternate;
    }
    .skeleton i {
      display: block;
      border-radius: var(--_radius-badge);
      background: var(--_bone);
    }
    .skeleton.stat {
      display: grid;
      align-content: center;
      gap: 8px;
    }
    .skeleton .large {
      width: min(60%, 160px);
      height: 28px;
    }
    .skeleton .small {
      width: min(40%, 110px);
      height: 12px;
    }
    .skeleton .whole {
      height: 100%;
    }
    .skeleton.rows {
      display: grid;
      align-content: start;
      gap: 14px;
      padding-top: 6px;
    }
    .skeleton .row {
      height: 14px;
    }
    .skeleton .row:nth-child(3n + 1) {
      width: 86%;
    }
    .skeleton .row:nth-child(3n + 2) {
      width: 68%;
    }
    .skeleton.chart {
      display: flex;
      align-items: flex-end;
      gap: 4%;
      padding-top: 8px;
    }
    .skeleton .column {
      flex: 1;
      height: 40%;
    }
    .skeleton .column:nth-child(3n + 2) {
      height: 64%;
    }
    .skeleton .column:nth-child(4n + 3) {
      height: 82%;
    }
    .skeleton.dial {
      display: grid;
      place-items: center;
    }
    .skeleton .ring {
      width: min(90cqb, 70cqi, 180px);
      aspect-ratio: 1;
      border: 12px solid var(--_bone);
      border-bottom-color: transparent;
      border-radius: 50%;
      background: none;
    }
    @keyframes breathe {
      to {
        opacity: 0.45;
      }
    }
    @media (prefers-reduced-motion: reduce) {
      .skeleton {
        animation: none;
      }
    }
  `;

  @property() type = '';

  protected override render(): TemplateResult {
    switch (this.type) {
      case 'chart':
        return html`<div class="skeleton chart" aria-hidden="true">${bars(9, 'column')}</div>`;
      case 'table':
      case 'list':
      case 'text':
        return html`<div class="skeleton rows" aria-hidden="true">${bars(8, 'row')}</div>`;
      case 'gauge':
        return html`<div class="skeleton dial" aria-hidden="true"><i class="ring"></i></div>`;
      case 'map':
      case 'custom':
        return html`<div class="skeleton whole" aria-hidden="true">${bars(1, 'whole')}</div>`;
      default:
        return html`<div class="skeleton stat" aria-hidden="true"><i class="large"></i><i class="small"></i></div>`;
    }
  }
}
