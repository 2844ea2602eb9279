/** An answer of an interface, in a file. */
export interface Page {
  readonly file: string
  readonly contentType: string
  readonly host: string
}
