import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Peer {
  readonly url: string
  /** Paths with their queries, as they were asked for. */
  readonly asked: string[]
  answer: (request: IncomingMessage, response: ServerResponse) => void
  close(): Promise<void>
}

/** Another server on this machine. */
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
