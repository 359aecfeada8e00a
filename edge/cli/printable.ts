/** A text of somebody else's as it may be printed: a control character could move the cursor and write another line over this one. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
