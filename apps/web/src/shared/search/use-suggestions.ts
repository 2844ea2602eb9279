import { operations, type QueryOf } from '@datong/contracts'
import { useEffect, useState } from 'react'
import { useApi } from '../api/hooks.ts'

const PAUSE_MS = 120

export type Suggestion =
  | { readonly kind: 'query'; readonly text: string }
  | { readonly kind: 'entry'; readonly code: string; readonly title: string; readonly ranges: readonly (readonly [number, number])[] }

/** Queries that many asked and entries that fit what is typed so far, asked for when the typing pauses. */
export function useSuggestions(typed: string, audience: QueryOf<typeof operations.suggestSearch>['audience'], limit: number): readonly Suggestion[] {
  const words = typed.trim().slice(0, 100)
  const [asked, setAsked] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setAsked(words), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [words])
  const answer = useApi(operations.suggestSearch, { query: { q: asked, limit, ...(audience === undefined ? {} : { audience }) } }, { enabled: asked !== '', keepPrevious: true })
  if (words === '' || asked === '' || answer.data === undefined) return []
  return [
    ...answer.data.queries.map((text) => ({ kind: 'query' as const, text })),
    ...answer.data.entries.map((entry) => ({ kind: 'entry' as const, ...entry })),
  ]
}
