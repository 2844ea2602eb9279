/**
 * Expressions that are worked out once for all who ask for them, in steps: those of a later step use those of earlier ones. Each step is
 * a SELECT around the one before, so an engine that finds no common subexpressions does no work twice either.
 */
export class Steps {
  readonly #levels: Map<string, string>[] = []
  readonly #levelOf = new Map<string, number>()

  /** Name of the column that holds an expression. @param uses columns of earlier steps in it */
  column(sql: string, uses: readonly string[] = []): string {
    const level = Math.max(0, ...uses.map((name) => (this.#levelOf.get(name) ?? -1) + 1))
    const columns = (this.#levels[level] ??= new Map<string, string>())
    const known = columns.get(sql)
    if (known !== undefined) return known
    const name = `step${this.#levelOf.size}`
    columns.set(sql, name)
    this.#levelOf.set(name, level)
    return name
  }

  /** A relation with all columns of `source` and those of the steps. */
  around(source: string): string {
    return this.#levels.reduce((from, columns) => `(SELECT *, ${[...columns].map(([sql, name]) => `${sql} AS ${name}`).join(', ')} FROM ${from})`, source)
  }
}
