/** `order-funnel` → `OrderFunnel`. */
export function className(name: string): string {
  return name.split('-').map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
}

/** `order-funnel` → `orderFunnel`. */
export function variableName(name: string): string {
  const whole = className(name);
  return whole.charAt(0).toLowerCase() + whole.slice(1);
}
