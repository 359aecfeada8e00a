import type { Principal } from './principal.js';

/** Tokens that count no more although they have not expired. */
export interface Revocations {
  /** From memory: it is asked for each request. */
  isRevoked(principal: Principal): boolean;
  /** Told after one was added here or at another edge. Returns the unsubscribe. */
  onChange(listener: () => void): () => void;
}
