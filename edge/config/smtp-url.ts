/** Why a text is no address of a mail server, or undefined where it is one. The words never repeat it: there may be a password in it. */
export function smtpUrlFault(text: string): string | undefined {
  return isSmtpUrl(text) ? undefined : 'must be a URL like smtp://USER:PASSWORD@mail.example:587 (smtps: with TLS from the first byte), with nothing after the port';
}

/** What may follow in the address of nodemailer (a proxy, a debug log with the password in it) is no setting of ours. */
function isSmtpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, username, password, search, hash } = new URL(text);
  return /^smtps?:$/.test(protocol) && hostname !== '' && /^\/?$/.test(pathname) && search === '' && hash === '' && [username, password].every(isPlain);
}

/** Whether it can be decoded, and has no line break that would be another command. */
function isPlain(text: string): boolean {
  try {
    return !/\p{Cc}/u.test(decodeURIComponent(text));
  } catch {
    return false;
  }
}
