import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { FormSettings } from '../../../platform/form-settings.ts'
import { resolveReceiver } from '../../../platform/outbound.ts'

const TIME_LIMIT_MS = 10_000
const MOST_REDIRECTS = 3
/** Answers that say no to the question, not to the address: some servers do not know HEAD. */
const ASK_AGAIN = new Set([403, 405, 501])

/**
 * Whether something answers at an address outside. Asks for nothing but the head, takes no body, and goes only to the public
 * net, at each redirect anew. What cannot be reached in time is not reached.
 */
export async function answers(address: string, settings: FormSettings): Promise<boolean> {
  let url = URL.parse(address)
  for (let redirects = 0; url !== null && /^https?:$/.test(url.protocol) && redirects <= MOST_REDIRECTS; redirects++) {
    const answer = await ask(url, 'HEAD', settings).then((head) => (url !== null && ASK_AGAIN.has(head.status) ? ask(url, 'GET', settings) : head)).catch(() => undefined)
    if (answer === undefined) return false
    if (answer.status < 300 || answer.location === undefined) return answer.status >= 200 && answer.status < 400
    url = URL.parse(answer.location, url)
  }
  return false
}

async function ask(url: URL, method: 'HEAD' | 'GET', settings: FormSettings): Promise<{ status: number; location: string | undefined }> {
  const { address, family } = await resolveReceiver(url.hostname, 'webhook', settings)
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method, agent: false, signal: AbortSignal.timeout(TIME_LIMIT_MS), headers: { 'user-agent': 'Datong link check', range: 'bytes=0-0', connection: 'close' },
      lookup: (_, options, found) => (options.all === true ? found(null, [{ address, family }]) : found(null, address, family)),
    }, (answer) => {
      resolve({ status: answer.statusCode ?? 0, location: answer.headers.location })
      request.destroy()
    })
    request.on('error', reject)
    request.end()
  })
}
