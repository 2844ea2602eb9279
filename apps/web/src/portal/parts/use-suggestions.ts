import { operations, type EntrySummary } from '@datong/contracts'
import { useEffect, useState } from 'react'
import { useApi } from '../../shared/api/hooks.ts'

const PAUSE_MS = 180

/** Data sets that fit the words so far, asked for when the typing pauses. */
export function useSuggestions(typed: string): readonly EntrySummary[] {
  const words = typed.trim()
  const [asked, setAsked] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setAsked(words), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [words])
  const answer = useApi(operations.searchEntries, { query: { q: asked, audience: 'public', limit: 6 } }, { enabled: asked !== '', keepPrevious: true })
  return words === '' || asked === '' ? [] : (answer.data?.items ?? [])
}
