import { AppError } from '@datong/kernel'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { FormSettings } from '../../../platform/form-settings.ts'
import { resolveReceiver } from '../../../platform/outbound.ts'

/** A receiver has this long for everything, from the connection to the end of its answer. */
const TIME_LIMIT_MS = 10_000
const MOST_ANSWER_BYTES = 64 * 1024

export interface Answered {
  readonly status: number
  /** The first 64 kB. */
  readonly body: string
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || host.startsWith('127.')

/**
 * The address of a webhook when it may be one: `https:` (or `http:` when port 80 is among the operator's), one of the
 * operator's ports, no name or password in it.
 * @throws AppError `delivery/address-refused`
 */
export function webhookUrl(text: string, settings: FormSettings): URL {
  const url = URL.parse(text)
  if (url === null) throw new AppError('delivery/address-refused', { host: '', reason: 'malformed' })
  const refuse = (reason: string): never => {
    throw new AppError('delivery/address-refused', { host: url.hostname, reason })
  }
  if (url.username !== '' || url.password !== '') refuse('credentials')
  // The machine itself is there for development: any port, unencrypted.
  if (settings.allowLoopback && isLoopback(url.hostname) && /^https?:$/.test(url.protocol)) return url
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && settings.webhookPorts.includes(80))) refuse('protocol')
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port)
  if (!settings.webhookPorts.includes(port)) refuse('port')
  return url
}

/**
 * Posts to exactly the address that was checked; follows no redirect.
 * @throws AppError `delivery/address-refused`; Error when no answer came in time
 */
export async function postOutside(url: URL, body: string, headers: Readonly<Record<string, string>>, settings: FormSettings): Promise<Answered> {
  const { address, family } = await resolveReceiver(url.hostname, 'webhook', settings)
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method: 'POST', agent: false, signal: AbortSignal.timeout(TIME_LIMIT_MS),
      headers: { ...headers, 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body), 'user-agent': 'Datong', connection: 'close' },
      lookup: (_, options, found) => (options.all === true ? found(null, [{ address, family }]) : found(null, address, family)),
    }, (answer) => {
      const chunks: Buffer[] = []
      let bytes = 0
      const done = (): void => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8', 0, MOST_ANSWER_BYTES) })
      answer.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        bytes += chunk.length
        if (bytes < MOST_ANSWER_BYTES) return
        done()
        request.destroy()
      })
      answer.on('end', done)
      answer.on('error', reject)
    })
    request.on('error', reject)
    request.end(body)
  })
}
