import type { Severity } from '../../../../sdk/contract/alert.js';
import type { InhibitRule } from '../../../kernel/alert-settings.js';
import type { AlertInstance } from '../../../kernel/alerts.js';
import { fitAll, labelsOf, type MatchedLabels } from '../matchers.js';

const RANKS: Readonly<Record<Severity, number>> = { info: 0, warning: 1, critical: 2 };

/** Which field of the answer an alert is about; undefined where that is not known, as of what came from outside. */
export type FieldOf = (instance: AlertInstance) => string | undefined;

interface Source {
  readonly instance: AlertInstance;
  readonly labels: MatchedLabels;
}

/** Of the alerts of a tenant that fire, the id of one that says already what this one would. */
export type Inhibition = (instance: AlertInstance) => string | undefined;

/**
 * A firing alert of a higher severity keeps the lower ones on the same widget, key and field from being sent; and what the settings say.
 * One that fits both sides of a rule is kept back by none that does too, itself least of all. What is one user's keeps back that user's alone.
 */
export function inhibitionOf(firing: readonly AlertInstance[], rules: readonly InhibitRule[], fieldOf: FieldOf): Inhibition {
  const placeOf = (instance: AlertInstance): string | undefined => {
    const field = instance.widgetId === '' ? undefined : fieldOf(instance);
    return field === undefined ? undefined : JSON.stringify([instance.widgetId, instance.key, field]);
  };
  const worst = grouped(firing, placeOf);
  const sources = rules.map(({ source, equal }) => grouped(
    firing.map((instance): Source => ({ instance, labels: labelsOf(instance) })).filter(({ labels }) => fitAll(source, labels)),
    ({ labels }) => valuesOf(labels, equal),
  ));
  const reaches = (source: AlertInstance, target: AlertInstance): boolean => source.id !== target.id && (source.user === '' || source.user === target.user);

  return (instance) => {
    const place = placeOf(instance);
    const above = place === undefined ? undefined : worst.get(place)?.find((other) => RANKS[other.severity] > RANKS[instance.severity] && reaches(other, instance));
    if (above !== undefined) return above.id;
    if (rules.length === 0) return undefined;
    const labels = labelsOf(instance);
    for (const [index, { source, target, equal }] of rules.entries()) {
      if (!fitAll(target, labels)) continue;
      const isSource = fitAll(source, labels);
      const found = sources[index]?.get(valuesOf(labels, equal))
        ?.find((other) => reaches(other.instance, instance) && !(isSource && fitAll(target, other.labels)));
      if (found !== undefined) return found.instance.id;
    }
    return undefined;
  };
}

function grouped<Key, Item>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** A label that is missing is empty. */
function valuesOf(labels: MatchedLabels, names: readonly string[]): string {
  return JSON.stringify(names.map((name) => (Object.hasOwn(labels, name) ? labels[name] : '')));
}
