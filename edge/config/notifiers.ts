import { createECDH } from 'node:crypto';
import { endpointFault } from '../../sdk/contract/endpoint.js';
import type { NotifierSettings } from '../kernel/alert-settings.js';
import { faultLine, type Path } from './faults.js';
import type { SecretReader } from './connectors.js';
import type { NotifierFile } from './notifier-file.schema.js';
import { smtpUrlFault } from './smtp-url.js';
import { weaknessOf } from './weak-secret.js';

export interface NotifiersDeps {
  source: string;
  secret: SecretReader;
  faults: string[];
  /** Of the environment; undefined where that has faults itself. */
  smtpUrl: string | undefined;
}

/** The notifiers of the file, with their secrets. What is wrong with these is told with its place and the variable's name, never with a value. */
export function notifiersFrom(file: Readonly<Record<string, NotifierFile>>, { source, secret, faults, smtpUrl }: NotifiersDeps): NotifierSettings[] {
  return Object.entries(file).map(([name, given]) => {
    const read = (path: Path, named: { env: string }, faultOf: (value: string) => string | undefined): string => {
      const place = ['notifiers', name, ...path];
      const value = secret(place, named);
      const fault = value === '' ? undefined : (unsendable(value) ?? faultOf(value));
      if (fault !== undefined) faults.push(faultLine(source, place, `${named.env} ${fault}`));
      return value;
    };
    return settingsOf(name, given, read, () => {
      if (smtpUrl === undefined) faults.push(faultLine(source, ['notifiers', name, 'smtp'], 'is missing, and so is CCM_SMTP_URL: the mail server to send with'));
    });
  });
}

type Read = (path: Path, named: { env: string }, faultOf: (value: string) => string | undefined) => string;
/** Of a service that gave the secret out itself: how strong it is, is its own matter. */
const anySecret = (): undefined => undefined;

function settingsOf(name: string, given: NotifierFile, read: Read, needSmtp: () => void): NotifierSettings {
  switch (given.type) {
    case 'email': {
      const { smtp, ...rest } = given;
      if (smtp === undefined) needSmtp();
      return { ...rest, name, ...(smtp !== undefined && { smtp: read(['smtp'], smtp, smtpUrlFault) }) };
    }
    case 'sms': {
      if (given.provider === 'twilio') return { ...given, name, url: new URL(given.url), authToken: read(['authToken'], given.authToken, anySecret) };
      const { secret, ...rest } = given;
      return { ...rest, name, url: new URL(given.url), ...(secret && { secret: { header: secret.header, value: read(['secret', 'value'], secret.value, anySecret) } }) };
    }
    case 'webhook': return { ...given, name, url: new URL(given.url), secret: read(['secret'], given.secret, webhookSecretFault) };
    case 'alertmanager': {
      const { secret, ...rest } = given;
      return { ...rest, name, url: new URL(given.url), ...(secret && { secret: read(['secret'], secret, anySecret) }) };
    }
    case 'slack':
    case 'teams': {
      const url = read(['url'], given.url, secretUrlFault);
      return { ...given, name, url: new URL(URL.canParse(url) ? url : 'https://unset.invalid') };
    }
    case 'push': return { ...given, name, privateKey: read(['privateKey'], given.privateKey, (value) => privateKeyFault(value, given.publicKey)) };
  }
}

/** What no header and no address can hold. */
function unsendable(value: string): string | undefined {
  return /[^\x20-\x7e]/.test(value) ? 'has characters that are not ASCII, or a line break' : undefined;
}

/** Bytes of a key as Standard Webhooks wants them. */
const KEY_BYTES = { least: 24, most: 64 };

function webhookSecretFault(value: string): string | undefined {
  const key = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(value)?.[1];
  const bytes = Buffer.from(key ?? '', 'base64');
  if (key === undefined || bytes.toString('base64') !== key || bytes.length < KEY_BYTES.least || bytes.length > KEY_BYTES.most) {
    return `must be whsec_ and the base64 of ${KEY_BYTES.least} to ${KEY_BYTES.most} bytes. A new one: echo whsec_$(openssl rand -base64 32)`;
  }
  return new Set(bytes).size < 8 ? 'has fewer than 8 different bytes' : weaknessOf(value);
}

function secretUrlFault(value: string): string | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) return 'must be an http or https URL';
  if (url.username !== '' || url.password !== '' || url.hash !== '') return 'must have no user or fragment';
  const fault = endpointFault(url.pathname);
  return fault === undefined ? undefined : `has a path that ${fault}`;
}

function privateKeyFault(value: string, publicKey: string): string | undefined {
  if (!/^[A-Za-z0-9_-]{43}$/.test(value)) return 'must be a VAPID key of 43 characters; a new pair: npx web-push generate-vapid-keys';
  try {
    const pair = createECDH('prime256v1');
    pair.setPrivateKey(value, 'base64url');
    return pair.getPublicKey('base64url') === publicKey ? undefined : 'is not the private key of publicKey';
  } catch {
    return 'is no key';
  }
}
