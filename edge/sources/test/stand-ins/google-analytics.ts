import { createPublicKey, verify } from 'node:crypto';
import { bearerOf, formOf, Refusal, startStandIn, type StandIn, type StandInCall, type StandInOptions } from './stand-in.js';

export interface GoogleOptions extends StandInOptions {
  /** Of the service account. */
  email: string;
  publicKey: string;
  client: { id: string; secret: string; refreshToken: string };
  rows: number;
}

const SCOPE = 'https://www.googleapis.com/auth/analytics.readonly';

/** `POST /token` (a service account's assertion, or a refresh token) and `runReport` of the Data API, whose body says offset and limit. */
export async function startGoogleAnalytics({ email, publicKey, client, rows, ...options }: GoogleOptions): Promise<StandIn & { grants: string[] }> {
  const grants: string[] = [];
  const valid = new Set<string>();
  let url = '';
  const standIn = await startStandIn((call) => {
    if (call.path === '/token') {
      const form = formOf(call);
      const grant = form.get('grant_type') ?? '';
      if (grant === 'urn:ietf:params:oauth:grant-type:jwt-bearer') checkAssertion(form.get('assertion') ?? '', { email, publicKey, audience: `${url}/token` });
      else if (grant !== 'refresh_token' || form.get('refresh_token') !== client.refreshToken || form.get('client_id') !== client.id || form.get('client_secret') !== client.secret) throw bad('invalid_grant');
      grants.push(grant);
      const token = `ya29.${grants.length}`;
      valid.add(token);
      return { body: { access_token: token, expires_in: 3_599, token_type: 'Bearer' } };
    }
    if (!valid.has(bearerOf(call))) throw new Refusal({ status: 401, body: { error: { code: 401, message: 'Request had invalid authentication credentials.', status: 'UNAUTHENTICATED' } } });
    if (call.method !== 'POST' || !/^\/v1beta\/properties\/\d+:runReport$/.test(call.path)) throw new Refusal({ status: 404, body: { error: { code: 404, status: 'NOT_FOUND' } } });
    return { body: report(call, rows) };
  }, options);
  url = standIn.url;
  return { ...standIn, grants };
}

function checkAssertion(assertion: string, { email, publicKey, audience }: { email: string; publicKey: string; audience: string }): void {
  const [head = '', body = '', signature = ''] = assertion.split('.');
  const read = (part: string): Record<string, unknown> => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
  const claims = read(body);
  const now = Date.now() / 1000;
  const right = read(head)['alg'] === 'RS256'
    && verify('RSA-SHA256', Buffer.from(`${head}.${body}`), createPublicKey(publicKey), Buffer.from(signature, 'base64url'))
    && claims['iss'] === email && claims['scope'] === SCOPE && claims['aud'] === audience
    && Math.abs(Number(claims['iat']) - now) < 300 && Number(claims['exp']) - Number(claims['iat']) <= 3_600;
  if (!right) throw bad('invalid_grant');
}

function report({ body }: StandInCall, total: number) {
  const { dateRanges, dimensions = [], metrics = [], limit = 10_000, offset = 0 } = JSON.parse(body) as {
    dateRanges?: { startDate: string; endDate: string }[]; dimensions?: { name: string }[]; metrics?: { name: string }[]; limit?: number; offset?: number;
  };
  const isDate = (text: string): boolean => /^(\d{4}-\d\d-\d\d|\d+daysAgo|yesterday|today)$/.test(text);
  if (!dateRanges?.every(({ startDate, endDate }) => isDate(startDate) && isDate(endDate))) {
    throw new Refusal({ status: 400, body: { error: { code: 400, message: 'Invalid dateRange', status: 'INVALID_ARGUMENT' } } });
  }
  const count = Math.max(0, Math.min(Number(limit), total - Number(offset)));
  return {
    dimensionHeaders: dimensions.map(({ name }) => ({ name })),
    metricHeaders: metrics.map(({ name }) => ({ name, type: 'TYPE_INTEGER' })),
    rows: Array.from({ length: count }, (_, index) => ({
      dimensionValues: dimensions.map(() => ({ value: `d${Number(offset) + index}` })), metricValues: metrics.map(() => ({ value: String(15 + index) })),
    })),
    rowCount: total, metadata: { currencyCode: 'USD', timeZone: 'America/Los_Angeles' }, kind: 'analyticsData#runReport',
  };
}

function bad(error: string): Refusal {
  return new Refusal({ status: 400, body: { error, error_description: 'Bad Request' } });
}
