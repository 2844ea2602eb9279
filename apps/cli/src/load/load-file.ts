import { type Load, operations } from '@datong/contracts'
import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { count, type CommandContext } from '../context.ts'
import { clientOf } from '../server.ts'
import { streamForm } from './multipart.ts'

/** Small files are done in a moment, large ones take minutes. */
const FIRST_LOOK_MS = 100
const LOOK_AT_LEAST_EVERY_MS = 600

/** Uploads a file without holding it in memory, and follows its load to the end. */
export async function loadFile(token: string, path: string, organisation: string | null, context: CommandContext): Promise<Load> {
  const { messages, terminal, signal } = context
  const name = basename(path)
  terminal.progress(`${name}: ${messages.uploading}`)
  // The server reads the parts as they come: it must know whose file it is before the file.
  const form = streamForm(organisation === null ? {} : { organisation }, path, `datong-${randomUUID()}`)
  const { loadId } = await clientOf(context, token, form)(operations.upload)
  const client = clientOf(context, token)
  for (let waitMs = FIRST_LOOK_MS; ; waitMs = Math.min(1.5 * waitMs, LOOK_AT_LEAST_EVERY_MS)) {
    const load = await client(operations.getLoad, { params: { id: loadId } })
    if (load.state === 'done' || load.state === 'failed') return load
    const percent = Math.floor(100 * load.progress)
    terminal.progress(`${name}: ${messages.loadState(load.state)} ${percent}% · ${messages.rowsSoFar(count(load.rowsRead))}`)
    await sleep(waitMs, undefined, { signal })
  }
}
