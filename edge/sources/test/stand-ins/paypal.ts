import { basicOf, bearerOf, formOf, Refusal, startStandIn, type StandIn, type StandInCall, type StandInOptions } from './stand-in.js';

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const LONGEST_RANGE = 31 * 86_400_000;

export interface PayPalOptions extends StandInOptions {
  clientId: string;
  secret: string;
  transactions: number;
  /** Seconds that a token holds. */
  expiresIn?: number;
}

export interface PayPal extends StandIn {
  /** Tokens that were given out. */
  tokens: string[];
  /** From now on none of those counts. */
  revoke(): void;
}

/** `POST /v1/oauth2/token` (client credentials over Basic) and the transaction search, whose pages are counted and at most 500 long. */
export async function startPayPal({ clientId, secret, transactions, expiresIn = 32_400, ...options }: PayPalOptions): Promise<PayPal> {
  const tokens: string[] = [];
  let valid = new Set<string>();
  const standIn = await startStandIn((call) => {
    if (call.path === '/v1/oauth2/token') {
      const [name, password] = basicOf(call).map(decodeURIComponent) as [string, string];
      if (name !== clientId || password !== secret) throw new Refusal({ status: 401, body: { error: 'invalid_client', error_description: 'Client Authentication failed' } });
      if (call.method !== 'POST' || formOf(call).get('grant_type') !== 'client_credentials') throw new Refusal({ status: 400, body: { error: 'unsupported_grant_type' } });
      const token = `A21AA-${tokens.length + 1}`;
      tokens.push(token);
      valid.add(token);
      return { body: { scope: 'https://uri.paypal.com/services/reporting/search/read', access_token: token, token_type: 'Bearer', app_id: 'APP-1', expires_in: expiresIn, nonce: 'n' } };
    }
    if (!valid.has(bearerOf(call))) throw new Refusal({ status: 401, body: { name: 'AUTHENTICATION_FAILURE', message: 'Authentication failed due to invalid authentication credentials' } });
    if (call.path !== '/v1/reporting/transactions') throw new Refusal({ status: 404, body: { name: 'RESOURCE_NOT_FOUND' } });
    return { body: search(call, transactions) };
  }, options);
  return { ...standIn, tokens, revoke: () => void (valid = new Set()) };
}

function search({ query }: StandInCall, count: number) {
  const [from = '', to = ''] = [query.get('start_date') ?? '', query.get('end_date') ?? ''];
  if (!RFC3339.test(from) || !RFC3339.test(to)) throw invalid('Invalid date');
  if (Date.parse(to) - Date.parse(from) > LONGEST_RANGE) throw invalid('Date range is greater than 31 days');
  const size = Number(query.get('page_size') ?? 100);
  const page = Number(query.get('page') ?? 1);
  if (!(size >= 1 && size <= 500) || !(page >= 1)) throw invalid('Invalid page');
  const details = Array.from({ length: count }, (_, index) => ({
    transaction_info: {
      transaction_id: `5TY05013RG0028${String(index).padStart(3, '0')}`, transaction_event_code: 'T0006', transaction_initiation_date: from,
      transaction_amount: { currency_code: 'USD', value: '465.00' }, fee_amount: { currency_code: 'USD', value: '-13.79' }, transaction_status: 'S',
    },
  }));
  return {
    transaction_details: details.slice((page - 1) * size, page * size), account_number: 'XZXSPECPDZHZU', start_date: from, end_date: to,
    page, total_items: count, total_pages: Math.max(1, Math.ceil(count / size)), links: [],
  };
}

function invalid(message: string): Refusal {
  return new Refusal({ status: 400, body: { name: 'INVALID_REQUEST', message } });
}
