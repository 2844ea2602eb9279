/** An identifier, quoted. The only way a name gets into a statement. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** A text literal, for paths and constants of ours. Values of plans are bound; those of measures are written by `measure/texts.ts` alone. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** Name of a staged column: the names of the file itself do not matter until they are written. */
export const stagedColumn = (index: number): string => `c${index}`
