import { css, html, nothing, type TemplateResult } from 'lit';
import type { DashboardPreset } from '../../../../sdk/contract/layout.js';
import { wordsOf } from '../../../core/localize.js';
import { englishManage } from '../../../core/manage-strings.js';
import { DashboardDialog } from '../../dialog-element.js';

/** The presets that the user's roles allow, to begin with. @internal */
export class CcmPresetsDialog extends DashboardDialog {
  static override styles = [
    ...DashboardDialog.styles,
    css`
      ul {
        display: grid;
        gap: 12px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: grid;
        gap: 4px;
        padding: 12px;
        border: 1px solid var(--_border);
        border-radius: var(--_radius-control);
      }
      li p {
        color: var(--_muted);
      }
      .ways {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin-block-start: 8px;
      }
    `,
  ];

  presets: readonly DashboardPreset[] = [];
  choice: { preset: DashboardPreset; here: boolean } | undefined;

  protected override heading(): string {
    return this.#words.presetsTitle;
  }

  protected override fields(): TemplateResult {
    const words = this.#words;
    if (this.presets.length === 0) return html`<div class="fields"><p>${words.noPreset}</p></div>`;
    return html`<div class="fields"><ul>${this.presets.map((preset) => this.#renderPreset(preset))}</ul></div>`;
  }

  protected override buttons(): TemplateResult {
    return html`<button type="button" @click=${() => this.close()}>${this.#words.cancel}</button>`;
  }

  #renderPreset(preset: DashboardPreset): TemplateResult {
    const words = this.#words;
    const { role, name, description, layout } = preset;
    const use = (here: boolean) => () => {
      this.choice = { preset, here };
      this.close();
    };
    return html`<li>
      <strong id="preset-${role}">${name}</strong>
      ${description ? html`<p>${description}</p>` : nothing}
      <p>${words.widgets(layout.length)}</p>
      <div class="ways">
        <button type="button" aria-describedby="preset-${role}" @click=${use(false)}>${words.useAsNew}</button>
        <button type="button" aria-describedby="preset-${role}" @click=${use(true)}>${words.useHere}</button>
      </div>
    </li>`;
  }

  get #words() {
    return wordsOf('manage', englishManage, this.locale);
  }
}
