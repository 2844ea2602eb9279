import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { sendFile } from './send-file.ts'

export interface UploadState {
  readonly key: number
  readonly name: string
  readonly bytes: number
  readonly state: 'waiting' | 'sending' | 'sent' | 'failed' | 'stopped'
  /** Share that has left, 0 to 1. */
  readonly progress: number
  readonly loadId: string | null
  readonly error: unknown
}

const AT_ONCE = 2

/** Files on their way to the server, two at once, in the order they were dropped. */
export function useUploads(entryCode: string | undefined): {
  readonly items: readonly UploadState[]
  add(file: File): void
  stop(key: number): void
} {
  const queries = useQueryClient()
  const [items, setItems] = useState<readonly UploadState[]>([])
  const waiting = useRef<{ key: number; file: File }[]>([])
  const sending = useRef(new Map<number, AbortController>())
  const nextKey = useRef(1)

  const change = (key: number, part: Partial<UploadState>): void => setItems((before) => before.map((item) => (item.key === key ? { ...item, ...part } : item)))

  const pump = (): void => {
    while (sending.current.size < AT_ONCE) {
      const next = waiting.current.shift()
      if (!next) return
      void send(next.key, next.file)
    }
  }
  const send = async (key: number, file: File): Promise<void> => {
    const controller = new AbortController()
    sending.current.set(key, controller)
    change(key, { state: 'sending' })
    try {
      const { loadId } = await sendFile({ file, ...(entryCode ? { entryCode } : {}) }, (progress) => change(key, { progress }), controller.signal)
      change(key, { state: 'sent', progress: 1, loadId })
      void queries.invalidateQueries()
    } catch (error) {
      change(key, controller.signal.aborted ? { state: 'stopped' } : { state: 'failed', error })
    } finally {
      sending.current.delete(key)
      pump()
    }
  }

  // Leaving the page would break what is still on its way off: the browser asks first.
  const busy = items.some((item) => item.state === 'sending' || item.state === 'waiting')
  useEffect(() => {
    if (!busy) return undefined
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [busy])

  return {
    items,
    add: (file) => {
      const key = nextKey.current++
      waiting.current.push({ key, file })
      setItems((before) => [{ key, name: file.name, bytes: file.size, state: 'waiting', progress: 0, loadId: null, error: null }, ...before])
      pump()
    },
    stop: (key) => {
      waiting.current = waiting.current.filter((item) => item.key !== key)
      const controller = sending.current.get(key)
      if (controller) controller.abort()
      else change(key, { state: 'stopped' })
    },
  }
}
