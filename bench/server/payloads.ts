/** Answers of 850 bytes and of 40 KB. */
const row = (index: number) => ({ id: index, sku: `SKU-${index}`, product: `Product ${index}`, quantity: index % 97, price: index * 1.25 });

export const small = { total: 15_234.5, items: Array.from({ length: 11 }, (_, index) => row(index)) };
export const large = { total: 15_234.5, items: Array.from({ length: 545 }, (_, index) => row(index)) };
