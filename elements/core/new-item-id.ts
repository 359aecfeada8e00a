/** An id that nobody else has. (`crypto.randomUUID` is only where the page is secure, and an ERP's may not be.) */
export function newItemId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
