import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface Received {
  from: string;
  /** As the envelope has them. */
  to: string[];
  raw: string;
  mail: ParsedMail;
}

export interface Mailbox {
  /** `smtp://127.0.0.1:PORT`. */
  url: string;
  received: Received[];
  /** Connections that were opened. */
  connections(): number;
  close(): Promise<void>;
}

/** A real SMTP server on a free port that keeps what it takes. */
export async function startMailbox(options: SMTPServerOptions = {}): Promise<Mailbox> {
  const received: Received[] = [];
  let connections = 0;
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'], logger: false, disableReverseLookup: true,
    onConnect(_session, done) {
      connections += 1;
      done();
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
        const raw = Buffer.concat(chunks);
        void simpleParser(raw, { skipImageLinks: true }).then((mail) => {
          const { mailFrom, rcptTo } = session.envelope;
          received.push({ from: mailFrom === false ? '' : mailFrom.address, to: rcptTo.map(({ address }) => address), raw: raw.toString('utf8'), mail });
          done();
        }, done);
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    received,
    connections: () => connections,
    close: () => new Promise((done) => server.close(() => done())),
  };
}
