import { stretches } from './highlight.ts'

/** A text with the words of the query marked. */
export function Marked({ text, words }: { readonly text: string; readonly words: readonly string[] }) {
  return <>{stretches(text, words).map((part, index) => (part.hit ? <mark key={index} className="dtp-mark">{part.text}</mark> : part.text))}</>
}
