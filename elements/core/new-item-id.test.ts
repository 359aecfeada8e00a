import { expect } from '@open-wc/testing';
import { newItemId } from './new-item-id.js';

describe('newItemId', () => {
  it('gives another each time, also on a page that is not secure', () => {
    const own = Object.getOwnPropertyDescriptor(Crypto.prototype, 'randomUUID');
    Object.defineProperty(Crypto.prototype, 'randomUUID', { configurable: true, value: undefined });
    try {
      const ids = Array.from({ length: 1_000 }, () => newItemId());
      expect(new Set(ids).size).to.equal(1_000);
      expect(ids.every((id) => /^[0-9a-f]{32}$/.test(id))).to.equal(true);
    } finally {
      if (own) Object.defineProperty(Crypto.prototype, 'randomUUID', own);
    }
  });
});
