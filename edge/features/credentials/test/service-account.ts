import { generateKeyPairSync } from 'node:crypto';

/** A private key as Google's files have it. */
const PRIVATE_KEY = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** A service account's file as it is downloaded, some 2.4 KB, with a key of its own. */
export const SERVICE_ACCOUNT = JSON.stringify({
  type: 'service_account',
  project_id: 'erp-monitoring',
  private_key_id: '0123456789abcdef0123456789abcdef0123ab12',
  private_key: PRIVATE_KEY,
  client_email: 'reader@erp-monitoring.iam.gserviceaccount.com',
  client_id: '123456789012345678901',
  auth_uri: 'https://accounts.google.com/o/oauth2/auth',
  token_uri: 'https://oauth2.googleapis.com/token',
  universe_domain: 'googleapis.com',
}, undefined, 2);
