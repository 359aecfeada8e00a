/** An optional peer is not installed: says which package, and what for. */
export class MissingPeerError extends Error {
  readonly peer: string;

  constructor(peer: string, purpose: string, cause?: unknown) {
    super(`${purpose} needs the package ${peer}, which is not installed: npm install ${peer}`, { cause });
    this.name = 'MissingPeerError';
    this.peer = peer;
  }
}

/**
 * Loads an optional peer. `load` is the caller's own `() => import('…')`, so that bundlers and types see the name.
 *
 * @throws MissingPeerError where it is not installed; any other fault of loading as it is
 */
export async function loadPeer<T>(peer: string, purpose: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') throw new MissingPeerError(peer, purpose, error);
    throw error;
  }
}
