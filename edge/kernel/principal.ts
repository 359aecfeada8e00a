/** Who asks, as the verified token says. Made once a token and remembered with it. */
export interface Principal {
  readonly subject: string;
  readonly tenant: string;
  /** With all that they inherit. */
  readonly roles: ReadonlySet<string>;
  /** Those that the token names, in its order: they choose the preset before inherited ones. */
  readonly directRoles: readonly string[];
  /** Patterns: `sales.view_metrics`, `sales.*`, `*`. */
  readonly permissions: readonly string[];
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  readonly tokenId?: string;
  /** Epoch milliseconds, to the second; absent where the token does not say. */
  readonly issuedAt?: number;
}
