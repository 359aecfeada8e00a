import { SettingsError } from '../config/faults.js';
import { NEW_FERNET_KEY } from '../config/weak-fernet-key.js';
import type { Store } from '../drivers/store/open-store.js';
import { holdsSecrets } from '../drivers/store/sealed-rows.js';
import type { EnvironmentSettings } from '../kernel/settings.js';

/** Throws where the store holds secrets and there is no key at all to open them: each of their widgets would fail, one by one. */
export function requireKeyFor(store: Store, { fernetKeys, databaseUrl }: Pick<EnvironmentSettings, 'fernetKeys' | 'databaseUrl'>): void {
  if (fernetKeys.length > 0 || !holdsSecrets(store)) return;
  throw new SettingsError([
    `CCM_FERNET_KEYS: is missing, but ${databaseUrl} holds secrets that only its key opens: set the key that they were saved with. `
    + `Where it is lost, set a new one (${NEW_FERNET_KEY}) and have the secrets saved again.`,
  ]);
}
