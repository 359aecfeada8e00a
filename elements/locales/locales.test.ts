/** What every language of the elements' own has to have. */
import { expect } from '@open-wc/testing';
import type { JsonSchema } from '../../sdk/contract/json-schema.js';
import { CONFIG_SCHEMAS } from '../../sdk/contract/generated/config-schemas.js';
import { englishAlertRules } from '../core/alert-rule-strings.js';
import { englishAlerts } from '../core/alerts-strings.js';
import { englishChart } from '../core/chart-strings.js';
import { englishConnections } from '../core/connection-strings.js';
import { englishCustom } from '../core/custom-strings.js';
import { englishEditing } from '../core/editing-strings.js';
import { englishManage } from '../core/manage-strings.js';
import { englishMap } from '../core/map-strings.js';
import { englishMarketplace } from '../core/marketplace-strings.js';
import { englishMenu } from '../core/menu-strings.js';
import { englishList } from '../core/list-strings.js';
import { englishPages } from '../core/pages-strings.js';
import { englishSlices } from '../core/slices-strings.js';
import { englishPaper } from '../core/paper-strings.js';
import { englishSettings } from '../core/settings-strings.js';
import { english } from '../core/strings.js';
import { englishTable } from '../core/table-strings.js';
import { englishForm } from '../core/form-strings.js';
import { englishText } from '../core/text-strings.js';
import { englishTones } from '../core/tone-strings.js';
import { englishView } from '../core/view-strings.js';
import { englishWhy } from '../core/why-strings.js';
import { LANGUAGES } from '../languages.js';
import type { WholeTranslation } from './whole-translation.js';

type Say = (...args: unknown[]) => string;

const ENGLISH: WholeTranslation = {
  ...english, ...englishMenu, ...englishEditing, ...englishPages, ...englishList, ...englishSlices,
  view: englishView, paper: englishPaper, manage: englishManage, alerts: englishAlerts, alertRules: englishAlertRules, marketplace: englishMarketplace, chart: englishChart, custom: englishCustom, text: englishText, form: englishForm, table: englishTable,
  tones: englishTones, settings: englishSettings, connections: englishConnections, map: englishMap, why: englishWhy,
};

/** Names, units and signs, which are written alike in many languages. */
const NAMES = [
  'minutes', 'hours', 'untitled', 'view.range', 'view.inZone', 'marketplace.marketplace', 'settings.itemOf', 'settings.fields.apiName', 'settings.choices.prometheus',
  'connections.actionFor', 'connections.chooseApi', 'connections.milliseconds', 'connections.authTypes.oauth2', 'why.sources.prometheus', 'why.widget',
  'alerts.eventWith', 'alerts.saysNew', 'alertRules.condition', 'alertRules.seconds', 'alertRules.minutes', 'alertRules.hours', 'alertRules.ways.sms', 'manage.keyNames.Ctrl', 'manage.keyNames.Shift', 'manage.keyNames.Delete', 'manage.keyNames.Esc',
];

/** Words that a language has in common with English. */
const ALIKE: Readonly<Record<string, readonly string[]>> = {
  de: [
    'alertRules.ways.webhook', 'alertRules.types.text', 'live', 'chooseLayout', 'manage.name', 'manage.densities.normal', 'manage.variableName', 'manage.variableTypes.string', 'marketplace.version', 'chart.name',
    'settings.fields.version', 'settings.fields.format', 'settings.fields.trend', 'settings.fields.text', 'settings.fields.name', 'settings.fields.region',
    'settings.fields.content', 'settings.fields.element', 'settings.choices.system', 'connections.scope', 'connections.apiName', 'map.region', 'map.code', 'why.code',
  ],
  es: [
    'alertRules.ways.webhook', 'days', 'total', 'manage.widgets', 'manage.densities.normal', 'manage.variables', 'marketplace.found', 'settings.general', 'settings.fields.series',
    'settings.fields.zoom', 'settings.fields.module',
  ],
  fr: [
    'alertRules.ways.webhook', 'actions', 'total', 'versus', 'manage.widgets', 'manage.variables', 'marketplace.found', 'marketplace.version', 'chart.points', 'custom.options',
    'settings.fields.description', 'settings.fields.type', 'settings.fields.version', 'settings.fields.dataSource', 'settings.fields.moduleName',
    'settings.fields.format', 'settings.fields.badge', 'settings.fields.actions', 'settings.fields.pagination', 'settings.fields.center', 'settings.fields.lat',
    'settings.fields.lng', 'settings.fields.zoom', 'settings.fields.latKey', 'settings.fields.lngKey', 'settings.fields.module', 'settings.fields.options',
    'settings.choices.module', 'map.code', 'map.latitude', 'map.longitude', 'why.source', 'why.pages',
  ],
};

/** They are told a number, not a text. */
const COUNTS = [
  'minutes', 'hours', 'days', 'more', 'rowsOf', 'placed', 'manage.widgets', 'manage.faults', 'manage.moreFaults', 'marketplace.found', 'marketplace.everySeconds', 'chart.points', 'settings.faults', 'map.of', 'map.skipped',
  'map.outside', 'map.valueless', 'why.pages',
  'alertRules.wouldFire', 'alertRules.chart', 'alertRules.seconds', 'alertRules.minutes', 'alertRules.hours', 'alerts.count', 'alerts.firingNow', 'alerts.cut', 'alerts.more', 'alerts.comments', 'alerts.moreLabels', 'alerts.hours', 'alerts.andMore', 'alerts.saysManyNew', 'alerts.saysManyResolved',
];

/** All that can be said, by its dot path. */
function leavesOf(words: object, path = ''): Map<string, string | Say> {
  const leaves = new Map<string, string | Say>();
  for (const [name, value] of Object.entries(words) as [string, unknown][]) {
    const at = path ? `${path}.${name}` : name;
    if (typeof value === 'object' && value !== null) for (const [inner, leaf] of leavesOf(value, at)) leaves.set(inner, leaf);
    else leaves.set(at, value as string | Say);
  }
  return leaves;
}

const argumentsOf = (say: Say) => ['⟪eins⟫', '⟪zwei⟫', '⟪drei⟫', '⟪vier⟫'].slice(0, Math.max(say.length, 1));
/** A leaf as it is read: a function's with arguments that no language has as words. */
const said = (leaf: string | Say) => (typeof leaf === 'string' ? leaf : leaf(...argumentsOf(leaf)));
/** What is no word but a name in a definition, a file or a path: it is written the same everywhere. */
const namesIn = (text: string): string[] => text.match(/\b[a-z]+(?:[A-Z][a-z]+)+\b|\b[a-z]+\.(?:[a-z]+\.)?[a-z]+\b|-\d+[a-z]+|\/v1\/\w+|\b(?:JSON|CSV|PNG|CCM)\b/g) ?? [];

/** Each name and each choice of the forms that are made from a schema. */
function* partsOf(schema: JsonSchema): Generator<{ name?: string; choice?: string }> {
  for (const choice of schema.enum ?? []) yield { choice: String(choice) };
  for (const [name, part] of Object.entries(schema.properties ?? {})) {
    yield { name };
    yield* partsOf(part);
  }
  for (const part of [schema.items, ...(schema.anyOf ?? [])]) if (typeof part === 'object') yield* partsOf(part);
}

const wanted = leavesOf(ENGLISH);

for (const [language, load] of Object.entries(LANGUAGES)) {
  describe(`the words in ${new Intl.DisplayNames('en', { type: 'language' }).of(language) ?? language}`, () => {
    let has: Map<string, string | Say>;

    before(async () => {
      has = leavesOf((await load()).translation);
    });

    it('are all there, of the same kind', () => {
      const wrong = [...wanted].flatMap(([path, leaf]) => {
        const own = has.get(path);
        if (typeof own !== typeof leaf) return [`${path}: ${typeof own}`];
        return typeof own === 'function' && typeof leaf === 'function' && own.length !== leaf.length ? [`${path}: takes ${own.length}`] : [];
      });
      expect(wrong).to.deep.equal([]);
    });

    it('are no other than those', () => {
      const more = [...has.keys()].filter((path) => !wanted.has(path) && !/^settings\.(fields|choices)\./.test(path));
      expect(more).to.deep.equal([]);
    });

    it('are not English', () => {
      const alikeHere = [...NAMES, ...(ALIKE[language] ?? [])];
      const alike = [...wanted].flatMap(([path, leaf]) => (!alikeHere.includes(path) && said(has.get(path)!) === said(leaf) ? [`${path}: ${said(leaf)}`] : []));
      expect(alike).to.deep.equal([]);
    });

    it('say what they are told', () => {
      const lost = [...wanted].flatMap(([path, leaf]) => {
        if (typeof leaf === 'string') return [];
        const text = said(has.get(path)!).toLowerCase();
        return argumentsOf(leaf).filter((argument) => said(leaf).toLowerCase().includes(argument) && !text.includes(argument)).map((argument) => `${path}: ${argument} is not in ${text}`);
      });
      expect(lost).to.deep.equal([]);
    });

    it('have a form for every number', () => {
      const wrong = COUNTS.flatMap((path) => [0, 1, 2, 3, 5, 11, 21, 100, 102, 111, 180, 1000].flatMap((count) => {
        const say = has.get(path) as Say;
        const text = say(...argumentsOf(wanted.get(path) as Say).map(() => count));
        const told = count < 3 || text.includes(String(count)) || (path === 'marketplace.everySeconds' && text.includes(String(count / 60)));
        return text.trim() === '' || !told || /NaN|undefined|null|\[object/.test(text) ? [`${path}(${count}): ${text}`] : [];
      }));
      expect(wrong).to.deep.equal([]);
    });

    it('keep the names that are no words', () => {
      const lost = [...wanted].flatMap(([path, leaf]) => namesIn(said(leaf)).filter((name) => !said(has.get(path)!).includes(name)).map((name) => `${path}: ${name}`));
      expect(lost).to.deep.equal([]);
    });

    it('are text, with the signs of print', () => {
      const odd = [...has].flatMap(([path, leaf]) => {
        const text = said(leaf);
        return text === '' || text !== text.trim() || /[<>"']|&\w+;|\.\.\.|undefined|\[object/.test(text) ? [`${path}: ${text}`] : [];
      });
      expect(odd).to.deep.equal([]);
    });

    it('tell apart what can go wrong', () => {
      const texts = Object.keys(englishWhy.failures).map((code) => has.get(`why.failures.${code}.what`));
      expect(new Set(texts).size).to.equal(texts.length);
    });

    it('name each field and each choice of the settings', () => {
      const parts = Object.values(CONFIG_SCHEMAS).flatMap((schema) => [...partsOf(schema)]);
      const names = parts.flatMap(({ name }) => (name !== undefined && !has.has(`settings.fields.${name}`) ? [name] : []));
      const choices = parts.flatMap(({ choice }) => (choice !== undefined && !has.has(`settings.choices.${choice}`) ? [choice] : []));
      expect({ names: [...new Set(names)], choices: [...new Set(choices)] }).to.deep.equal({ names: [], choices: [] });
    });
  });
}
