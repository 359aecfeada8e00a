/** Pages are rendered on a server too, which has no DOM: there the elements do nothing, and throw nothing. */
import { describe, expect, it } from 'vitest';
import { define, ensure } from '../elements/index.js';

describe('the elements on a server', () => {
  it('are defined in the browser alone', async () => {
    expect(typeof document).toBe('undefined');
    expect(define()).toBeUndefined();
    await expect(ensure('ccm-dashboard')).resolves.toBeUndefined();
  });
});
