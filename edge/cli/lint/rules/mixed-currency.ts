import { fieldsNamed } from '../fields.js';
import { inWidgets, type Rule } from '../rule.js';

export const mixedCurrency: Rule = {
  name: 'mixed-currency',
  why: 'Amounts of different currencies beside one another are read as if they could be compared.',
  find(given) {
    const ofTenants = given.settings.flatMap(({ tenants }) => [...tenants.values()].map(({ currency }) => currency));
    return inWidgets(given, (widget) => {
      const amounts = fieldsNamed(widget, ['format', 'badgeFormat']).flatMap(({ path, value }) => {
        const currency = currencyOf(value);
        return currency === undefined ? [] : [{ path, currencies: currency === TENANTS ? ofTenants : [currency] }];
      });
      const [first] = amounts.flatMap(({ currencies }) => currencies);
      const other = amounts.find(({ currencies }) => currencies.some((currency) => currency !== first));
      // Tenants that differ from one another see one currency each.
      if (first === undefined || other === undefined || amounts.every(({ currencies }) => currencies === ofTenants)) return [];
      const all = [...new Set(amounts.flatMap(({ currencies }) => currencies))].sort();
      return [{ path: other.path, message: `this widget shows ${all.slice(0, -1).join(', ')} and ${all.at(-1) ?? ''}; keep to one, or make it two widgets` }];
    });
  },
};

/** Stands for the currency of whichever tenant looks. */
const TENANTS = Symbol('tenants');

/** Of a format that writes amounts. */
function currencyOf(format: unknown): string | typeof TENANTS | undefined {
  if (format === 'currency') return TENANTS;
  if (typeof format !== 'object' || format === null || !('style' in format) || format.style !== 'currency') return undefined;
  return 'currency' in format && typeof format.currency === 'string' ? format.currency : TENANTS;
}
