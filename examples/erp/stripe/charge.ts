import { fraction } from '../data/fraction.js';
import type { Payment } from '../ledger/money.js';

/** A Stripe charge, as far as its public shape says something about a card payment. */
export type Charge = Record<string, unknown> & { id: string; created: number; amount: number; status: 'succeeded' | 'failed' };

const BRANDS = ['visa', 'mastercard', 'amex'] as const;

/** One attempt of a card payment as the charge that Stripe would list. Amounts are in minor units, `created` in Unix seconds. */
export function chargeOf(payment: Payment, currency: string): Charge {
  const succeeded = payment.status === 'succeeded';
  const id = `ch_${payment.id.replaceAll(/[^A-Za-z0-9]/g, '')}`;
  return {
    id,
    object: 'charge',
    amount: payment.amount,
    amount_captured: succeeded ? payment.amount : 0,
    amount_refunded: 0,
    balance_transaction: succeeded ? id.replace('ch_', 'txn_') : null,
    billing_details: { address: null, email: null, name: payment.customer, phone: null },
    captured: succeeded,
    created: Math.floor(payment.at / 1000),
    currency: currency.toLowerCase(),
    customer: null,
    description: `CCM stand-in: ${payment.invoiceId}`,
    disputed: false,
    failure_code: succeeded ? null : 'card_declined',
    failure_message: succeeded ? null : 'Your card was declined.',
    livemode: false,
    metadata: { invoice: payment.invoiceId },
    outcome: succeeded
      ? { network_status: 'approved_by_network', risk_level: 'normal', seller_message: 'Payment complete.', type: 'authorized' }
      : {
        network_status: 'declined_by_network', risk_level: 'normal', seller_message: 'The bank did not return any further details.',
        type: 'issuer_declined',
      },
    paid: succeeded,
    payment_method_details: {
      card: {
        brand: BRANDS[Math.floor(fraction(payment.customer) * BRANDS.length)],
        last4: String(Math.floor(fraction(`${payment.customer}:card`) * 10_000)).padStart(4, '0'),
      },
      type: 'card',
    },
    refunded: false,
    status: payment.status,
  };
}
