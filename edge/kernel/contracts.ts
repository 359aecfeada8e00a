import type { RegisteredModule } from './module-registry.js';

/** What modules promise of their answers (feature: modules). */
export interface Contracts {
  /**
   * Holds an answer, as it stands after unwrapping, against the schema that the module's manifest has for this endpoint.
   * Throws `contract`, naming the field, where it is another; says nothing where there is no schema.
   */
  check(module: RegisteredModule, endpoint: string, data: unknown): void;
}
