/**
 * Makes events of the lines of a `text/event-stream` and gives the data of each.
 * Names, ids, retry times and comments are read over: each event is one frame, and what was missed is told by cursors.
 */
export function createEventReader(onData: (data: string) => void): (line: string) => void {
  let data: string[] = [];
  return (line) => {
    if (!line) {
      if (data.length) onData(data.join('\n'));
      data = [];
      return;
    }
    const [, name, value] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (name === 'data') data.push(value ?? '');
  };
}
