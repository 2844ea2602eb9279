import { operations, ProblemError, urlOf, type Change, type Problem } from '@datong/contracts'
import { useEffect, useRef, useState } from 'react'
import { useDeliveryAccess } from '../access/delivery-access.tsx'
import { createEventParser, type ServerEvent } from './parse-events.ts'

/** Changes that stay on the screen; the feed may hold millions. */
const MOST_SHOWN = 200

export interface Feed {
  readonly state: 'off' | 'opening' | 'live' | 'ended'
  /** The newest first. */
  readonly changes: readonly Change[]
  readonly seen: number
  /** Go on from here. */
  readonly position: number | null
  readonly error: unknown
}
const OFF: Feed = { state: 'off', changes: [], seen: 0, position: null, error: null }

/** Listens to the change feed from a position on, until it is stopped or the page is left. */
export function useFeed(): { readonly feed: Feed; start(from: number): void; stop(): void } {
  const { code, fetch: doFetch } = useDeliveryAccess()
  const [feed, setFeed] = useState<Feed>(OFF)
  const line = useRef<AbortController>(null)
  useEffect(() => () => line.current?.abort(), [])

  const listen = async (from: number, { signal }: AbortController): Promise<void> => {
    try {
      const answer = await doFetch(urlOf(operations.readChanges, { code }, { from }), { headers: { accept: 'text/event-stream' }, signal })
      if (!answer.ok || !answer.body) throw new ProblemError((await answer.json()) as Problem) // refusals are problem+json
      setFeed((before) => ({ ...before, state: 'live' }))
      const parse = createEventParser()
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        const events = parse(piece.value)
        if (events.length > 0) setFeed((before) => events.reduce(after, before))
      }
      setFeed((before) => ({ ...before, state: 'ended' }))
    } catch (error) {
      if (!signal.aborted) setFeed((before) => ({ ...before, state: 'ended', error }))
    }
  }
  return {
    feed,
    start: (from) => {
      line.current?.abort()
      line.current = new AbortController()
      setFeed({ ...OFF, state: 'opening', position: from })
      void listen(from, line.current)
    },
    stop: () => {
      line.current?.abort()
      setFeed((before) => ({ ...before, state: 'off' }))
    },
  }
}

/** The feed after one event. Contracts: `Change` in `data`; `reached` tells the position; `ended` why. */
function after(feed: Feed, { event, data }: ServerEvent): Feed {
  if (event === 'reached') return { ...feed, position: (JSON.parse(data) as { position: number }).position } // as above
  if (event === 'ended') {
    const { code } = JSON.parse(data) as { code: string } // as above
    return { ...feed, state: 'ended', error: new ProblemError({ type: 'about:blank', title: code, status: 403, detail: '', instance: '', code, errors: [] }) }
  }
  const change = JSON.parse(data) as Change // as above
  return { ...feed, changes: [change, ...feed.changes].slice(0, MOST_SHOWN), seen: feed.seen + 1, position: change.position }
}
