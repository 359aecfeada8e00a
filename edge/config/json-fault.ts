/** What is wrong with a text that is no JSON, with its line and column: `line 4, column 12: expected ',' or '}' after property value`. */
export function jsonFault(text: string, error: unknown): string {
  const before = text.slice(0, faultAt(text)).split('\n');
  const said = (error instanceof Error ? error.message : String(error)).replace(/ (?:in|after) JSON at position[^]*$|, (?:\.\.\.)?"[^]*$/, '');
  return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}: ${said.replace(/^[A-Z]/, (first) => first.toLowerCase())}`;
}

/** Where the text stops to be the beginning of some JSON. Not each message of the parser names a place, so it is asked with shorter and shorter pieces. */
function faultAt(text: string): number {
  let good = 0;
  let wrong = text.length + 1;
  while (good + 1 < wrong) {
    const middle = Math.floor((good + wrong) / 2);
    if (isBeginning(text.slice(0, middle))) good = middle;
    else wrong = middle;
  }
  return good;
}

function isBeginning(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const { message } = error as Error;
    return /^Unexpected end|^Unterminated string/.test(message) || message.includes(`at position ${text.length}`);
  }
}
