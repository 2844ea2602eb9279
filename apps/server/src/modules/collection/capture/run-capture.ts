import { AppError } from '@datong/kernel'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { CaptureContext } from './context.ts'
import type { CapturedSource, CapturedTable } from './captured-source.ts'
import { tableOf } from './open-capture.ts'
import { createPending } from './pending-changes.ts'
import type { CaptureRow } from './tables.ts'
import { createChangeWriter } from './write-changes.ts'

/** Least time between two of our transactions: more would cost more than it makes faster. */
const COMMIT_EVERY_MS = 100
/** A position without changes is noted so often, so that a restart need not go far back. */
const NOTE_EVERY_MS = 10_000
/** And the table looked at, whether it is still what it was. */
const LOOK_EVERY_MS = 60_000

/** The table's columns are others than those that the capture began with. */
export class Reshaped extends Error {}

/**
 * Takes the changes of a table from where its capture stands, until `signal` says to stop.
 * @throws Reshaped, Overtaken; AppError of the source
 */
export async function runCapture(context: CaptureContext, capture: CaptureRow, source: CapturedSource, signal: AbortSignal): Promise<void> {
  const { captures, store, clock } = context
  const table = tableOf(capture)
  await requireShape(source, table)
  const from = capture.position ?? ''
  const stream = await source.stream(table, from)
  const stop = (): void => void stream.close()
  signal.addEventListener('abort', stop)
  const writer = createChangeWriter(store, { id: capture.id, entryCode: capture.entry_code, epoch: capture.epoch, seq: capture.seq, position: from })
  let notedAt = clock.now().getTime()
  let lookedAt = notedAt
  try {
    signal.throwIfAborted()
    const pending = createPending(context, writer, source, table)
    for await (const events of stream) {
      signal.throwIfAborted()
      const startedAt = performance.now()
      let idle: string | undefined
      for (const event of events) {
        if (event.kind === 'idle') idle = event.position
        else if (event.kind === 'reshaped') {
          if (event.surely) throw new Reshaped()
          await requireShape(source, table)
        } else await pending.take(event)
      }
      const reached = await pending.flush()
      if (reached !== undefined) {
        await writer.commit(reached.position, reached.committedAt)
        stream.acknowledge(reached.position)
        notedAt = clock.now().getTime()
      } else if (idle !== undefined && pending.isEmpty()) {
        stream.acknowledge(idle)
        if (clock.now().getTime() - notedAt >= NOTE_EVERY_MS) {
          notedAt = clock.now().getTime()
          if (!(await captures.note(writer.standing(), { position: idle, heard_at: clock.now(), failure: null }))) return
        }
      }
      if (clock.now().getTime() - lookedAt >= LOOK_EVERY_MS) {
        lookedAt = clock.now().getTime()
        await requireShape(source, table)
      }
      if (reached !== undefined) await sleep(Math.max(0, COMMIT_EVERY_MS - (performance.now() - startedAt)), undefined, { signal }).catch(() => undefined)
    }
    signal.throwIfAborted()
    // The other side hung up without a word.
    throw new AppError('collection/source-lost', { host: '', reason: 'ended' })
  } finally {
    signal.removeEventListener('abort', stop)
    await writer.end()
    await stream.close()
  }
}

async function requireShape(source: CapturedSource, table: CapturedTable): Promise<void> {
  const { tableId, columns, key } = await source.inspect(table.object)
  // What is kept went through JSON.
  if (!isDeepStrictEqual(JSON.parse(JSON.stringify({ tableId, columns, key })), { tableId: table.tableId, columns: table.columns, key: table.key })) throw new Reshaped()
}
