/** Bytes from `first` to `last`, both included. */
export interface ByteRange {
  readonly first: number
  readonly last: number
}

/**
 * Which bytes a request asks for.
 * `whole` when there is no range, it cannot be read, it names several (which a server may ignore), or `If-Range` names
 * another content; `unsatisfiable` when no byte of it exists.
 * @param etag strong entity tag of the content, with quotes
 * @see RFC 9110, 13.1.5, 14.1 and 14.2
 */
export function rangeOf(range: string | undefined, ifRange: string | undefined, etag: string, size: number): ByteRange | 'whole' | 'unsatisfiable' {
  if (range === undefined || (ifRange !== undefined && ifRange.trim() !== etag)) return 'whole'
  const match = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i.exec(range.trim())
  if (match === null) return 'whole'
  const [, from = '', to = ''] = match
  if (from === '' && to === '') return 'whole'
  if (from === '') {
    const length = Math.min(Number(to), size)
    return length === 0 ? 'unsatisfiable' : { first: size - length, last: size - 1 }
  }
  const first = Number(from)
  const last = to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (to !== '' && Number(to) < first) return 'whole'
  return first >= size ? 'unsatisfiable' : { first, last }
}

/** How many different bytes some stretches cover together. */
export function covered(stretches: readonly { readonly first: number; readonly length: number }[]): number {
  let reached = 0
  let sum = 0
  for (const { first, length } of stretches.toSorted((one, other) => one.first - other.first)) {
    const end = first + length
    if (end <= reached) continue
    sum += end - Math.max(first, reached)
    reached = end
  }
  return sum
}
