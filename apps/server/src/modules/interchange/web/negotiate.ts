/**
 * The first of the media types that the reader likes best.
 * @param accept the `Accept` field; absent means anything
 * @param offered in our order of preference
 * @returns undefined when none of them will do
 * @see RFC 9110, section 12.5.1
 */
export function preferred(accept: string | undefined, offered: readonly string[]): string | undefined {
  if (accept === undefined || accept.trim() === '') return offered[0]
  const ranges = accept.slice(0, 2_000).split(',').map(rangeOf)
  let best: { readonly type: string; readonly quality: number } | undefined
  for (const type of offered) {
    const fitting = ranges.filter(({ range }) => range === type || range === '*/*' || range === `${type.split('/')[0] ?? ''}/*`)
    // The most exact range decides, not the most generous.
    const exact = fitting.toSorted((a, b) => exactness(b.range) - exactness(a.range))[0]
    if (exact !== undefined && exact.quality > (best?.quality ?? 0)) best = { type, quality: exact.quality }
  }
  return best?.type
}

const exactness = (range: string): number => (range === '*/*' ? 0 : range.endsWith('/*') ? 1 : 2)

function rangeOf(part: string): { range: string; quality: number } {
  const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase())
  const quality = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1)
  return { range, quality: Number.isNaN(quality) ? 0 : Math.min(1, Math.max(0, quality)) }
}
