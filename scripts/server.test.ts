/** Pages are rendered on a server too, which has no DOM: there the elements do nothing, and throw nothing. */
import { describe, expect, it } from 'vitest';

/** Not by its name: it is checked with the elements, by the rules of browsers. */
const ELEMENTS = '../elements/index.js';

describe('the elements on a server', () => {
  it('are defined in the browser alone', async () => {
    const { define, ensure } = (await import(ELEMENTS)) as { define(): void; ensure(tag: string): Promise<void> };
    expect(typeof document).toBe('undefined');
    expect(define()).toBeUndefined();
    await expect(ensure('ccm-dashboard')).resolves.toBeUndefined();
  });
});
