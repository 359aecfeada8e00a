import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { getPath } from '../../../sdk/data/path.js';
import { unusable } from '../../core/another-shape.js';
import { stringsFor, wordsOf } from '../../core/localize.js';
import { message, messageStyles } from '../../core/message.js';
import { englishText } from '../../core/text-strings.js';
import { WidgetView } from '../../core/widget-view.js';
import { written } from './markdown.js';
import { styles } from './text.styles.js';

/**
 * @summary Markdown, from its definition or from an answer: the body of a widget of type `text`.
 * @tagname ccm-text
 * @internal
 */
export class CcmText extends WidgetView {
  static override styles = [messageStyles, styles];

  #shown: { text: string; box: HTMLElement; shortened: boolean } | undefined;

  protected override render(): TemplateResult {
    const { locale } = this.display;
    const strings = stringsFor(locale);
    const words = wordsOf('text', englishText, locale);
    const text = this.#text();
    if (text === undefined) {
      const { dataPath, textConfig } = this.widget ?? {};
      return unusable(strings, strings.unusableHint(textConfig?.field ?? dataPath ?? 'content'));
    }
    if (text.trim() === '') return message({ icon: 'Inbox', title: words.empty });
    const { box, shortened } = this.#boxOf(text);
    return html`<div class="page"><div class="scroll" tabindex="0" role="group" aria-label=${this.widget?.title || strings.untitled}>
      ${box}${shortened ? html`<p class="rest">${words.shortened}</p>` : nothing}
    </div></div>`;
  }

  /** What the definition says goes before the answer; a number is a text too. */
  #text(): string | undefined {
    const { dataPath, textConfig } = this.widget ?? {};
    if (typeof textConfig?.content === 'string') return textConfig.content;
    const text = getPath(getPath(this.data, dataPath ?? ''), textConfig?.field ?? '');
    if (typeof text === 'string') return text;
    return (typeof text === 'number' && Number.isFinite(text)) || typeof text === 'boolean' ? String(text) : undefined;
  }

  /** A text that is the same keeps its nodes, with what the reader has selected in them. */
  #boxOf(text: string): { box: HTMLElement; shortened: boolean } {
    if (this.#shown?.text !== text) {
      const { nodes, shortened } = written(text);
      const box = document.createElement('div');
      box.className = 'text';
      box.append(nodes);
      this.#shown = { text, box, shortened };
    }
    return this.#shown;
  }
}
