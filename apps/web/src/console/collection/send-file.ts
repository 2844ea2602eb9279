import { operations, ProblemError, type Problem, type ResponseOf } from '@datong/contracts'
import { sessionHeaders } from '../../shared/api/client.ts'

export interface FileToSend {
  readonly file: File
  readonly title?: string
  /** The file becomes a new version of this entry. */
  readonly entryCode?: string
}

type Sent = ResponseOf<typeof operations.upload>

const isProblem = (value: unknown): value is Problem => typeof value === 'object' && value !== null && 'code' in value && 'errors' in value

function read(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/**
 * Uploads one file and reports the share that has left, 0 to 1; `fetch` cannot tell it.
 * @throws ProblemError with the server's problem; TypeError when the connection broke
 */
export function sendFile({ file, title, entryCode }: FileToSend, onProgress: (share: number) => void, signal: AbortSignal): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(operations.upload.method, operations.upload.path)
    request.setRequestHeader('accept', 'application/json')
    for (const [name, value] of Object.entries(sessionHeaders())) request.setRequestHeader(name, value)
    request.upload.onprogress = (event) => onProgress(event.total > 0 ? event.loaded / event.total : 0)
    request.onerror = () => reject(new TypeError('The connection broke'))
    request.onabort = () => reject(new DOMException('Stopped', 'AbortError'))
    request.onload = () => {
      const answer = read(request.responseText)
      if (request.status < 300 && answer !== null) resolve(answer as Sent) // the server validates its answers against this schema
      else if (isProblem(answer)) reject(new ProblemError(answer))
      else reject(new TypeError('The answer could not be read'))
    }
    signal.addEventListener('abort', () => request.abort())

    // The server reads a stream: what it has to know stands before the file.
    const form = new FormData()
    if (title) form.append('title', title)
    if (entryCode) form.append('entryCode', entryCode)
    form.append('file', file)
    request.send(form)
  })
}
