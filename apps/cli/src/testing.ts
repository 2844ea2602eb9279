import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CommandContext } from './context.ts'
import { en } from './messages-en.ts'
import { run } from './run.ts'

/** What a command line said and how it ended. */
export interface Outcome {
  readonly code: number
  readonly lines: readonly string[]
  readonly asides: readonly string[]
}

/** Runs a command line in this process, without a terminal. */
export async function runCommand(args: readonly string[], env: CommandContext['env']): Promise<Outcome> {
  const lines: string[] = []
  const asides: string[] = []
  const code = await run(args, {
    env,
    messages: en,
    signal: new AbortController().signal,
    terminal: { line: (text) => lines.push(text), aside: (text) => asides.push(text), progress: () => undefined, ask: async () => null },
  })
  return { code, lines, asides }
}

export interface Answer {
  readonly status?: number
  readonly type?: string
  readonly body: string | Uint8Array
}

/** An HTTP server on a free port for a test. `answer` gets the whole body of the request. */
export async function serve(
  answer: (request: IncomingMessage, body: Buffer) => Answer | null,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { status = 200, type = 'application/json', body } = answer(request, Buffer.concat(chunks)) ?? { status: 404, body: '{}' }
      response.writeHead(status, { 'content-type': type }).end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // listening on TCP, so it is one
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    }),
  }
}
