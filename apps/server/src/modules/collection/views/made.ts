/** A field of an input that something was made from; inputs count from 0. */
export interface Source {
  readonly input: number
  readonly field: string
}

/** A piece of a query: what the engine runs, the same as people read it, and the fields that it looks at. */
export interface Made {
  readonly sql: string
  readonly said: string
  readonly from: readonly Source[]
  /** Many rows become one value in it. */
  readonly aggregates: boolean
}

export const word = (text: string): Made => ({ sql: text, said: text, from: [], aggregates: false })

/** Puts pieces and words together. */
export function made(texts: TemplateStringsArray, ...parts: readonly (Made | string)[]): Made {
  const pieces = parts.map((part) => (typeof part === 'string' ? word(part) : part))
  const text = (of: (piece: Made) => string): string => texts.map((before, index) => before + (pieces[index] === undefined ? '' : of(pieces[index]))).join('')
  return { sql: text(({ sql }) => sql), said: text(({ said }) => said), from: sourcesOf(pieces), aggregates: pieces.some(({ aggregates }) => aggregates) }
}

/** Pieces one after the other. */
export const listed = (pieces: readonly Made[], separator = ', '): Made => ({
  sql: pieces.map(({ sql }) => sql).join(separator), said: pieces.map(({ said }) => said).join(separator), from: sourcesOf(pieces),
  aggregates: pieces.some(({ aggregates }) => aggregates),
})

/** All fields that pieces look at, each once. */
export function sourcesOf(pieces: readonly Pick<Made, 'from'>[]): Source[] {
  const seen = new Map<string, Source>()
  for (const { from } of pieces) for (const source of from) seen.set(`${source.input} ${source.field}`, source)
  return [...seen.values()]
}
