import type * as NodemailerPackage from 'nodemailer';
import { NotifyFault } from '../../kernel/alerts.js';
import { loadPeer } from '../optional.js';

/** Milliseconds. */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

export type Nodemailer = typeof NodemailerPackage;

export function loadNodemailer(): Promise<Nodemailer> {
  return loadPeer('nodemailer@10', 'Sending mail', () => import('nodemailer'));
}

/** What is taken from the address of a mail server: with TLS from the first byte (`smtps:`), else by STARTTLS where the server offers it. */
export function smtpOptions(address: string) {
  const { protocol, hostname, port, username, password } = new URL(address);
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    ...(port !== '' && { port: Number(port) }),
    secure: protocol === 'smtps:',
    ...(username !== '' && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    ...TIMEOUTS,
    // A message holds what it is made of; it loads nothing.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** The address without what logs in. */
export function shownSmtp(address: string): string {
  const { protocol, host } = new URL(address);
  return `${protocol}//${host}`;
}

interface SmtpError {
  responseCode?: unknown;
  response?: unknown;
  code?: unknown;
}

/** Why a mail server did not take a mail. Its own words stay out: they repeat addresses, and what logged in. */
export function smtpFault(error: unknown): NotifyFault {
  if (error instanceof NotifyFault) return error;
  const { responseCode, response, code } = (typeof error === 'object' && error !== null ? error : {}) as SmtpError;
  if (typeof responseCode === 'number' && responseCode >= 400) {
    // The code of RFC 3463, which says more.
    const detail = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(typeof response === 'string' ? response : '')?.[1];
    const did = code === 'EAUTH' ? 'does not let the edge log in' : 'did not take the mail';
    return new NotifyFault(`The mail server ${did}: ${responseCode}${detail === undefined ? '' : ` ${detail}`}.`, { retry: responseCode < 500 });
  }
  // A certificate that is not trusted comes as a fault of the line, with no code of its own.
  const about = code === 'ESOCKET' && error instanceof Error && /certificate|\b(?:ssl|tls)\b/i.test(error.message) ? 'ETLS' : code;
  switch (about) {
    case 'EAUTH': return new NotifyFault('The mail server does not let the edge log in.', { retry: false });
    case 'EDNS': return new NotifyFault('The name of the mail server is not known.', { retry: true });
    case 'ETLS': return new NotifyFault('The mail server and the edge agree on no TLS, or its certificate is not trusted.', { retry: true });
    case 'ETIMEDOUT': return new NotifyFault('The mail server did not answer in time.', { retry: true });
    default: return new NotifyFault('The mail server could not be reached, or cut the line.', { retry: true });
  }
}

/** Connects once, logs in and leaves. Undefined where all went well, else why not, in words without secrets. */
export async function probeSmtp(address: string, milliseconds: number): Promise<string | undefined> {
  const { createTransport } = await loadNodemailer();
  const transport = createTransport({ ...smtpOptions(address), connectionTimeout: milliseconds, greetingTimeout: milliseconds, socketTimeout: milliseconds });
  try {
    await transport.verify();
    return undefined;
  } catch (error) {
    return smtpFault(error).message;
  } finally {
    transport.close();
  }
}
