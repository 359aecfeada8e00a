/** Which channel an MQTT topic leads to: what the settings' `mqtt.topics` say. */
export interface MqttTopic {
  /** With the wildcards `+` (one level) and `#` (all that follow). */
  filter: string;
  tenant: string;
  /** Where all that the filter matches goes; without it each topic has a channel of its own name. */
  channel?: string;
}

export const CHANNEL_NAME = /^[a-z0-9][a-z0-9._-]{0,99}$/;
const LONGEST_FILTER = 500;

/** What is wrong with a filter, or undefined. */
export function filterFault(filter: string): string | undefined {
  if (filter === '' || filter.length > LONGEST_FILTER || filter.includes('\0')) return `must be an MQTT topic filter of 1 to ${LONGEST_FILTER} characters`;
  if (filter.startsWith('$share/')) return 'must not be a shared subscription: every edge keeps the values of its own';
  const levels = filter.split('/');
  const wild = levels.findIndex((level) => /[+#]/.test(level) && level !== '+' && level !== '#');
  if (wild >= 0) return 'must have + and # only as a whole level';
  if (levels.slice(0, -1).includes('#')) return 'must have # only at its end';
  return undefined;
}

/** Whether a topic is one of the filter's (MQTT 5, 4.7). */
export function matchesFilter(filter: string, topic: string): boolean {
  const wanted = filter.split('/');
  const levels = topic.split('/');
  if (topic.startsWith('$') && wanted[0] !== levels[0]) return false;
  for (const [index, level] of wanted.entries()) {
    if (level === '#') return true;
    if (index >= levels.length || (level !== '+' && level !== levels[index])) return false;
  }
  return wanted.length === levels.length;
}

/** The channel of a topic: the one that is named, else the topic in lower case with `-` for `/`. Undefined where that is no name of a channel. */
export function channelOf({ channel }: Pick<MqttTopic, 'channel'>, topic: string): string | undefined {
  const name = channel ?? topic.toLowerCase().replaceAll('/', '-');
  return CHANNEL_NAME.test(name) ? name : undefined;
}

/** Whether some topic of the filter may lead to the channel. */
export function mayLeadTo({ filter, channel }: MqttTopic, name: string): boolean {
  if (channel !== undefined) return channel === name;
  const levels = filter.toLowerCase().split('/');
  // `a/#` is also `a` itself.
  if (levels.length > 1 && levels.at(-1) === '#' && fits(levels.slice(0, -1), name)) return true;
  return fits(levels, name);
}

/** Whether a name is the levels joined by `-`, with anything for the wild ones. By pieces: no pattern makes it slow. */
function fits(levels: readonly string[], name: string): boolean {
  const pieces: string[] = [''];
  levels.forEach((level, index) => {
    const dash = index === 0 ? '' : '-';
    if (level === '+' || level === '#') pieces.push(`${pieces.pop() ?? ''}${dash}`, '');
    else pieces.push(`${pieces.pop() ?? ''}${dash}${level}`);
  });
  const [first = '', ...others] = pieces;
  const last = others.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first) || name.length < first.length + last.length || !name.endsWith(last)) return false;
  let at = first.length;
  for (const piece of others) {
    const found = name.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= name.length - last.length;
}
