import { ProblemError, type Problem } from '@datong/contracts'
import { useRef, useState } from 'react'
import { useDeliveryAccess } from './delivery-access.tsx'

export interface Answer {
  readonly milliseconds: number
  readonly bytes: number
  readonly json: unknown
  /** Receipts in the evidence log, one for each resource; open data have none. */
  readonly receipts: readonly string[]
}

interface Request {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly body?: unknown
}

export interface Sending {
  readonly busy: boolean
  readonly answer?: Answer
  readonly error?: unknown
}

/** Sends one request as a program would and keeps what came back, with its receipt. A later request overtakes an earlier one. */
export function useSending(): Sending & { send(request: Request): Promise<Answer | undefined> } {
  const access = useDeliveryAccess()
  const latest = useRef(0)
  const [state, setState] = useState<Sending>({ busy: false })
  const send = async (request: Request): Promise<Answer | undefined> => {
    const turn = (latest.current += 1)
    setState((before) => ({ ...before, busy: true }))
    try {
      const answer = await exchange(access.fetch, request)
      if (turn !== latest.current) return undefined
      setState({ busy: false, answer })
      return answer
    } catch (error) {
      if (turn === latest.current) setState({ busy: false, error })
      return undefined
    }
  }
  return { ...state, send }
}

/** @throws ProblemError with the server's problem; TypeError when the network failed */
async function exchange(doFetch: typeof fetch, { method, url, body }: Request): Promise<Answer> {
  const started = performance.now()
  const response = await doFetch(url, {
    method, headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const milliseconds = performance.now() - started
  if (response.headers.get('content-type')?.includes('problem+json')) throw new ProblemError(JSON.parse(text) as Problem) // RFC 9457, same contract
  return { milliseconds, bytes: new Blob([text]).size, json: JSON.parse(text) as unknown, receipts: response.headers.get('datong-evidence')?.split(/,\s*/) ?? [] }
}
