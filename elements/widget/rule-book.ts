import type { CcmClient } from '../../sdk/client/client.js';
import type { Alert, AlertRule } from '../../sdk/contract/alert.js';
import type { ListPage } from '../../sdk/contract/answer.js';

/** Rules that are read at most: who has more sees the numbers of the rest without their units. */
const MOST = 1000;
/** Milliseconds after which a rule that was not found may be there. */
const AGAIN = 600_000;

/** What an event and an alert have of their rule. */
export type OfRule = Pick<Alert, 'widgetId' | 'rule'> & { ruleId?: string };

const books = new WeakMap<CcmClient, RuleBook>();

/** The rules of a client's alerts: an alert says what it compared, its rule which field that was. Asked once for all who look. */
export class RuleBook {
  readonly #client: CcmClient;
  readonly #listeners = new Set<() => void>();
  #rules: readonly AlertRule[] = [];
  #missed = new Set<string>();
  #asking = false;
  /** Counts who reads: an answer for the one before is not for the next. */
  #reader = 0;
  #askedAt = -Infinity;

  static of(client: CcmClient): RuleBook {
    let book = books.get(client);
    if (book === undefined) books.set(client, (book = new RuleBook(client)));
    return book;
  }

  private constructor(client: CcmClient) {
    this.#client = client;
    let met = client.tenant !== undefined;
    // Told anew, it is another person's: what the one before could read is theirs.
    client.onTenant(() => {
      if (met) this.#forget();
      met = true;
    });
  }

  /** Undefined while it is not known. What came from outside has none. */
  find({ widgetId, rule, ruleId }: OfRule): AlertRule | undefined {
    if (widgetId === undefined) return undefined;
    const found = this.#rules.find((one) => (ruleId === undefined ? one.widgetId === widgetId && one.name === rule : one.id === ruleId));
    if (found === undefined) this.#miss(ruleId ?? `${widgetId} ${rule}`);
    return found;
  }

  /** All that are known; they are asked for where none are. */
  get all(): readonly AlertRule[] {
    if (this.#rules.length === 0) this.#miss('');
    return this.#rules;
  }

  /** Called when more is known. Returns how to stop. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #forget(): void {
    this.#rules = [];
    this.#missed.clear();
    this.#reader += 1;
    this.#asking = false;
    this.#tell();
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  #miss(what: string): void {
    const isAsked = this.#missed.has(what) && Date.now() - this.#askedAt < AGAIN;
    // What is missed meanwhile is looked for by the same question.
    this.#missed.add(what);
    if (!isAsked && !this.#asking) void this.#ask();
  }

  async #ask(): Promise<void> {
    const reader = this.#reader;
    this.#asking = true;
    this.#askedAt = Date.now();
    try {
      const { data } = await this.#client.request<ListPage<AlertRule>>('GET', '/alerts/rules', { query: { limit: MOST } });
      if (reader !== this.#reader) return;
      this.#rules = data.items;
      this.#tell();
    } catch {
      // A number without its unit says enough.
    } finally {
      if (reader === this.#reader) this.#asking = false;
    }
  }
}
