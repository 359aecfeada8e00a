import { css, html, nothing, type TemplateResult } from 'lit';
import { stringsFor, wordsOf } from '../../../core/localize.js';
import { englishManage } from '../../../core/manage-strings.js';
import { DashboardDialog } from '../../dialog-element.js';
import { KEYS, type KeyName } from '../keys.js';

/** The keys and what they do. @internal */
export class CcmKeysDialog extends DashboardDialog {
  static override styles = [
    ...DashboardDialog.styles,
    css`
      dl {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 8px 16px;
        align-items: center;
        margin: 0;
      }
      dd {
        margin: 0;
        text-align: end;
      }
      kbd {
        padding: 1px 6px;
        border: 1px solid var(--_border);
        border-radius: var(--_radius-badge);
        background: var(--_canvas);
        font: inherit;
        font-size: 12px;
      }
    `,
  ];

  protected override heading(): string {
    return wordsOf('manage', englishManage, this.locale).keysTitle;
  }

  protected override fields(): TemplateResult {
    const words = wordsOf('manage', englishManage, this.locale);
    const command = /Mac|iP(hone|ad)/.test(navigator.platform) ? '⌘' : 'Ctrl';
    const keyOf = (part: string) => {
      const name = part === 'mod' ? command : part;
      return words.keyNames[name] ?? name;
    };
    return html`<div class="fields">
      <p>${words.keysHint}</p>
      <dl>
        ${(Object.keys(KEYS) as KeyName[]).map(
          (name) => html`<dt>${words.keyList[name]}</dt>
            <dd>${KEYS[name].map((part, at) => html`${at > 0 ? ' + ' : nothing}<kbd>${keyOf(part)}</kbd>`)}</dd>`,
        )}
      </dl>
    </div>`;
  }

  protected override buttons(): TemplateResult {
    return html`<button type="submit" autofocus>${stringsFor(this.locale).close}</button>`;
  }
}
