/** What a starter is called, in the forms that its files need. */
export interface StarterName {
  /** Of its element and its folder: `acme-funnel`. */
  tag: string;
  /** For people: `Funnel`. */
  title: string;
  /** Of this package, that it is written for. */
  version: string;
}
