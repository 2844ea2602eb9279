import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Peer {
  readonly url: string
  /** Paths with their queries, as they were asked for. */
  readonly asked: string[]
  answer: (request: IncomingMessage, response: ServerResponse) => void
  close(): Promise<void>
}

/** Another catalogue on this machine. */
export async function aPeer(answer: Peer['answer']): Promise<Peer> {
  const server = createServer((request, response) => {
    peer.asked.push(request.url ?? '')
    peer.answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const peer: Peer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // it listens on a port
    asked: [], answer,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return peer
}

export const json = (response: ServerResponse, value: unknown, headers: Record<string, string> = {}): void =>
  void response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value))

/** `package_search` over so many packages, as CKAN answers it. */
export const aCkan = (packages: readonly object[]): Peer['answer'] => (request, response) => {
  const query = new URL(request.url ?? '', 'http://peer').searchParams
  const start = Number(query.get('start'))
  json(response, { success: true, result: { count: packages.length, results: packages.slice(start, start + Number(query.get('rows'))) } })
}

export const aPackage = (number: number, change: object = {}): object => ({
  id: `p-${String(number).padStart(4, '0')}`, name: `set-${number}`, title: `数据集${number}`, notes: '说明', metadata_modified: '2026-11-01T00:00:00',
  resources: [{ id: `r-${number}`, url: `https://example.gov.cn/${number}.csv`, format: 'CSV' }], ...change,
})
