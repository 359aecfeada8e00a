import { systemClock, type Clock } from '../../kernel/clock.js';
import { ProblemError } from '../../kernel/problems.js';
import type { SecretPlace, Vault } from '../../kernel/vault.js';
import { readFernetKey, type FernetKey } from './key.js';
import { decryptFernet, encryptFernet, type FernetContent } from './token.js';

/** What is encrypted. Fernet itself binds a token to nothing: the place stands inside. */
type Plaintext = SecretPlace & { secret: string };

/**
 * A vault of Fernet tokens.
 *
 * @param keys of `CCM_FERNET_KEYS`, the newest first: it seals, all of them open
 * @throws Error naming the key that is none, by its number
 */
export function createVault(keys: readonly string[], clock: Pick<Clock, 'now'> = systemClock): Vault {
  const ring = keys.map((text, index): FernetKey => {
    const key = readFernetKey(text);
    if (key === undefined) throw new Error(`CCM_FERNET_KEYS: key ${index + 1} is not 32 bytes in url-safe base64.`);
    return key;
  });
  const [newest] = ring;

  const decrypt = (sealed: string): FernetContent & { by: FernetKey } => {
    for (const by of ring) {
      const content = decryptFernet(by, sealed);
      if (content !== undefined) return { ...content, by };
    }
    throw cannotOpen();
  };

  return {
    usable: newest !== undefined,
    seal(secret, { tenant, owner, name }) {
      if (newest === undefined) throw vaultMissing();
      const plaintext: Plaintext = { tenant, owner, name, secret };
      return encryptFernet(newest, Buffer.from(JSON.stringify(plaintext)), BigInt(Math.floor(clock.now() / 1000)));
    },
    open(sealed, place) {
      const content = plaintextIn(decrypt(sealed).plaintext);
      if (content?.tenant !== place.tenant || content.owner !== place.owner || content.name !== place.name) throw cannotOpen();
      return content.secret;
    },
    renew(sealed) {
      const { plaintext, time, by } = decrypt(sealed);
      // The time stays, as of a secret that is kept and not made anew.
      return newest === undefined || by === newest ? undefined : encryptFernet(newest, plaintext, time);
    },
  };
}

/** Told to who would save a secret; the operator reads the same in the log. */
function vaultMissing(): ProblemError {
  return new ProblemError('vault_missing', 'Secrets cannot be kept here: the edge has no key to seal them with (CCM_FERNET_KEYS).', { retryAfter: 3_600 });
}

/** One error for all that may be wrong with it. */
function cannotOpen(): Error {
  return new Error('The sealed secret cannot be opened.');
}

function plaintextIn(bytes: Buffer): Plaintext | undefined {
  try {
    const value = JSON.parse(bytes.toString()) as Partial<Plaintext> | null;
    return typeof value?.secret === 'string' ? (value as Plaintext) : undefined;
  } catch {
    return undefined;
  }
}
