import { type Barclamp, barclampProblems, catalogueProblems } from '@halligan/sdk';

/** Barclamps that do not keep to the contract; a server must not start with them. */
export class CatalogueError extends Error {
  override readonly name = 'CatalogueError';
  readonly code = 'catalogue.invalid';
}

/** The barclamps one may make proposals of. */
export class Catalogue {
  readonly #barclamps: ReadonlyMap<string, Barclamp>;

  /** @throws {CatalogueError} listing everything that is wrong with any of them. */
  constructor(barclamps: readonly Barclamp[]) {
    const problems = [
      ...catalogueProblems(barclamps),
      ...barclamps.flatMap((barclamp) =>
        barclampProblems(barclamp).map((problem) => `barclamp "${barclamp.name}": ${problem}`),
      ),
    ];
    if (problems.length > 0) throw new CatalogueError(problems.join('; '));
    this.#barclamps = new Map(barclamps.map((barclamp) => [barclamp.name, barclamp]));
  }

  all(): Barclamp[] {
    return [...this.#barclamps.values()];
  }

  find(name: string): Barclamp | undefined {
    return this.#barclamps.get(name);
  }
}
