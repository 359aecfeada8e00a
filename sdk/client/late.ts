type Method = (...given: never[]) => Promise<unknown>;

/** A resource whose code comes with the first call: of what few pages use, no page loads anything before. Its members are methods alone. */
export function late<T extends object>(load: () => Promise<T>): T {
  return new Proxy({} as T, {
    // Who awaits the resource itself gets it: it is no promise.
    get: (_, name) => (name === 'then' ? undefined : async (...given: never[]) => ((await load())[name as keyof T] as Method)(...given)),
  });
}
