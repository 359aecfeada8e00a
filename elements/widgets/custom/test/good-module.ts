import { defineWidget } from '../../../../sdk/define/define-widget.js';

const page = globalThis as { goodModuleRuns?: number };
page.goodModuleRuns = (page.goodModuleRuns ?? 0) + 1;

export default defineWidget<{ word?: string }, unknown>({
  tag: 'test-good-module', name: 'Good', schema: { type: 'object', properties: { word: { type: 'string' } } }, sample: { options: {}, data: {} },
  render(box, { options }) {
    box.textContent = `good ${options.word ?? ''}`;
  },
});
