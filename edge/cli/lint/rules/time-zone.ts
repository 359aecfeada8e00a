import type { CCMWidget } from '../../../../sdk/contract/widget.js';
import type { Given, GivenLayout } from '../given.js';
import type { Rule } from '../rule.js';

/** Relative dates that depend on where a day begins. */
const DAYS = /^(?:today|yesterday|tomorrow|startOf(?:Day|Week|Month|Year)|[+-]\d{1,5}(?:d|w|mo|y))$/;

export const timeZone: Rule = {
  name: 'time-zone',
  why: 'Without a time zone a tenant\'s days begin and end in UTC: "today" holds orders of yesterday, or lacks those of this morning.',
  find(given) {
    const asked = firstDay(given);
    if (asked === undefined) return [];
    return given.settings.flatMap(({ file, at, tenants }) => [...tenants]
      .filter(([, { zoned }]) => !zoned)
      .map(([id]) => ({ file, path: [...at, 'tenants', id], message: `has no timeZone, such as "Europe/Berlin", and ${asked}` })));
  },
};

/** Who asks for days, in words; undefined where nobody does. */
function firstDay({ widgets, layouts }: Given): string | undefined {
  for (const { widget } of widgets) {
    const word = dayOf(widget);
    if (word !== undefined) return `the widget ${widget.id} asks for ${word}`;
  }
  for (const layout of layouts) {
    const word = dayOfLayout(layout);
    if (word !== undefined) return `${layout.list === 'layout' ? 'a preset' : `the layout ${layout.file.name}`} asks for ${word}`;
  }
  return undefined;
}

function dayOf({ dataSource, params = {}, chartConfig }: CCMWidget): string | undefined {
  const word = dayIn('params' in dataSource ? dataSource.params : undefined) ?? dayIn(Object.values(params).map((param) => param.default));
  const { aggregation } = chartConfig ?? {};
  return word ?? (aggregation === undefined || aggregation === 'hourly' ? undefined : `${aggregation} values`);
}

function dayOfLayout({ items, timeRange, variables }: GivenLayout): string | undefined {
  const range = timeRange?.timeZone === undefined ? dayIn([timeRange?.from, timeRange?.to]) : undefined;
  return range ?? dayIn(variables.map((variable) => variable.default)) ?? dayIn(items.map(({ config }) => config?.['params']));
}

/** The first such word in params, however deep; in quotes. */
function dayIn(value: unknown): string | undefined {
  if (typeof value === 'string') return DAYS.test(value) ? `"${value}"` : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const part of Object.values(value) as unknown[]) {
    const word = dayIn(part);
    if (word !== undefined) return word;
  }
  return undefined;
}
