import type { DashboardPreset, LayoutInput, LayoutPatch } from '../../../sdk/contract/layout.js';
import type { ChangeAudit, Trace } from '../../kernel/audit.js';
import { CHANGES, type Bus } from '../../kernel/bus.js';
import type { Clock } from '../../kernel/clock.js';
import { requireVersion } from '../../kernel/etag.js';
import { newId } from '../../kernel/ids.js';
import type { DefaultLayouts, LayoutAnswer } from '../../kernel/layouts.js';
import { presetFor } from '../../kernel/presets.js';
import type { Principal } from '../../kernel/principal.js';
import { notFound, ProblemError } from '../../kernel/problems.js';
import { beginningAnswer, beginningOf, DEFAULT_ID, storedAnswer, versionOf, type Beginning } from './answer.js';
import { createLayoutCache, type UserLayouts } from './cache.js';
import { extrasJson } from './extras.js';
import { itemsJson } from './items.js';
import type { LayoutRow, LayoutStore } from './store.js';

/** Layouts that one user may have. */
export const MAX_LAYOUTS = 100;
/** Bytes of the items, variables and settings of all layouts of one user: they are read, kept and listed together. */
export const MAX_USER_BYTES = 2 * 1024 * 1024;
/** Characters of a name, as the contract has it: a copy's name is cut to it. */
const MAX_NAME = 80;

export interface LayoutDeps {
  rows: LayoutStore;
  bus: Bus;
  clock: Clock;
  presets: ReadonlyMap<string, DashboardPreset>;
  /** Each change leaves a row, in the same write. */
  audit?: ChangeAudit;
}

export interface LayoutService extends DefaultLayouts {
  /** `{"items":[…]}` of the caller's own layouts, oldest first. */
  list(principal: Principal): string;
  /** `default` is the caller's default layout, else their role's preset in the form of a layout. */
  read(principal: Principal, id: string): LayoutAnswer;
  create(principal: Principal, input: LayoutInput, trace?: Trace): LayoutAnswer;
  /** A change of `default` by who has none yet makes their copy of the preset: then `created`. */
  update(principal: Principal, id: string, patch: LayoutPatch, ifMatch?: string, trace?: Trace): { answer: LayoutAnswer; created: boolean };
  /** Throws `conflict` for the default layout. */
  remove(principal: Principal, id: string, ifMatch?: string, trace?: Trace): void;
  duplicate(principal: Principal, id: string, trace?: Trace): LayoutAnswer;
  close(): void;
}

type Content = Pick<LayoutRow, 'name' | 'columns' | 'widgets' | 'extras'>;

export function createLayouts({ rows, bus, clock, presets, audit }: LayoutDeps): LayoutService {
  const cache = createLayoutCache(clock);
  const started = clock.now();
  const unsubscribe = bus.subscribe(CHANGES, ({ tenant, user, layouts }) => {
    if (user !== undefined && layouts !== undefined) cache.drop(tenant, user);
  });
  const unsubscribeGap = bus.onGap(() => cache.dropAll());

  const load = ({ tenant, subject }: Principal): UserLayouts => {
    const known = cache.get(tenant, subject);
    if (known !== undefined) return known;
    const kept = rows.list(tenant, subject);
    const answers = kept.map(storedAnswer);
    const layouts: UserLayouts = {
      byId: new Map(answers.map((answer) => [answer.id, answer])),
      default: answers[kept.findIndex((row) => row.isDefault)],
      listJson: `{"items":[${answers.map((answer) => answer.json).join(',')}]}`,
    };
    cache.set(tenant, subject, layouts);
    return layouts;
  };

  const beginning = (principal: Principal): Beginning => beginningOf(presetFor(principal, presets));

  const find = ({ tenant, subject }: Principal, id: string): LayoutRow | undefined =>
    id === DEFAULT_ID ? rows.getDefault(tenant, subject) : rows.get(tenant, subject, id);

  /** After the write stands: this process forgets, the others and the user's open pages hear of it. */
  const tell = ({ tenant, subject }: Principal, ids: (string | undefined)[]): void => {
    cache.drop(tenant, subject);
    bus.publish(CHANGES, { tenant, user: subject, layouts: [...new Set(ids.filter((id) => id !== undefined))] });
  };

  /** Within a write. Returns the ids whose body or meaning changed. */
  const save = (row: LayoutRow, before?: LayoutRow, trace?: Trace): (string | undefined)[] => {
    const growth = bytesOf(row) - bytesOf(before);
    // Who has more already, from before there was an end to it, may still make it less.
    if (growth > 0 && rows.bytes(row.tenant, row.user) + growth > MAX_USER_BYTES) {
      throw new ProblemError('too_large', `Your layouts may have ${MAX_USER_BYTES / 1024 / 1024} MB in all; delete one first.`);
    }
    const moved = row.isDefault && !before?.isDefault;
    const displaced = moved ? rows.getDefault(row.tenant, row.user)?.id : undefined;
    if (displaced !== undefined) rows.clearDefault(row.tenant, row.user);
    rows.save(row);
    audit?.within({ tenant: row.tenant, user: row.user, action: 'layout.set', target: `layout ${row.id}`, outcome: 'ok', detail: before === undefined ? 'made' : 'changed', ...trace });
    return [row.id, displaced, row.isDefault === (before?.isDefault ?? false) ? undefined : DEFAULT_ID];
  };

  /** Within a write. */
  const newRow = ({ tenant, subject }: Principal, content: Content, isDefault: boolean): LayoutRow => {
    if (rows.count(tenant, subject) >= MAX_LAYOUTS) {
      throw new ProblemError('conflict', `You have ${MAX_LAYOUTS} layouts, which is the most; delete one first.`);
    }
    const now = clock.now();
    return { tenant, user: subject, id: newId(), ...content, isDefault, revision: 1, createdAt: now, updatedAt: now };
  };

  const insert = (principal: Principal, make: () => LayoutRow, trace?: Trace): LayoutAnswer => {
    const { row, changed } = rows.write(() => {
      const made = make();
      return { row: made, changed: save(made, undefined, trace) };
    });
    tell(principal, changed);
    return storedAnswer(row);
  };

  return {
    list: (principal) => load(principal).listJson,
    read(principal, id) {
      const { byId, default: own } = load(principal);
      const answer = id === DEFAULT_ID ? own ?? beginningAnswer(principal.subject, beginning(principal), started) : byId.get(id);
      if (answer === undefined) throw notFound();
      return answer;
    },
    create: (principal, input, trace) => insert(principal, () => newRow(principal, contentOf(input), input.isDefault ?? false), trace),
    update(principal, id, patch, ifMatch, trace) {
      const { row, created, changed } = rows.write(() => {
        const before = find(principal, id);
        if (before === undefined) {
          if (id !== DEFAULT_ID) throw notFound();
          const start = beginning(principal);
          requireVersion(ifMatch, start.version);
          const made = newRow(principal, patched({ ...start, columns: null, extras: null }, patch), patch.isDefault ?? true);
          return { row: made, created: true, changed: save(made, undefined, trace) };
        }
        requireVersion(ifMatch, versionOf(before));
        const next = revised(before, patch, clock.now());
        return { row: next, created: false, changed: next === before ? [] : save(next, before, trace) };
      });
      if (changed.length > 0) tell(principal, changed);
      return { answer: storedAnswer(row), created };
    },
    remove(principal, id, ifMatch, trace) {
      const removed = rows.write(() => {
        const row = find(principal, id);
        if (row === undefined && id !== DEFAULT_ID) throw notFound();
        if (row === undefined || row.isDefault) {
          throw new ProblemError('conflict', 'The default layout cannot be deleted; make another one the default first.');
        }
        requireVersion(ifMatch, versionOf(row));
        rows.remove(row.tenant, row.user, row.id);
        audit?.within({ tenant: row.tenant, user: row.user, action: 'layout.remove', target: `layout ${row.id}`, outcome: 'ok', ...trace });
        return row.id;
      });
      tell(principal, [removed]);
    },
    duplicate: (principal, id, trace) => insert(principal, () => {
      const source = find(principal, id) ?? (id === DEFAULT_ID ? { ...beginning(principal), columns: null, extras: null } : undefined);
      if (source === undefined) throw notFound();
      const { name, columns, widgets, extras } = source;
      return newRow(principal, { name: copyName(name), columns, widgets, extras }, false);
    }, trace),
    replaceDefault(principal, input) {
      const { row, changed } = rows.write(() => {
        const before = rows.getDefault(principal.tenant, principal.subject);
        const next = before ? revised(before, { columns: undefined, variables: [], timeRange: null, settings: {}, ...input }, clock.now()) : newRow(principal, contentOf(input), true);
        return { row: next, changed: next === before ? [] : save(next, before) };
      });
      if (changed.length > 0) tell(principal, changed);
      return storedAnswer(row);
    },
    close() {
      unsubscribe();
      unsubscribeGap();
    },
  };
}

function contentOf(input: LayoutInput): Content {
  const { name, columns, widgets } = input;
  return { name: whole(name), columns: columns ?? null, widgets: itemsJson(widgets), extras: extrasJson(input, null) };
}

function bytesOf(row: Pick<LayoutRow, 'widgets' | 'extras'> | undefined): number {
  return row === undefined ? 0 : Buffer.byteLength(row.widgets) + Buffer.byteLength(row.extras ?? '');
}

/** Fields that the patch names stand as it has them; the others stay. */
function patched({ name, columns, widgets, extras }: Content, patch: LayoutPatch): Content {
  return {
    name: patch.name === undefined ? name : whole(patch.name),
    columns: Object.hasOwn(patch, 'columns') ? patch.columns ?? null : columns,
    widgets: patch.widgets ? itemsJson(patch.widgets) : widgets,
    extras: extrasJson(patch, extras),
  };
}

/** The row with the patch laid over; the same row where nothing differs. Being the default is no content: it counts no revision. */
function revised(before: LayoutRow, patch: LayoutPatch, now: number): LayoutRow {
  const content = patched(before, patch);
  const isDefault = patch.isDefault ?? before.isDefault;
  const same = content.name === before.name && content.columns === before.columns && content.widgets === before.widgets
    && content.extras === before.extras;
  if (!same) return { ...before, ...content, isDefault, revision: before.revision + 1, updatedAt: now };
  return isDefault === before.isDefault ? before : { ...before, isDefault };
}

/** Half a character (a lone surrogate) has no form in UTF-8: the store would give back another name than it was given. */
function whole(name: string): string {
  if (!/\p{Surrogate}/u.test(name)) return name;
  throw new ProblemError('invalid', 'The name is not valid.', { errors: [{ path: 'name', message: 'has half a character in it' }] });
}

function copyName(name: string): string {
  const suffix = ' (copy)';
  // A cut through the middle of a character would leave half of it.
  const kept = name.slice(0, MAX_NAME - suffix.length).replace(/[\uD800-\uDBFF]$/, '').trimEnd();
  return `${kept}${suffix}`;
}
