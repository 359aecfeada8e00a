/** Who is told: a notifier with its fixed list, one address of a user, or a step of an escalation. Each knows for itself what it was told. */
export interface Receiver {
  readonly notifier: string;
  /** With `to`: whose address it is. */
  readonly user?: string;
  readonly to?: string;
  /** Milliseconds without an acknowledgement after which it is told. */
  readonly after?: number;
}

/** The receiver as text, the same for as long as it is the same. */
export function keyOf({ notifier, user, to, after }: Receiver): string {
  if (after !== undefined) return JSON.stringify([notifier, { after }]);
  return JSON.stringify(user === undefined || to === undefined ? [notifier] : [notifier, user, to]);
}

export function receiverOf(key: string): Receiver {
  const [notifier = '', second, to] = JSON.parse(key) as [string?, (string | { after: number })?, string?];
  if (typeof second === 'object') return { notifier, after: second.after };
  return second === undefined || to === undefined ? { notifier } : { notifier, user: second, to };
}
