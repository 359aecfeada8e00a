/** Milliseconds that the browser may take to begin a download. */
const PATIENCE = 60_000;

/** Gives a file to the viewer. A link with `download` is no navigation and loads nothing: the strictest CSP lets it pass. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), PATIENCE);
}
