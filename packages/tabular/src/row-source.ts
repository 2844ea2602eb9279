import type { RejectCode } from './normalise/reject.ts'

/** What a reader of sheets or JSON meets, one after the other. */
export type SourceRow =
  | { readonly kind: 'row'; readonly line: number; readonly fields: readonly string[] }
  | { readonly kind: 'blank' }
  | {
      readonly kind: 'reject'
      readonly line: number
      readonly reasonCode: RejectCode
      readonly detail: string
      readonly excerpt: string
    }

/** Gathers a stream into one piece, or gives up when it grows past the limit. */
export async function collectBytes(
  source: AsyncIterable<Uint8Array>,
  maxBytes: number,
  tooLarge: () => Error,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of source) {
    length += chunk.length
    if (length > maxBytes) throw tooLarge()
    chunks.push(chunk)
  }
  const all = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}
