import { expect, it } from 'vitest';
import { loadPeer, MissingPeerError } from './optional.js';

const NOWHERE = 'a-package-that-is-nowhere';

it('a peer that is not installed is named, with what it is for and what to do', async () => {
  const notFound = Object.assign(new Error(`Cannot find package '${NOWHERE}'`), { code: 'ERR_MODULE_NOT_FOUND' });
  const missing = loadPeer(`${NOWHERE}@1`, 'The database', () => Promise.reject(notFound));
  await expect(missing).rejects.toThrow(MissingPeerError);
  await expect(missing).rejects.toThrow(`The database needs the package ${NOWHERE}@1, which is not installed: npm install ${NOWHERE}@1`);
});
it('one that is there and broken says itself why', async () => {
  await expect(loadPeer('x', 'X', () => Promise.reject(new TypeError('built for another Node')))).rejects.toThrow('built for another Node');
});
it('one that is there comes as it is', async () => {
  expect((await loadPeer('ws', 'Push', () => import('ws'))).WebSocket).toBeTypeOf('function');
});
