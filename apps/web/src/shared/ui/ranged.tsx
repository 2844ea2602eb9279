import './ranged.css'

interface Stretch {
  readonly text: string
  readonly hit: boolean
}

/** Cuts a text at ranges (from, to exclusive; in order, not overlapping). Joined again the stretches are the text. */
export function stretchesOf(text: string, ranges: readonly (readonly [number, number])[]): Stretch[] {
  const stretches: Stretch[] = []
  let at = 0
  for (const [from, to] of ranges) {
    if (from < at || to > text.length) continue
    if (from > at) stretches.push({ text: text.slice(at, from), hit: false })
    stretches.push({ text: text.slice(from, to), hit: true })
    at = to
  }
  if (at < text.length) stretches.push({ text: text.slice(at), hit: false })
  return stretches
}

/** A text with what was found in it marked. */
export function Ranged({ text, ranges = [] }: { readonly text: string; readonly ranges?: readonly (readonly [number, number])[] | undefined }) {
  return <>{stretchesOf(text, ranges).map((part, index) => (part.hit ? <mark key={index} className="dt-mark">{part.text}</mark> : part.text))}</>
}
