import { className } from './names.js';

/** The files of a new widget type: view, styles, test, doc page. */
export function widgetFiles(name: string): Record<string, string> {
  const folder = `elements/widgets/${name}`;
  const view = `Ccm${className(name)}`;
  const styles = `${name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())}Styles`;
  return {
    [`${folder}/${name}.ts`]: `import { html, type TemplateResult } from 'lit';
import { WidgetView } from '../../core/widget-view.js';
import { ${styles} } from './${name}.styles.js';

/**
 * What a reader sees, and how it is reached by keyboard.
 * @internal
 */
export class ${view} extends WidgetView {
  static override styles = ${styles};

  override render(): TemplateResult {
    return html\`<pre>\${JSON.stringify(this.data, undefined, 2)}</pre>\`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ccm-${name}': ${view};
  }
}
`,
    [`${folder}/${name}.styles.ts`]: `import { css } from 'lit';

export const ${styles} = css\`
  :host {
    height: 100%;
    color: var(--_text);
  }
  pre {
    margin: 0;
    overflow: auto;
  }
\`;
`,
    [`${folder}/${name}.test.ts`]: `import { expect, fixture, html } from '@open-wc/testing';
import { ${view} } from './${name}.js';

${view}.define('ccm-${name}');

describe('ccm-${name}', () => {
  const widget = { id: '${name}', title: '${className(name)}', type: '${name}', size: 'medium', dataSource: { type: 'static' } };

  it('is accessible', async () => {
    const view = await fixture<${view}>(html\`<ccm-${name} .widget=\${widget} .data=\${{ value: 1 }}></ccm-${name}>\`);
    await expect(view).to.be.accessible();
  });

  it('shows a message for an answer of another shape', async () => {
    for (const data of [undefined, null, 'text', [], {}, Number.NaN]) {
      const view = await fixture<${view}>(html\`<ccm-${name} .widget=\${widget} .data=\${data}></ccm-${name}>\`);
      expect(view.shadowRoot?.textContent).to.not.contain('NaN');
    }
  });
});
`,
    [`docs/widgets/${name}.md`]: `# ${name}

What it shows, and when to choose it.

| field of \`${name}Config\` | meaning |
|---|---|

\`\`\`html
<ccm-widget src="${name}.json"></ccm-widget>
\`\`\`
`,
  };
}
