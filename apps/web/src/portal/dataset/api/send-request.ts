export const FORMATS = { json: 'application/json', csv: 'text/csv', ndjson: 'application/x-ndjson' } as const
export type Format = keyof typeof FORMATS

export interface Reply {
  readonly status: number
  readonly statusText: string
  readonly milliseconds: number
  readonly bytes: number
  readonly body: string
  /** The body was longer and is shown in part. */
  readonly cut: boolean
  /** Receipt of the evidence log, for data that are not open. */
  readonly receipt: string | null
}

const MOST_SHOWN = 40_000

/** Sends a request as a program would, and says what came back; with a key the session of the browser stays out of it. */
export async function sendRequest(url: string, format: Format, key: string): Promise<Reply> {
  const started = performance.now()
  const answer = await fetch(url, {
    credentials: key === '' ? 'same-origin' : 'omit',
    headers: { accept: FORMATS[format], ...(key === '' ? {} : { authorization: `Bearer ${key}` }) },
  })
  const text = await answer.text()
  const milliseconds = performance.now() - started
  const body = /json/.test(answer.headers.get('content-type') ?? '') && !/ndjson/.test(answer.headers.get('content-type') ?? '') ? pretty(text) : text
  return {
    status: answer.status, statusText: answer.statusText, milliseconds, bytes: new Blob([text]).size, body: body.slice(0, MOST_SHOWN), cut: body.length > MOST_SHOWN,
    receipt: answer.headers.get('datong-evidence'),
  }
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text // not what it said it was; shown as it came
  }
}
