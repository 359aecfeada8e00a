import { tokenOf } from '../../../test/whole-edge.js';

const PATH = '/api/v1/dashboards/layouts';

export interface Kept {
  name: string;
  /** Texts of the items, in order; long enough that a layout takes more than one page of the database. */
  texts: string[];
  isDefault: boolean;
}
/** What a user's layouts are, by their ids. */
export type UserLayouts = Record<string, Kept>;

interface Answered extends Pick<Kept, 'name' | 'isDefault'> {
  layoutId: string;
  widgets: { config: { textConfig: { content: string } } }[];
}

/** A write that was sent: what the layouts are once it stands. The id of one that is made is told by the answer. */
type Outcome = (madeId: string) => UserLayouts;

/** One user who writes all the time, and remembers what was acknowledged. */
export interface LayoutWriter {
  readonly user: string;
  /** Writes, one after the other, until the edge is gone, refuses one, or `stop` was called. Resolves then. */
  run(url: string): Promise<void>;
  stop(): void;
  /** Writes that were answered with 2xx. */
  acked(): number;
  /** Answers that were not 2xx. */
  readonly refused: string[];
  /** Whether the edge went while a write was under way. */
  underWay(): boolean;
  /** Reads what is there. What was under way may be there or not, and is known from now on. */
  compare(url: string): Promise<{ there: UserLayouts; allowed: UserLayouts[] }>;
}

export async function layoutWriter(user: string, onAck: () => void = () => {}): Promise<LayoutWriter> {
  const token = await tokenOf({ sub: user });
  const refused: string[] = [];
  let known: UserLayouts = {};
  let outcome: Outcome | undefined;
  let stopped = false;
  let acked = 0;
  let serial = 0;

  const call = (url: string, method: string, path: string, body?: unknown): Promise<Response> => fetch(`${url}${PATH}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

  const content = (): Omit<Kept, 'isDefault'> => {
    serial += 1;
    return { name: `${user} ${serial}`, texts: Array.from({ length: 1 + (serial % 40) }, (_, at) => `${serial}-${at} `.padEnd(200, 'x')) };
  };
  const bodyOf = ({ name, texts }: Omit<Kept, 'isDefault'>) => ({
    name, widgets: texts.map((content, at) => ({ itemId: String(at), widgetId: 'w', position: { x: 0, y: at, w: 1, h: 1 }, config: { textConfig: { content } } })),
  });

  /** The next write: made, changed, made the default (two rows in one), or deleted, unless it is the last: there is always one to compare. */
  const next = (): { method: string; path: string; body?: unknown; outcome: Outcome } => {
    const ids = Object.keys(known);
    const id = ids[Math.floor(Math.random() * ids.length)];
    const dice = Math.random();
    if (id === undefined || (ids.length < 12 && dice < 0.25)) {
      const made = content();
      return { method: 'POST', path: '', body: bodyOf(made), outcome: (madeId) => ({ ...known, [madeId]: { ...made, isDefault: false } }) };
    }
    const kept = known[id]!;
    if (dice < 0.4 && !kept.isDefault && ids.length > 1) {
      const { [id]: _gone, ...others } = known;
      return { method: 'DELETE', path: `/${id}`, outcome: () => others };
    }
    if (dice < 0.55) {
      const others = Object.fromEntries(ids.map((other) => [other, { ...known[other]!, isDefault: other === id }]));
      return { method: 'PATCH', path: `/${id}`, body: { isDefault: true }, outcome: () => others };
    }
    const changed = content();
    return { method: 'PATCH', path: `/${id}`, body: bodyOf(changed), outcome: () => ({ ...known, [id]: { ...kept, ...changed } }) };
  };

  const read = async (url: string): Promise<UserLayouts> => {
    const { items } = await (await call(url, 'GET', '')).json() as { items: Answered[] };
    return Object.fromEntries(items.map(({ layoutId, name, isDefault, widgets }) =>
      [layoutId, { name, isDefault, texts: widgets.map((item) => item.config.textConfig.content) }]));
  };

  return {
    user,
    refused,
    acked: () => acked,
    underWay: () => outcome !== undefined,
    stop: () => void (stopped = true),
    async run(url) {
      stopped = false;
      while (!stopped) {
        const write = next();
        outcome = write.outcome;
        let answer: Response;
        try {
          answer = await call(url, write.method, write.path, write.body);
        } catch {
          return;
        }
        if (answer.ok) {
          known = write.outcome(answer.headers.get('location')?.split('/').at(-1) ?? '');
          acked += 1;
          onAck();
        } else {
          refused.push(`${write.method} ${answer.status} ${await answer.text().catch(() => '')}`);
          return;
        }
        outcome = undefined;
        // What is acknowledged is so by its status; the rest of the body may die with the edge.
        await answer.body?.cancel().catch(() => undefined);
      }
    },
    async compare(url) {
      const there = await read(url);
      const madeId = Object.keys(there).find((id) => !(id in known)) ?? '';
      const allowed = [known, ...(outcome === undefined ? [] : [outcome(madeId)])];
      outcome = undefined;
      known = there;
      return { there, allowed };
    },
  };
}
